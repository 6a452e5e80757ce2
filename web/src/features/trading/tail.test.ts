import { expect, test } from 'vitest'
import { extended, joined, type Point } from './tail'

const point = (time: number, bid = 1): Point => ({ time, bid, ask: bid + 1, spread: 1 })
const stored = (second: number) => ({
  at: `2026-01-01T00:00:${String(second).padStart(2, '0')}`,
  bid: 9,
  ask: 10,
  spread_basis_points: 1,
  quotes: 1,
})
const midnight = Date.parse('2026-01-01T00:00:00Z') / 1000

test('of a second the last quote stays', () => {
  const tail = [point(1), point(1, 5), point(2)].reduce(extended, [] as readonly Point[])

  expect(tail.map(({ time, bid }) => [time, bid])).toEqual([
    [1, 5],
    [2, 1],
  ])
})

test('what the store has by now is not drawn twice, and what left the window not at all', () => {
  const all = joined([stored(0), stored(5), stored(10)], [point(midnight + 9), point(midnight + 11)], 8)

  expect(all.map(({ time }) => time - midnight)).toEqual([5, 10, 11])
})
