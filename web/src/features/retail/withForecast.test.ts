import { expect, test } from 'vitest'
import { withForecast } from './withForecast'

const labels = { lower: 'lower', upper: 'upper', value: 'forecast' }
const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 1000
const revenue = { label: 'revenue', tone: 'accent' as const, values: [10, 20] }
const times = [day('2026-01-01'), day('2026-01-02')]

test('without a forecast a chart is as it was', () => {
  expect(withForecast(times, [revenue], [], labels)).toEqual({ times, series: [revenue] })
})

test('a forecast follows, and where both are known they stand at one time', () => {
  const drawn = withForecast(
    times,
    [revenue],
    [
      { date: '2026-01-02', value: 15, lower: 5, upper: 25, actual: null },
      { date: '2026-01-03', value: 16, lower: 6, upper: 26, actual: null },
    ],
    labels,
  )

  expect(drawn.times).toEqual([...times, day('2026-01-03')])
  expect(drawn.series.map((one) => [one.label, one.values])).toEqual([
    ['revenue', [10, 20, null]],
    ['lower', [null, 5, 6]],
    ['upper', [null, 25, 26]],
    ['forecast', [null, 15, 16]],
  ])
  expect(drawn.band).toEqual([1, 2])
})
