import { useMemo, useState } from 'react'
import { call } from '@/shared/api/client'
import type { ForecastTrack, TrackedForecast } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Select } from '@/shared/ui/field'
import { Empty, Fetched, type Query } from '@/shared/ui/states'
import { useRead } from '@/shared/useRead'
import { useText } from '../texts'
import { forecastPrices, newest } from './forecastPrices'

const choices = [3, 7, 14, 30]

/** The price of a symbol with what the champion forecast of it, and what came. */
export function Prices({ track }: { readonly track: Query<ForecastTrack> }) {
  const t = useText()
  const [days, setDays] = useState(7)
  return (
    <Card
      title={t('returns.prices')}
      note={track.data?.model ? t('returns.pricesNote', { model: track.data.model }) : undefined}
      actions={
        <Select
          aria-label={t('trading.window')}
          className="w-32"
          value={days}
          onChange={(event) => setDays(Number(event.target.value))}
          options={choices.map((choice) => [choice, t('returns.days', { count: choice })])}
        />
      }
    >
      <Fetched query={track}>
        {({ symbol, forecasts }) =>
          symbol === null || forecasts.length === 0 ? (
            <Empty title={t('returns.noForecasts')}>{t('returns.noneText')}</Empty>
          ) : (
            <Chart symbol={symbol} forecasts={newest(forecasts, days)} />
          )
        }
      </Fetched>
    </Card>
  )
}

function Chart({ symbol, forecasts }: { readonly symbol: string; readonly forecasts: readonly TrackedForecast[] }) {
  const [from_time, to_time] = [forecasts[0]!.feature_time, forecasts.at(-1)!.target_time]
  const candles = useRead(['trading', 'candles', symbol, from_time, to_time], (signal) =>
    call('GET /api/v1/trading/candles', { query: { symbol, from_time, to_time }, signal }),
  )
  return (
    <Fetched query={candles} rows={6}>
      {({ items }) => <Lines symbol={symbol} prices={forecastPrices(items, forecasts)} />}
    </Fetched>
  )
}

function Lines({ symbol, prices }: { readonly symbol: string; readonly prices: ReturnType<typeof forecastPrices> }) {
  const t = useText()
  const format = useFormat()
  const [lower, upper, close, forecast, missed] = [
    t('word.lower'),
    t('word.upper'),
    t('returns.close'),
    t('returns.forecast'),
    t('returns.missed'),
  ]
  const series = useMemo(
    () => [
      { label: lower, tone: 'muted' as const, width: 0, values: prices.lower },
      { label: upper, tone: 'muted' as const, width: 0, values: prices.upper },
      { label: close, tone: 'good' as const, values: prices.close },
      { label: forecast, tone: 'accent' as const, kind: 'dashed' as const, values: prices.forecast },
      { label: missed, tone: 'bad' as const, kind: 'points' as const, values: prices.missed },
    ],
    [prices, lower, upper, close, forecast, missed],
  )
  return (
    <TimeChart
      times={prices.times}
      series={series}
      band={[0, 1]}
      height={280}
      label={t('returns.pricesChart', { symbol })}
      value={format.price}
      moment={format.hour}
    />
  )
}
