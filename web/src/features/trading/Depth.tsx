import { useEffect, useRef, useState } from 'react'
import { useEvents } from '@/shared/api/events'
import type { DepthLevel, MarketDepth } from '@/shared/api/schema'
import { placesOf, useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Card } from '@/shared/ui/card'
import { Empty, Loading } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { DepthChart } from './DepthChart'
import { useText } from './texts'

const rungs = 10

/** A symbol's order book as it changes. */
export function Depth({ exchange, symbol }: { readonly exchange: string; readonly symbol: string }) {
  const t = useText()
  const format = useFormat()
  const [depth, show] = useState<MarketDepth | null>(null)
  const frame = useRef(0)
  const latest = useRef('')
  // What comes between two frames of the screen is not even read.
  useEvents('GET /api/v1/trading/depth', { query: { exchange, symbol } }, (event) => {
    latest.current = event.data
    frame.current ||= requestAnimationFrame(() => {
      frame.current = 0
      show(JSON.parse(latest.current) as MarketDepth)
    })
  })
  useEffect(() => () => cancelAnimationFrame(frame.current), [])
  return (
    <Card
      title={t('depth.title')}
      note={symbol}
      flush
      actions={
        depth?.agreement !== null &&
        depth?.agreement !== undefined && (
          <Badge tone={depth.agreement === 1 ? 'good' : 'warn'}>{t('depth.agreement', { share: format.share(depth.agreement) })}</Badge>
        )
      }
    >
      {depth === null || depth.state === 'filling' ? (
        <Loading rows={6} />
      ) : depth.state === 'none' ? (
        <Empty title={t('depth.none')}>{t('depth.noneText')}</Empty>
      ) : (
        <>
          <div className="px-4 pt-4">
            <DepthChart depth={depth} label={t('depth.chart', { symbol })} />
          </div>
          <Ladder bids={depth.bids} asks={depth.asks} />
        </>
      )}
    </Card>
  )
}

function Ladder({ bids, asks }: { readonly bids: readonly DepthLevel[]; readonly asks: readonly DepthLevel[] }) {
  const t = useText()
  const format = useFormat()
  const shown = [...bids.slice(0, rungs), ...asks.slice(0, rungs)]
  const [prices, amounts] = [placesOf(shown.map((level) => level.price)), placesOf(shown.map((level) => level.amount))]
  const most = Math.max(...shown.map((level) => Number(level.amount)), Number.MIN_VALUE)
  return (
    <Table
      label={t('depth.ladder')}
      className="mt-3"
      rows={Array.from({ length: Math.min(rungs, Math.max(bids.length, asks.length)) }, (_, i) => ({ bid: bids[i], ask: asks[i] }))}
      keyOf={(_, i) => i}
      columns={[
        {
          head: t('depth.amount'),
          isNumeric: true,
          className: 'relative py-1',
          cell: ({ bid }) => (
            <>
              <Amount level={bid} most={most} className="end-0 bg-good-soft" />
              <span className="relative">{format.placed(bid?.amount, amounts)}</span>
            </>
          ),
        },
        { head: t('trading.bid'), isNumeric: true, className: 'py-1 text-good', cell: ({ bid }) => format.placed(bid?.price, prices) },
        { head: t('trading.ask'), className: 'py-1 text-bad tabular-nums', cell: ({ ask }) => format.placed(ask?.price, prices) },
        {
          head: t('depth.amount'),
          className: 'relative py-1 tabular-nums',
          cell: ({ ask }) => (
            <>
              <Amount level={ask} most={most} className="start-0 bg-bad-soft" />
              <span className="relative">{format.placed(ask?.amount, amounts)}</span>
            </>
          ),
        },
      ]}
    />
  )
}

const Amount = ({
  level,
  most,
  className,
}: {
  readonly level: DepthLevel | undefined
  readonly most: number
  readonly className: string
}) => (
  <span
    aria-hidden
    className={`absolute inset-y-0.5 rounded-sm ${className}`}
    style={{ width: `${(Number(level?.amount ?? 0) / most) * 100}%` }}
  />
)
