import { expect, test } from 'vitest'
import { change, intervalOf, startOf, stepOf } from './period'

const own = { from: '2026-01-01', to: '2026-02-01' }

test('a choice of days ends with the last day that has orders', () => {
  expect(intervalOf('30', '2026-03-01', own)).toEqual({ from: '2026-01-30', to: '2026-03-01' })
  expect(intervalOf('all', '2026-03-01', own)).toBeNull()
  expect(intervalOf('own', '2026-03-01', own)).toEqual(own)
  expect(intervalOf('own', '2026-03-01', { from: '2026-02-01', to: '2026-01-01' })).toBeNull()
})

test('a change is a share of the period before, and nothing without one', () => {
  expect(change('150.00', '100.00')).toBeCloseTo(0.5)
  expect(change('-50', '-100')).toBeCloseTo(0.5)
  expect(change('10', '0')).toBeNull()
  expect(change('10', undefined)).toBeNull()
})

test('periods begin on their first day, weeks on their Monday by ISO', () => {
  const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10)
  expect(day(startOf('2026-01'))).toBe('2026-01-01')
  expect(day(startOf('2026-02-03'))).toBe('2026-02-03')
  expect(day(startOf('2026-W01'))).toBe('2025-12-29')
  expect(day(startOf('2021-W01'))).toBe('2021-01-04')
})

test('long intervals are shown in long steps', () => {
  expect([30, 90, 365].map(stepOf)).toEqual(['day', 'week', 'month'])
})
