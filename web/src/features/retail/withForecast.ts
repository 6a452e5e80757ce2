import type { PredictedRevenue } from '@/shared/api/schema'
import type { ChartProps, ChartSeries } from '@/shared/charts/UplotChart'
import { startOf } from './period'

type Drawn = Pick<ChartProps, 'times' | 'series' | 'band'>

/** A chart that goes on with what is forecast: a line, and a plane for its interval. */
export function withForecast(
  times: readonly number[],
  series: readonly ChartSeries[],
  forecast: readonly PredictedRevenue[],
  labels: { readonly lower: string; readonly upper: string; readonly value: string },
): Drawn {
  if (forecast.length === 0) return { times, series }
  const ahead = new Map(forecast.map((one) => [startOf(one.date), one]))
  const known = new Map(times.map((time, i) => [time, i]))
  const all = [...new Set([...times, ...ahead.keys()])].sort((a, b) => a - b)
  const of = (name: 'value' | 'lower' | 'upper') => all.map((time) => ahead.get(time)?.[name] ?? null)
  return {
    times: all,
    series: [
      ...series.map((one) => ({ ...one, values: all.map((time) => (known.has(time) ? (one.values[known.get(time)!] ?? null) : null)) })),
      { label: labels.lower, tone: 'muted', width: 0, values: of('lower') },
      { label: labels.upper, tone: 'muted', width: 0, values: of('upper') },
      { label: labels.value, tone: 'accent', kind: 'dashed', width: 2, values: of('value') },
    ],
    band: [series.length, series.length + 1],
  }
}
