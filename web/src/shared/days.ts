const length = 86_400_000

/** A UTC day as the API writes it, some days before today. */
export const daysAgo = (count: number, now = Date.now()) => new Date(now - count * length).toISOString().slice(0, 10)

/** A day some days later. */
export const addDays = (day: string, count: number) => new Date(Date.parse(`${day}T00:00:00Z`) + count * length).toISOString().slice(0, 10)

/** The last day of an interval, which is written with the day after it. */
export const lastDay = (end: string) => addDays(end.slice(0, 10), -1)

/** Days from one to another. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / length)

/** The interval of the same length that ends where this one begins. */
export const before = (from: string, to: string) => ({ from: addDays(from, -daysBetween(from, to)), to: from })

/** Empty cells before a day, in weeks that begin on Monday. */
export const offsetInWeek = (day: string) => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
