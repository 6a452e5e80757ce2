/** A feature of a day as a number; null where it has none. */
export function numberOf(features: Readonly<Record<string, unknown>> | null, name: string): number | null {
  const value = features?.[name]
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
  return Number.isFinite(number) ? number : null
}

/** The beginning of a day, in seconds. */
export const secondsOf = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000
