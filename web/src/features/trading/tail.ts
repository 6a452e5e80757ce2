import type { LatestQuote, QuotePoint } from '@/shared/api/schema'
import { moments } from '@/shared/format'

export interface Point {
  /** Seconds since 1970. */
  readonly time: number
  readonly bid: number
  readonly ask: number
  readonly spread: number
}

export const pointOf = (quote: LatestQuote): Point => ({
  time: Math.floor(moments(quote.received_at).getTime() / 1000),
  bid: Number(quote.bid_price),
  ask: Number(quote.ask_price),
  spread: quote.spread_basis_points ?? 0,
})

/** The tail with a point more; of a second the last one stays. */
export function extended(tail: readonly Point[], point: Point): readonly Point[] {
  const last = tail.at(-1)
  return last && last.time >= point.time ? [...tail.slice(0, -1), { ...point, time: last.time }] : [...tail, point]
}

/** What the store has, and behind it what has come since; nothing older than the window. */
export function joined(history: readonly QuotePoint[], tail: readonly Point[], seconds: number): readonly Point[] {
  const stored = history.map((point): Point => ({
    time: moments(point.at).getTime() / 1000,
    bid: point.bid ?? 0,
    ask: point.ask ?? 0,
    spread: point.spread_basis_points ?? 0,
  }))
  const end = stored.at(-1)?.time ?? -Infinity
  const all = [...stored, ...tail.filter((point) => point.time > end)]
  const start = (all.at(-1)?.time ?? 0) - seconds
  return all.filter((point) => point.time >= start)
}
