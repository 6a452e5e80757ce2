import type { Feeds, LatestQuote } from '@/shared/api/schema'
import type { ServerEvent } from '@/shared/api/eventParser'

export interface FeedLog {
  readonly log_bytes: number
  readonly written_at: string | null
}

interface Shown {
  readonly quote: LatestQuote
  /** When it came, by this machine's clock, in milliseconds. */
  readonly heardAt: number
}

export const keyOf = (quote: Pick<LatestQuote, 'exchange' | 'symbol'>) => `${quote.exchange} ${quote.symbol}`

/** The quotes as the server pushes them. Whoever shows one is told at the next frame of the screen, once for all that came until then. */
export class LiveQuotes {
  private readonly shown = new Map<string, Shown>()
  private readonly watchers = new Map<string, Set<() => void>>()
  private readonly changed = new Set<string>()
  private frame = 0
  /** The symbols in the order of the table; another array when one is new. */
  keys: readonly string[] = []
  log: FeedLog | null = null

  constructor(private readonly nextFrame: (draw: () => void) => number = (draw) => requestAnimationFrame(draw)) {}

  /** Takes an event of the feeds. */
  take(event: ServerEvent) {
    if (event.type === 'log') {
      this.log = JSON.parse(event.data) as FeedLog
      return
    }
    const news = JSON.parse(event.data) as Feeds | Pick<Feeds, 'items'>
    if ('log_bytes' in news) this.log = news
    const heardAt = performance.now()
    for (const quote of news.items) {
      const key = keyOf(quote)
      this.shown.set(key, { quote, heardAt })
      this.changed.add(key)
    }
    if (this.shown.size > this.keys.length) this.keys = [...this.shown.keys()].sort()
    if (this.changed.size > 0 && this.frame === 0) this.frame = this.nextFrame(() => this.tell())
  }

  find = (key: string): LatestQuote | undefined => this.shown.get(key)?.quote

  all = (): LatestQuote[] => this.keys.map((key) => this.shown.get(key)!.quote)

  /** How many seconds ago a symbol's last quote arrived at the server. */
  age(key: string): number | null {
    const one = this.shown.get(key)
    return one ? (one.quote.age_seconds ?? 0) + (performance.now() - one.heardAt) / 1000 : null
  }

  /** Calls back at each frame before which a symbol's quote changed. */
  watch(key: string, callback: () => void): () => void {
    const watchers = this.watchers.get(key) ?? new Set()
    this.watchers.set(key, watchers.add(callback))
    return () => void watchers.delete(callback)
  }

  private tell() {
    this.frame = 0
    const changed = [...this.changed]
    this.changed.clear()
    for (const key of changed) this.watchers.get(key)?.forEach((callback) => callback())
  }
}
