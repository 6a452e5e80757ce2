import { useRef, useState } from 'react'
import { useEvents } from '@/shared/api/events'
import type { RunLogLine } from '@/shared/api/schema'
import { cn } from '@/shared/cn'
import { useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Card } from '@/shared/ui/card'
import { useText } from './texts'

const most = 2_000
const tones: Record<string, string> = { warning: 'text-warn', error: 'text-bad', critical: 'text-bad' }

/** A run's log as it is written; goes on by itself where a connection broke off. */
export function RunLog({ id, onEnd }: { readonly id: string; readonly onEnd: () => void }) {
  const t = useText()
  const format = useFormat()
  const [lines, setLines] = useState<readonly RunLogLine[]>([])
  const [state, setState] = useState<'open' | 'lost' | 'ended'>('lost')
  const box = useRef<HTMLDivElement>(null)
  useEvents(
    'GET /api/v1/runs/{id}/logs',
    { path: { id } },
    (event) => {
      if (event.type === 'end') {
        setState('ended')
        onEnd()
        return true
      }
      const line = JSON.parse(event.data) as RunLogLine
      setLines((before) => ((before.at(-1)?.number ?? 0) >= line.number ? before : [...before, line].slice(-most)))
      requestAnimationFrame(() => box.current?.scrollTo({ top: box.current.scrollHeight }))
      return false
    },
    (isOpen) => setState((before) => (before === 'ended' ? before : isOpen ? 'open' : 'lost')),
  )
  return (
    <Card
      title={t('run.log')}
      actions={
        <Badge tone={state === 'open' ? 'accent' : 'plain'} pulse={state === 'open'}>
          {t(`log.${state}`)}
        </Badge>
      }
      flush
    >
      <div
        ref={box}
        tabIndex={0}
        role="log"
        aria-label={t('run.log')}
        className="max-h-96 min-h-24 overflow-auto p-4 font-mono text-xs leading-relaxed"
      >
        {lines.length === 0 && <p className="font-sans text-[13px] text-muted">{t('log.empty')}</p>}
        {lines.map((line) => (
          <div key={line.number} className="flex gap-3">
            <time className="shrink-0 text-muted" dateTime={line.at}>
              {format.clock(line.at)}
            </time>
            <span className={cn('min-w-0 break-words whitespace-pre-wrap', tones[line.level.toLowerCase()])}>{line.message}</span>
          </div>
        ))}
      </div>
    </Card>
  )
}
