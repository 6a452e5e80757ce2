import type { SqlRows } from '@/shared/api/schema'

/** A name as SQL writes it. */
export const quoted = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`)

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
// At the start, or where a semicolon, a tab or a line's end might begin a cell of its own; the last four are full-width forms.
const formula = /(?<=^|[;\t\r\n])(?=[\s"']*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g

/** A text with an apostrophe in front of what a spreadsheet would run; numbers stay. */
const guarded = (text: string) => (number.test(text) ? text : text.replace(formula, "'").replace(/^(?=[\t\r\n])/, "'"))

/** Rows as CSV by RFC 4180, for people to open in a spreadsheet. */
export function csvOf({ columns, rows }: Pick<SqlRows, 'columns' | 'rows'>): string {
  const cell = (value: unknown) => {
    const text = guarded(value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value))
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return [columns.map((column) => cell(column.name)), ...rows.map((row) => row.map(cell))].map((line) => `${line.join(',')}\r\n`).join('')
}

export interface Chart {
  readonly kind: 'bars' | 'line'
  readonly label: string
  readonly value: string
  readonly points: readonly { readonly label: string; readonly value: number }[]
}

const mostBars = 30

/** How a result is best drawn: the first column against the first one after it that holds numbers; null when there is none. */
export function chartOf({ columns, rows }: Pick<SqlRows, 'columns' | 'rows'>): Chart | null {
  const isNumber = (value: unknown) => value !== null && value !== '' && typeof value !== 'boolean' && !Number.isNaN(Number(value))
  const at = columns.findIndex((_, i) => i > 0 && rows.length > 0 && rows.every((row) => row[i] === null || isNumber(row[i])))
  if (at < 0) return null
  const points = rows.map((row) => ({ label: String(row[0] ?? ''), value: Number(row[at] ?? 0) }))
  const isTime = points.every((point) => /^\d{4}-\d\d-\d\d/.test(point.label))
  return {
    kind: isTime && points.length > 2 ? 'line' : 'bars',
    label: columns[0]!.name,
    value: columns[at]!.name,
    points: isTime ? points : points.slice(0, mostBars),
  }
}
