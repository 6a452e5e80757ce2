import { expect, test } from 'vitest'
import { cells, headOf, sample } from './csv'

test('the columns of times and values are guessed from the first row', () => {
  expect(headOf('shop,date,sales\n"A, B",2026-01-01,12.5\n')).toEqual({
    columns: ['shop', 'date', 'sales'],
    time: 'date',
    value: 'sales',
    rows: 1,
  })
})

test('quoted cells keep their commas and quotes', () => {
  expect(cells('"a, ""b""",2,')).toEqual(['a, "b"', '2', ''])
})

test('an empty text offers nothing', () => {
  expect(headOf('')).toEqual({ columns: [], time: '', value: '', rows: 0 })
})

test('the sample is the same each time', () => {
  expect(sample()).toBe(sample())
  expect(headOf(sample())).toMatchObject({ time: 'ds', value: 'y', rows: 730 })
})
