import { expect, test } from 'vitest'
import { daysBetween, lastDay } from '@/shared/days'
import { change, intervalOf, startOf, stepOf } from './period'

const orders = { from: '2024-01-01', to: '2026-03-01' }

test('a choice of days has as many, and ends with the last that has orders', () => {
  const interval = intervalOf('90', orders, { from: '', last: '' })
  expect(interval).toEqual({ from: '2025-12-01', to: '2026-03-01' })
  expect(daysBetween('2025-12-01', lastDay('2026-03-01')) + 1).toBe(90)
  expect(intervalOf('all', orders, { from: '2026-01-01', last: '' })).toBeNull()
})

test('an interval of one’s own has both its days, and an open end is that of the orders', () => {
  expect(intervalOf('own', orders, { from: '2026-01-01', last: '2026-01-31' })).toEqual({ from: '2026-01-01', to: '2026-02-01' })
  expect(intervalOf('own', orders, { from: '2026-01-05', last: '2026-01-05' })).toEqual({ from: '2026-01-05', to: '2026-01-06' })
  expect(intervalOf('own', orders, { from: '2026-01-01', last: '' })).toEqual({ from: '2026-01-01', to: '2026-03-01' })
  expect(intervalOf('own', orders, { from: '', last: '2026-01-31' })).toEqual({ from: '2024-01-01', to: '2026-02-01' })
  expect(intervalOf('own', orders, { from: '', last: '' })).toBeNull()
})

test('an interval that cannot be shown says why', () => {
  expect(intervalOf('own', orders, { from: '2026-02-01', last: '2026-01-01' })).toBe('reversed')
  expect(intervalOf('own', orders, { from: '2030-01-01', last: '2030-02-01' })).toBe('outside')
  expect(intervalOf('own', orders, { from: '2026-03-01', last: '' })).toBe('outside')
  expect(intervalOf('own', orders, { from: '', last: '2023-12-31' })).toBe('outside')
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
