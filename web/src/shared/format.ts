import { type Language, useLanguage } from './i18n'

const locales: Record<Language, string> = { en: 'en-GB', uk: 'uk-UA', ru: 'ru-RU' }
const never = '—'

type Amount = string | number | null | undefined

/** Numbers, money and times as a language writes them. Exact decimals come as texts and are not made inexact. */
export function formatter(language: Language) {
  const locale = locales[language]
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const exact = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 8 })
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const fineShare = new Intl.NumberFormat(locale, { style: 'percent', minimumFractionDigits: 3, maximumFractionDigits: 3 })
  const price = new Intl.NumberFormat(locale, { maximumSignificantDigits: 6 })
  const change = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' })
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const shortDay = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const hour = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: '2-digit', timeZone: 'UTC' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const given = (value: Amount): value is string | number => value !== null && value !== undefined && value !== ''
  const number = (format: Intl.NumberFormat) => (value: Amount) =>
    given(value) ? format.format(value as Intl.StringNumericLiteral) : never
  const time = (format: Intl.DateTimeFormat) => (value: string | Date | null | undefined) => (value ? format.format(moments(value)) : never)
  return {
    locale,
    whole: number(whole),
    money: number(exact),
    short: number(short),
    number: number(plain),
    /** With so many places, so that what stands below one another lines up. */
    placed: (value: Amount, places: number) =>
      given(value) ? placedFormat(locale, places).format(value as Intl.StringNumericLiteral) : never,
    share: number(share),
    /** Shares that are small: of a percent three places. */
    fineShare: number(fineShare),
    /** Six digits, wherever the point stands among them. */
    price: number(price),
    change: number(change),
    moment: time(moment),
    clock: time(clock),
    day: time(day),
    shortDay: time(shortDay),
    /** In UTC, without a year. */
    hour: time(hour),
    month: time(month),
    bytes: (value: number | null | undefined) => (value === null || value === undefined ? never : bytes(value, locale)),
    duration: (seconds: number | null | undefined) => (seconds === null || seconds === undefined ? never : duration(seconds, locale)),
    ago: (value: string | null | undefined, now: number) => (value ? ago(relative, (moments(value).getTime() - now) / 1000) : never),
  }
}

export type Formatter = ReturnType<typeof formatter>

const formatters = new Map<Language, Formatter>()

export function useFormat(): Formatter {
  const language = useLanguage((state) => state.language)
  const known = formatters.get(language) ?? formatter(language)
  formatters.set(language, known)
  return known
}

/** The server's times are UTC; some are written without saying so. */
export function moments(value: string | Date): Date {
  if (value instanceof Date) return value
  return new Date(
    /^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T00:00:00Z` : /(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value.replace(' ', 'T')}Z`,
  )
}

/** How many places the most exact of some decimals has. */
export const placesOf = (values: readonly string[]) =>
  Math.max(0, ...values.map((value) => value.replace(/^[^.]*\.?/, '').replace(/0+$/, '').length))

const placedFormats = new Map<string, Intl.NumberFormat>()

function placedFormat(locale: string, places: number): Intl.NumberFormat {
  const key = `${locale} ${places}`
  const known = placedFormats.get(key) ?? new Intl.NumberFormat(locale, { minimumFractionDigits: places, maximumFractionDigits: places })
  placedFormats.set(key, known)
  return known
}

// Making a formatter costs more than using it a hundred times, and live tables write hundreds of durations a second.
const unitFormats = new Map<string, Intl.NumberFormat>()

function unitFormat(locale: string, unit: string, unitDisplay: 'short' | 'narrow', maximumFractionDigits: number): Intl.NumberFormat {
  const key = `${locale} ${unit} ${unitDisplay} ${maximumFractionDigits}`
  const known = unitFormats.get(key) ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits })
  unitFormats.set(key, known)
  return known
}

function bytes(value: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3))
  return unitFormat(locale, units[power]!, 'short', power === 0 ? 0 : 1).format(value / 1000 ** power)
}

function duration(seconds: number, locale: string): string {
  const unit = (value: number, name: string, digits: number) => unitFormat(locale, name, 'narrow', digits).format(value)
  if (seconds < 1) return unit(Math.round(seconds * 1000), 'millisecond', 0)
  if (seconds < 60) return unit(seconds, 'second', 1)
  if (seconds < 3600) return `${unit(Math.floor(seconds / 60), 'minute', 0)} ${unit(Math.round(seconds % 60), 'second', 0)}`
  return `${unit(Math.floor(seconds / 3600), 'hour', 0)} ${unit(Math.round((seconds % 3600) / 60), 'minute', 0)}`
}

function ago(format: Intl.RelativeTimeFormat, seconds: number): string {
  const size = Math.abs(seconds)
  if (size < 60) return format.format(Math.round(seconds), 'second')
  if (size < 3600) return format.format(Math.round(seconds / 60), 'minute')
  if (size < 86_400) return format.format(Math.round(seconds / 3600), 'hour')
  return format.format(Math.round(seconds / 86_400), 'day')
}
