import type { HourlyCandle, TrackedForecast } from '@/shared/api/schema'
import { moments } from '@/shared/format'

const hour = 3600

export interface ForecastPrices {
  /** The ends of hours in seconds, each once, those that are missing among them. */
  readonly times: readonly number[]
  readonly close: readonly (number | null)[]
  /** What was forecast for that moment, as a price. */
  readonly forecast: readonly (number | null)[]
  readonly lower: readonly (number | null)[]
  readonly upper: readonly (number | null)[]
  /** Outcomes that their interval did not hold. */
  readonly missed: readonly (number | null)[]
}

const secondsOf = (moment: string) => moments(moment).getTime() / 1000

/** Prices and what was forecast of them, on one axis of hours. A forecast stands at the time that it is for. */
export function forecastPrices(candles: readonly HourlyCandle[], forecasts: readonly TrackedForecast[]): ForecastPrices {
  const closes = new Map(candles.filter((one) => one.is_whole).map((one) => [secondsOf(one.open_time) + hour, one.close]))
  const ahead = new Map(
    forecasts.flatMap((one) => {
      const from = one.close ?? closes.get(secondsOf(one.feature_time))
      return from === undefined || from === null ? [] : [[secondsOf(one.target_time), { ...one, from }] as const]
    }),
  )
  const known = [...closes.keys(), ...ahead.keys()]
  if (known.length === 0) return { times: [], close: [], forecast: [], lower: [], upper: [], missed: [] }
  const first = known.reduce((a, b) => Math.min(a, b))
  const last = known.reduce((a, b) => Math.max(a, b))
  const times = Array.from({ length: Math.round((last - first) / hour) + 1 }, (_, i) => first + i * hour)
  const price = (name: 'value' | 'lower' | 'upper') =>
    times.map((time) => {
      const one = ahead.get(time)
      const value = one?.[name] ?? null
      return one && value !== null ? one.from * Math.exp(value) : null
    })
  return {
    times,
    close: times.map((time) => closes.get(time) ?? null),
    forecast: price('value'),
    lower: price('lower'),
    upper: price('upper'),
    missed: times.map((time) => {
      const one = ahead.get(time)
      if (!one || one.actual === null || one.lower === null || one.upper === null) return null
      return one.actual < one.lower || one.actual > one.upper ? one.from * Math.exp(one.actual) : null
    }),
  }
}

/** The newest forecasts: those for the last so many days of them. */
export function newest(forecasts: readonly TrackedForecast[], days: number): readonly TrackedForecast[] {
  const last = forecasts.at(-1)
  if (!last) return []
  const from = secondsOf(last.target_time) - days * 24 * hour
  return forecasts.filter((one) => secondsOf(one.target_time) >= from)
}
