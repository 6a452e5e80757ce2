import { expect, test } from 'vitest'
import { decode, headOf, rowsOf, sample } from './csv'

test('the columns of times and values are guessed from the first row', () => {
  expect(headOf('shop,date,sales\n"A, B",2026-01-01,12.5\n')).toEqual({
    columns: ['shop', 'date', 'sales'],
    time: 'date',
    value: 'sales',
    rows: 1,
  })
})

test.each([
  [';', '01.02.2026;0,5'],
  ['\t', '01/02/2026\t0.5'],
  ['|', '2026-02-01 10:00|5'],
])('a file divided by %j has its columns', (delimiter, row) => {
  expect(headOf(`day${delimiter}sales\n${row}\n${row}\n`)).toEqual({ columns: ['day', 'sales'], time: 'day', value: 'sales', rows: 2 })
})

test('what divides the header and not the rows does not count', () => {
  expect(headOf('day;sales, net\n2026-01-01;5\n').columns).toEqual(['day', 'sales, net'])
})

test('quoted cells keep their delimiters, quotes and line ends', () => {
  expect(rowsOf('"a, ""b""",2,\r\n"c\nd",3,4', ',')).toEqual([
    ['a, "b"', '2', ''],
    ['c\nd', '3', '4'],
  ])
})

test('a blank line is a row of a file of one column', () => {
  expect(headOf('y\n1\n\n2\n').rows).toBe(3)
  expect(headOf('ds,y\n2026-01-01,1\n\n').rows).toBe(1)
})

test('an empty text offers nothing', () => {
  expect(headOf('')).toEqual({ columns: [], time: '', value: '', rows: 0 })
})

test('files are read in the encoding that their bytes tell', () => {
  const utf16 = new Uint8Array([0xff, 0xfe, 0x64, 0, 0x73, 0])
  const cyrillic = new Uint8Array([0xe3, 0xee, 0xf0, 0xee, 0xe4, 0x2c, 0x79])
  const western = new Uint8Array([0x4d, 0xfc, 0x6e, 0x63, 0x68, 0x65, 0x6e])

  expect(decode(new TextEncoder().encode('ds,é'))).toBe('ds,é')
  expect(decode(utf16)).toBe('ds')
  expect(decode(cyrillic)).toBe('город,y')
  expect(decode(western)).toBe('München')
  expect(decode(new Uint8Array([0xe0, 0x20, 0xe8]))).toBeNull()
})

test('the sample is the same each time', () => {
  expect(sample()).toBe(sample())
  expect(headOf(sample())).toMatchObject({ time: 'ds', value: 'y', rows: 730 })
})
