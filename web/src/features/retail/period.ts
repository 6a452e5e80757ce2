import { addDays } from '@/shared/days'

export type Span = '30' | '90' | '180' | '365' | 'all' | 'own'

export interface Interval {
  /** First day. */
  readonly from: string
  /** Last day, exclusive. */
  readonly to: string
}

/** Why an interval of somebody's own cannot be shown: its ends are the wrong way round, or no order lies in it. */
export type Wrong = 'reversed' | 'outside'

/** The interval that a choice means; null: all days with orders. An end of one's own that is left open is that of the orders. */
export function intervalOf(span: Span, orders: Interval, own: { readonly from: string; readonly last: string }): Interval | Wrong | null {
  if (span === 'all') return null
  if (span !== 'own') return { from: addDays(orders.to, -Number(span)), to: orders.to }
  if (!own.from && !own.last) return null
  const interval = { from: own.from || orders.from, to: own.last ? addDays(own.last, 1) : orders.to }
  if (own.from && own.last && own.from > own.last) return 'reversed'
  return interval.from >= orders.to || interval.to <= orders.from ? 'outside' : interval
}

/** How much a value differs from another, as a share of that; null where nothing can be said. */
export function change(value: string | number | null | undefined, previous: string | number | null | undefined): number | null {
  const [now, then] = [Number(value), Number(previous)]
  return value === undefined || value === null || previous === undefined || previous === null || then === 0 || Number.isNaN(now)
    ? null
    : (now - then) / Math.abs(then)
}

/** The length of periods that an interval is best shown in. */
export const stepOf = (days: number): 'day' | 'week' | 'month' => (days <= 45 ? 'day' : days <= 200 ? 'week' : 'month')

/** When a period of the key figures begins, in seconds since 1970: 2026-01-31, 2026-W05 or 2026-01. */
export function startOf(key: string): number {
  const week = /^(\d+)-W(\d+)$/.exec(key)
  if (!week) return Date.parse(`${key.length === 7 ? `${key}-01` : key}T00:00:00Z`) / 1000
  const fourth = Date.UTC(Number(week[1]), 0, 4)
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000
  return (monday + (Number(week[2]) - 1) * 7 * 86_400_000) / 1000
}
