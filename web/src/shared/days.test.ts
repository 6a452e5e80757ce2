import { expect, test } from 'vitest'
import { addDays, before, daysAgo, daysBetween, offsetInWeek } from './days'

test('days are counted by the calendar', () => {
  expect(daysAgo(1, Date.parse('2026-03-01T00:30:00Z'))).toBe('2026-02-28')
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
  expect(daysBetween('2026-01-01', '2026-02-01')).toBe(31)
})

test('the period before is as long and ends where this one begins', () => {
  expect(before('2026-02-01', '2026-03-01')).toEqual({ from: '2026-01-04', to: '2026-02-01' })
})

test('weeks begin on Monday', () => {
  expect(['2026-11-16', '2026-11-22'].map(offsetInWeek)).toEqual([0, 6])
})
