import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { call } from '@/shared/api/client'
import type { QuotePoint } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Select } from '@/shared/ui/field'
import { Empty, Fetched } from '@/shared/ui/states'
import { keyOf, type LiveQuotes } from './live'
import { extended, joined, type Point, pointOf } from './tail'
import { useText } from './texts'
import { watchCalmly } from './useLive'

const choices = [5, 15, 60, 240, 1440]
const pause = 200

export function SymbolChart({ live, exchange, symbol }: { readonly live: LiveQuotes; readonly exchange: string; readonly symbol: string }) {
  const t = useText()
  const [minutes, setMinutes] = useState(15)
  const quotes = useQuery({
    queryKey: ['quotes', exchange, symbol, minutes],
    queryFn: ({ signal }) => call('GET /api/v1/trading/quotes', { query: { exchange, symbol, minutes }, signal }),
    refetchInterval: 15_000,
    placeholderData: keepPreviousData,
  })
  return (
    <Card
      title={symbol}
      note={exchange}
      actions={
        <Select
          aria-label={t('trading.window')}
          className="w-32"
          value={minutes}
          onChange={(event) => setMinutes(Number(event.target.value))}
          options={choices.map((choice) => [choice, t('trading.minutes', { count: choice })])}
        />
      }
    >
      <Fetched query={quotes}>
        {(data) => <Prices key={symbol} live={live} exchange={exchange} symbol={symbol} history={data.items} seconds={minutes * 60} />}
      </Fetched>
    </Card>
  )
}

/** What the store has of a symbol, with the quotes behind it as they come. */
function Prices({
  live,
  exchange,
  symbol,
  history,
  seconds,
}: {
  readonly live: LiveQuotes
  readonly exchange: string
  readonly symbol: string
  readonly history: readonly QuotePoint[]
  readonly seconds: number
}) {
  const t = useText()
  const format = useFormat()
  const key = keyOf({ exchange, symbol })
  const [tail, setTail] = useState<readonly Point[]>([])
  useEffect(
    () =>
      watchCalmly(live, key, pause, () => {
        const quote = live.find(key)
        if (quote) setTail((before) => extended(before, pointOf(quote)).slice(-seconds))
      }),
    [live, key, seconds],
  )
  const points = useMemo(() => joined(history, tail, seconds), [history, tail, seconds])
  const times = useMemo(() => points.map((point) => point.time), [points])
  const [bid, ask, spread] = [t('trading.bid'), t('trading.ask'), t('trading.spread')]
  const prices = useMemo(
    () => [
      { label: bid, tone: 'good' as const, values: points.map((point) => point.bid) },
      { label: ask, tone: 'bad' as const, values: points.map((point) => point.ask) },
    ],
    [points, bid, ask],
  )
  const spreads = useMemo(() => [{ label: spread, tone: 'accent' as const, values: points.map((point) => point.spread) }], [points, spread])
  if (points.length === 0) return <Empty title={t('trading.noQuotes')} />
  return (
    <>
      <TimeChart
        times={times}
        series={prices}
        height={190}
        label={t('trading.prices', { symbol })}
        value={format.number}
        moment={format.clock}
      />
      <h3 className="mt-3 mb-1 text-xs font-medium text-muted">{t('trading.spreadTitle')}</h3>
      <TimeChart times={times} series={spreads} height={110} label={t('trading.spreadTitle')} value={format.number} moment={format.clock} />
    </>
  )
}
