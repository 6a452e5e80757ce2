import type { CampaignDivision, CampaignFigures } from '@/shared/api/schema'

/** What figures can be grouped by. */
export const groupings = {
  campaign: ['campaign'],
  campaign_date: ['campaign', 'date'],
  account: ['account'],
  date: ['date'],
  week: ['week'],
  month: ['month'],
} as const satisfies Record<string, readonly CampaignDivision[]>

export type Grouping = keyof typeof groupings

/** The numbers of a row. */
export const measures = [
  'impressions',
  'clicks',
  'spend',
  'conversions',
  'value',
  'click_rate',
  'conversion_rate',
  'cost_per_click',
  'cost_per_conversion',
] as const

export type Measure = (typeof measures)[number]

/** What rows are in the order of: a number, or what they are about. */
export interface Order {
  readonly by: Measure | 'key'
  readonly isDescending: boolean
}

/** A row as it was known at a moment, and as it is known now where that is something else. */
export interface KnownRow {
  readonly then: CampaignFigures
  readonly now: CampaignFigures | null
}

/** What a row is about. */
export const keyOf = ({ account, campaign, date }: CampaignFigures) => [account, campaign, date].map((part) => part ?? '').join(' ')

/** A number of a row; null where there is none. */
export function measured(row: CampaignFigures, measure: Measure): number | null {
  const value = row[measure]
  return value === null || value === undefined ? null : Number(value)
}

/** Rows beside what is known now: those that nothing was restated of have no other. */
export function withNow(then: readonly CampaignFigures[], now: readonly CampaignFigures[] | undefined): readonly KnownRow[] {
  const newest = new Map((now ?? []).map((row) => [keyOf(row), row]))
  return then.map((row) => {
    const other = newest.get(keyOf(row))
    return { then: row, now: other && measures.some((measure) => measured(row, measure) !== measured(other, measure)) ? other : null }
  })
}

/** Rows in an order; those without the number come last, whichever way it goes. */
export function ordered(rows: readonly KnownRow[], { by, isDescending }: Order): readonly KnownRow[] {
  const sign = isDescending ? -1 : 1
  return [...rows].sort((a, b) => {
    if (by === 'key') return sign * keyOf(a.then).localeCompare(keyOf(b.then))
    const [x, y] = [measured(a.then, by), measured(b.then, by)]
    return x === null || y === null ? Number(x === null) - Number(y === null) : sign * (x - y)
  })
}

/** What rows come to together; a rate is null where what it is a rate of is 0. */
export function totalOf(rows: readonly CampaignFigures[]) {
  const sum = (measure: Measure) => rows.reduce((total, row) => total + (measured(row, measure) ?? 0), 0)
  const [impressions, clicks, spend, conversions] = [sum('impressions'), sum('clicks'), sum('spend'), sum('conversions')]
  return {
    impressions,
    clicks,
    spend,
    conversions,
    click_rate: impressions === 0 ? null : clicks / impressions,
    cost_per_click: clicks === 0 ? null : spend / clicks,
    cost_per_conversion: conversions === 0 ? null : spend / conversions,
  }
}
