import { expect, test } from 'vitest'
import type { CampaignFigures } from '@/shared/api/schema'
import { ordered, totalOf, withNow } from './figures'

const row = (campaign: string, spend: string, clicks: number, conversions: number): CampaignFigures => ({
  campaign,
  impressions: clicks * 10,
  clicks,
  spend,
  conversions,
  click_rate: clicks === 0 ? null : 0.1,
  cost_per_click: clicks === 0 ? null : Number(spend) / clicks,
  learned_at: '2026-01-01T00:00:00Z',
})

test('a row that was restated has what it is now beside it, and another has not', () => {
  const known = withNow([row('a', '1.50', 2, 1), row('b', '2', 2, 1)], [row('b', '2.00', 2, 1), row('a', '1.5', 2, 3)])

  expect(known.map(({ then, now }) => [then.campaign, now?.conversions])).toEqual([
    ['a', 3],
    ['b', undefined],
  ])
})

test('rows without a rate come last whichever way the order goes', () => {
  const rows = withNow([row('a', '1', 0, 0), row('b', '9', 3, 0), row('c', '2', 2, 0)], undefined)
  const campaigns = (isDescending: boolean) => ordered(rows, { by: 'cost_per_click', isDescending }).map(({ then }) => then.campaign)

  expect(campaigns(true)).toEqual(['b', 'c', 'a'])
  expect(campaigns(false)).toEqual(['c', 'b', 'a'])
  expect(ordered(rows, { by: 'key', isDescending: true })[0]!.then.campaign).toBe('c')
})

test('totals have rates of what they add up, and none over 0', () => {
  expect(totalOf([row('a', '1.5', 2, 0), row('b', '0.5', 2, 4)])).toEqual({
    impressions: 40,
    clicks: 4,
    spend: 2,
    conversions: 4,
    click_rate: 0.1,
    cost_per_click: 0.5,
    cost_per_conversion: 0.5,
  })
  expect(totalOf([])).toMatchObject({ click_rate: null, cost_per_click: null, cost_per_conversion: null })
})
