/** What a CSV text offers to choose from: the names of its columns, and which of them look like times and values. */
export interface CsvHead {
  readonly columns: readonly string[]
  readonly time: string
  readonly value: string
  readonly rows: number
}

const delimiters = [',', ';', '\t', '|']
const timeLike = /^\s*(\d{4}[-/.]?\d\d?([-/.]?\d\d?)?|\d\d?[-/. ](\d\d?|[A-Za-z]{3,9})[-/. ]\d{4})([ T].*)?\s*$/
const numberLike = /^\s*[+-]?(\d+[.,]?\d*|[.,]\d+)([eE][+-]?\d+)?\s*$/
const cyrillicMark = 0x80

/** The columns and rows of a text by the rules of the server, which has the last word on what divides it and what its cells are. */
export function headOf(text: string): CsvHead {
  const rows = divided(text)
  const columns = (rows[0] ?? []).map((name) => name.trim())
  const first = rows[1] ?? []
  const time = columns.find((_, i) => timeLike.test(first[i] ?? '')) ?? columns[0] ?? ''
  const value = columns.find((name, i) => name !== time && numberLike.test(first[i] ?? '')) ?? columns.find((name) => name !== time) ?? ''
  return { columns, time, value, rows: Math.max(0, rows.length - 1) }
}

/** The rows by the sign that divides the header, and every row into as many cells. */
function divided(text: string): readonly (readonly string[])[] {
  const plain = text.replace(/^\uFEFF/, '')
  const said = /^"?sep=([,;|\t])"?\r?\n/i.exec(plain)
  if (said) return rowsOf(plain.slice(said[0].length), said[1]!)
  const found = delimiters.map((delimiter) => rowsOf(plain, delimiter)).filter((rows) => (rows[0]?.length ?? 0) > 1)
  return found.find((rows) => rows.every((row) => row.length === rows[0]!.length)) ?? found[0] ?? rowsOf(plain, '')
}

/** All rows of a text; quotes may hold the delimiter and line ends. Blank lines mean something in a file of one column only. */
export function rowsOf(text: string, delimiter: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let [row, cell, isQuoted] = [[] as string[], '', false]
  const end = () => {
    rows.push([...row, cell])
    row = []
    cell = ''
  }
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (text[i + 1] === '"') cell += text[++i]
      else isQuoted = false
    } else if (letter === '"' && cell === '') isQuoted = true
    else if (letter === delimiter) {
      row.push(cell)
      cell = ''
    } else if (letter === '\n' || letter === '\r') {
      if (letter === '\r' && text[i + 1] === '\n') i++
      end()
    } else cell += letter
  }
  if (row.length > 0 || cell !== '') end()
  return (rows[0]?.length ?? 0) > 1 ? rows.filter((one) => one.length > 1 || one[0] !== '') : rows
}

/** The letters of a file: UTF-8, UTF-16, or one of the two Windows pages where its words tell which; null where nothing does. */
export function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return strictly('utf-16le', bytes)
  if (first === 0xfe && second === 0xff) return strictly('utf-16be', bytes)
  const half = halfOf(bytes)
  if (half) return strictly(half, bytes)
  const text = strictly('utf-8', bytes)
  if (text !== null) return text
  const page = pageOf(bytes)
  return page && strictly(page, bytes)
}

function strictly(encoding: string, bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null // another encoding, which the caller tries or says
  }
}

/** UTF-16 without its mark: line ends of two bytes, and zeros that are all first or all second halves. */
function halfOf(bytes: Uint8Array): string | null {
  const [zeros, ends] = [
    [0, 0],
    [0, 0],
  ]
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0) continue
    const other = bytes[i % 2 === 0 ? i + 1 : i - 1]
    zeros[i % 2] = zeros[i % 2]! + 1
    if (other === 0x0a || other === 0x0d) ends[i % 2] = ends[i % 2]! + 1
  }
  if (ends[1]! > 0 && zeros[0] === 0) return 'utf-16le'
  return ends[0]! > 0 && zeros[1] === 0 ? 'utf-16be' : null
}

/** Cyrillic letters stand together, accented ones among plain ones. */
function pageOf(bytes: Uint8Array): string | null {
  let [high, plain, foreign, mixed] = [0, 0, 0, 0]
  for (let i = 0; i <= bytes.length; i++) {
    const one = bytes[i] ?? 0
    const lower = one | 0x20
    if (one >= cyrillicMark) high++
    else if (lower >= 0x61 && lower <= 0x7a) plain++
    else {
      if (high > 1 && plain === 0) foreign++
      else if (high > 0 && plain > high) mixed++
      else if (high > 0 && plain > 0) [foreign, mixed] = [foreign + 1, mixed + 1]
      ;[high, plain] = [0, 0]
    }
  }
  if (foreign > 0 && mixed === 0) return 'windows-1251'
  return mixed > 0 && foreign === 0 ? 'windows-1252' : null
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
