/** What a CSV text offers to choose from: the names of its columns, and which of them look like times and values. */
export interface CsvHead {
  readonly columns: readonly string[]
  readonly time: string
  readonly value: string
  readonly rows: number
}

const timeLike = /^\d{4}-\d\d(-\d\d)?/

export function headOf(text: string): CsvHead {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const columns = cells(lines[0] ?? '')
  const first = cells(lines[1] ?? '')
  const time = columns.find((_, i) => timeLike.test(first[i] ?? '')) ?? columns[0] ?? ''
  const value =
    columns.find((name, i) => name !== time && first[i] !== '' && !Number.isNaN(Number(first[i]))) ??
    columns.find((name) => name !== time) ??
    ''
  return { columns, time, value, rows: Math.max(0, lines.length - 1) }
}

/** The cells of a line; quotes may hold commas. */
export function cells(line: string): readonly string[] {
  const found: string[] = []
  let [cell, isQuoted] = ['', false]
  for (let i = 0; i < line.length; i++) {
    const letter = line[i]!
    if (letter === '"' && isQuoted && line[i + 1] === '"') {
      cell += '"'
      i++
    } else if (letter === '"') isQuoted = !isQuoted
    else if (letter === ',' && !isQuoted) {
      found.push(cell)
      cell = ''
    } else cell += letter
  }
  return line === '' ? [] : [...found, cell]
}

/** A series to try the models on: two years of days with a trend, a week, a year, and three days that do not fit. */
export function sample(): string {
  const lines = ['ds,y']
  for (let i = 0; i < 730; i++) {
    const day = new Date(Date.UTC(2024, 0, 1 + i))
    const noise = ((i * 7919) % 101) / 101 - 0.5
    const odd = i === 300 ? 60 : i === 470 ? -55 : i === 640 ? 70 : 0
    const value = 120 + i * 0.08 + 14 * Math.sin((2 * Math.PI * i) / 365.25) + (day.getUTCDay() % 6 === 0 ? -18 : 6) + 8 * noise + odd
    lines.push(`${day.toISOString().slice(0, 10)},${value.toFixed(2)}`)
  }
  return `${lines.join('\n')}\n`
}
