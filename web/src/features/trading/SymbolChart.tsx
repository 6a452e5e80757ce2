import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { call } from '@/shared/api/client'
import { TimeChart } from '@/shared/charts/TimeChart'
import { moments, useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Card } from '@/shared/ui/card'
import { Select } from '@/shared/ui/field'
import { Empty, Fetched } from '@/shared/ui/states'

const choices = [5, 15, 60, 240, 1440]

export function SymbolChart({ exchange, symbol }: { readonly exchange: string; readonly symbol: string }) {
  const t = useText()
  const format = useFormat()
  const [minutes, setMinutes] = useState(15)
  const quotes = useQuery({
    queryKey: ['quotes', exchange, symbol, minutes],
    queryFn: ({ signal }) => call('GET /api/v1/trading/quotes', { query: { exchange, symbol, minutes }, signal }),
    refetchInterval: 2_000,
    placeholderData: keepPreviousData,
  })
  const points = quotes.data?.items
  const times = useMemo(() => (points ?? []).map((point) => moments(point.at).getTime() / 1000), [points])
  const prices = useMemo(() => [
    { label: t('trading.bid'), tone: 'good' as const, values: (points ?? []).map((point) => point.bid) },
    { label: t('trading.ask'), tone: 'bad' as const, values: (points ?? []).map((point) => point.ask) },
  ], [points, t])
  const spread = useMemo(() => [{ label: t('trading.spread'), tone: 'accent' as const, values: (points ?? []).map((point) => point.spread_basis_points) }], [points, t])
  return (
    <Card
      title={symbol}
      note={exchange}
      actions={<Select aria-label={t('trading.window')} className="w-32" value={minutes} onChange={(event) => setMinutes(Number(event.target.value))}>{choices.map((choice) => <option key={choice} value={choice}>{t('trading.minutes', { count: choice })}</option>)}</Select>}
    >
      <Fetched query={quotes}>
        {(data) => data.items.length === 0 ? <Empty title={t('trading.noQuotes')} /> : (
          <>
            <TimeChart times={times} series={prices} height={190} label={t('trading.prices', { symbol })} value={format.number} moment={format.clock} />
            <h3 className="mt-3 mb-1 text-xs font-medium text-muted">{t('trading.spreadTitle')}</h3>
            <TimeChart times={times} series={spread} height={110} label={t('trading.spreadTitle')} value={format.number} moment={format.clock} />
          </>
        )}
      </Fetched>
    </Card>
  )
}
