import { expect, test } from 'vitest'
import { formatter, moments, placesOf } from './format'

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

test('money keeps every digit of an exact decimal', () => {
  expect(formatter('en').money('12345678901234567.89')).toBe('12,345,678,901,234,567.89')
  expect(plain(formatter('uk').money('1234567.5'))).toBe('1 234 567,50')
})

test('what is not there is a dash', () => {
  const format = formatter('en')
  expect([format.whole(null), format.money(undefined), format.moment(null), format.bytes(null), format.duration(undefined)]).toEqual([
    '—',
    '—',
    '—',
    '—',
    '—',
  ])
})

test('times without a zone are UTC', () => {
  expect(moments('2026-01-02T03:04:05').toISOString()).toBe('2026-01-02T03:04:05.000Z')
  expect(moments('2026-01-02').toISOString()).toBe('2026-01-02T00:00:00.000Z')
  expect(moments('2026-01-02T03:04:05+02:00').toISOString()).toBe('2026-01-02T01:04:05.000Z')
})

test('times before now are said as such, in each language', () => {
  const now = Date.parse('2026-01-02T00:00:00Z')
  expect(formatter('en').ago('2026-01-01T22:00:00Z', now)).toBe('2 hr ago')
  expect(plain(formatter('ru').ago('2026-01-01T22:00:00Z', now))).toContain('назад')
})

test('sizes and durations have fitting units', () => {
  const format = formatter('en')
  expect(format.bytes(1_500_000)).toBe('1.5 MB')
  expect([format.duration(0.25), format.duration(12.34), format.duration(75)]).toEqual(['250ms', '12.3s', '1m 15s'])
})

test('decimals of one column have as many places as the most exact of them', () => {
  const places = placesOf(['38.5', '38.47000000', '7'])

  expect(places).toBe(2)
  expect(formatter('en').placed('38.5', places)).toBe('38.50')
  expect(formatter('en').placed(undefined, places)).toBe('—')
})

test('small shares keep three places, prices six digits, and hours are UTC', () => {
  const format = formatter('en')
  expect([format.fineShare(0.00461), format.fineShare(null)]).toEqual(['0.461%', '—'])
  expect([format.price(64_123.456), format.price(0.000123456789)]).toEqual(['64,123.5', '0.000123457'])
  expect(format.hour('2026-01-31T05:00:00')).toBe('31 Jan, 05:00')
})
