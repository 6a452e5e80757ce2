import { expect, test } from 'vitest'
import { chartOf, csvOf, quoted } from './sql'

const column = (name: string) => ({ name, type: 'VARCHAR' })

test('names are quoted where SQL needs it', () => {
  expect(quoted('fact_sales')).toBe('fact_sales')
  expect(quoted('Odd "name"')).toBe('"Odd ""name"""')
})

test('CSV quotes what would be read as something else', () => {
  expect(csvOf({ columns: [column('a'), column('b')], rows: [['x, "y"', null], [1, { z: 2 }]] })).toBe('a,b\r\n"x, ""y""",\r\n1,"{""z"":2}"\r\n')
})

test('names and numbers become bars, days and numbers a line', () => {
  expect(chartOf({ columns: [column('status'), column('net')], rows: [['paid', '12.50'], ['new', '3']] })).toMatchObject({ kind: 'bars', value: 'net', points: [{ label: 'paid', value: 12.5 }, { label: 'new', value: 3 }] })
  expect(chartOf({ columns: [column('day'), column('n')], rows: [['2026-01-01', 1], ['2026-01-02', 2], ['2026-01-03', 3]] })?.kind).toBe('line')
})

test('what holds no numbers is not drawn', () => {
  expect(chartOf({ columns: [column('a'), column('b')], rows: [['x', 'y']] })).toBeNull()
  expect(chartOf({ columns: [column('a')], rows: [[1]] })).toBeNull()
})
