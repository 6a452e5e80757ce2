import { expect, test } from 'vitest'
import type { HourlyCandle, TrackedForecast } from '@/shared/api/schema'
import { forecastPrices, newest } from './forecastPrices'

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString()
const seconds = (hour: number) => Date.UTC(2026, 0, 1, hour) / 1000

const candle = (hour: number, close: number, isWhole = true): HourlyCandle => ({
  open_time: at(hour),
  source: 'file',
  open: close,
  high: close,
  low: close,
  close,
  volume: null,
  is_whole: isWhole,
})

const forecast = (hour: number, value: number, actual: number | null, close: number | null = 100): TrackedForecast => ({
  feature_time: at(hour),
  target_time: at(hour + 2),
  fold: 0,
  version: 1,
  close,
  value,
  lower: value - 0.01,
  upper: value + 0.01,
  actual,
})

test('a forecast stands at the time that it is for, as a price', () => {
  const prices = forecastPrices([candle(0, 100), candle(1, 101)], [forecast(1, 0.02, null)])

  expect(prices.times).toEqual([seconds(1), seconds(2), seconds(3)])
  expect(prices.close).toEqual([100, 101, null])
  expect(prices.forecast).toEqual([null, null, 100 * Math.exp(0.02)])
  expect(prices.lower[2]).toBeCloseTo(100 * Math.exp(0.01), 10)
  expect(prices.upper[2]).toBeCloseTo(100 * Math.exp(0.03), 10)
})

test('an hour that is missing or not whole has no price', () => {
  const prices = forecastPrices([candle(0, 100), candle(1, 101, false), candle(3, 103)], [])

  expect(prices.close).toEqual([100, null, null, 103])
})

test('an outcome that its interval did not hold is marked', () => {
  const prices = forecastPrices([], [forecast(0, 0, 0.005), forecast(1, 0, 0.02), forecast(2, 0, -0.02)])

  expect(prices.missed).toEqual([null, 100 * Math.exp(0.02), 100 * Math.exp(-0.02)])
})

test('a forecast without a price of its own takes that of its hour, and is left out where there is none', () => {
  expect(forecastPrices([candle(0, 50)], [forecast(1, 0, null, null), forecast(2, 0, null, null)])).toMatchObject({
    times: [seconds(1), seconds(2), seconds(3)],
    forecast: [null, null, 50],
  })
})

test('nothing gives an empty chart', () => {
  expect(forecastPrices([], []).times).toEqual([])
  expect(newest([], 3)).toEqual([])
})

test('the newest forecasts are those for the last days of them', () => {
  const all = Array.from({ length: 60 }, (_, i) => forecast(i, 0, null))

  expect(newest(all, 1).map((one) => one.feature_time)).toEqual(all.slice(-25).map((one) => one.feature_time))
})
