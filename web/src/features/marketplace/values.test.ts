import { expect, test } from 'vitest'
import { numberOf, secondsOf } from './values'

test.each([
  [{ price: 12.5 }, 12.5],
  [{ price: '12.50' }, 12.5],
  [{ price: 0 }, 0],
  [{ price: 'none' }, null],
  [{ price: '' }, null],
  [{ price: null }, null],
  [{}, null],
  [null, null],
])('%j has the number %s', (features, expected) => {
  expect(numberOf(features, 'price')).toBe(expected)
})

test('a day begins at midnight UTC', () => {
  expect(secondsOf('2026-03-29')).toBe(1774742400)
})
