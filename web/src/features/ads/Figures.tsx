import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { call } from '@/shared/api/client'
import type { CampaignFigures } from '@/shared/api/schema'
import { daysAgo } from '@/shared/days'
import { useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Card } from '@/shared/ui/card'
import { Field, Select } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'
import { Stat } from '@/shared/ui/stat'
import { Empty, Fetched } from '@/shared/ui/states'
import { type Column, Table } from '@/shared/ui/table'
import { type Grouping, groupings, keyOf, type KnownRow, type Measure, type Order, ordered, totalOf, withNow } from './figures'
import { Restated } from './Restated'
import { useText } from './texts'

const spans = ['7', '28', '90', 'all'] as const
const mostRows = 5_000
const mostDaysBack = 60

/** What came of campaigns: of any period, by anything, in any order, as it is known now or was known some days ago. */
export function Figures() {
  const t = useText()
  const format = useFormat()
  const [span, setSpan] = useState<(typeof spans)[number]>('28')
  const [by, group] = useState<Grouping>('campaign')
  const [back, goBack] = useState(0)
  const [order, setOrder] = useState<Order>({ by: 'spend', isDescending: true })
  const asked = useDeferredValue(back)
  const from = span === 'all' ? undefined : daysAgo(Number(span) - 1)
  const asOf = asked === 0 ? undefined : `${daysAgo(asked)}T23:59:59`
  const figures = useFigures(by, from, asOf)
  const newest = useFigures(by, from, undefined)
  const columns = useColumns(by, order, setOrder)
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <Field label={t('figures.period')} className="w-36">
          {(own) => (
            <Select
              {...own}
              value={span}
              onChange={(event) => setSpan(event.target.value as typeof span)}
              options={spans.map((one) => [one, one === 'all' ? t('figures.all') : t('figures.days', { count: one })])}
            />
          )}
        </Field>
        <Field label={t('figures.by')} className="w-44">
          {(own) => (
            <Select
              {...own}
              value={by}
              onChange={(event) => {
                group(event.target.value as Grouping)
                setOrder({ by: 'spend', isDescending: true })
              }}
              options={(Object.keys(groupings) as Grouping[]).map((one) => [one, t(`figures.${one}`)])}
            />
          )}
        </Field>
        <Field
          label={`${t('figures.asOf')}: ${
            back === 0 ? t('figures.now') : t('figures.ago', { day: format.day(daysAgo(back)), count: back })
          }`}
          hint={t('figures.asOfHint')}
          className="min-w-64 flex-1"
        >
          {(own) => (
            <input
              {...own}
              type="range"
              min={0}
              max={mostDaysBack}
              value={back}
              onChange={(event) => goBack(Number(event.target.value))}
              className="block h-8 w-full accent-accent"
            />
          )}
        </Field>
      </div>
      <Fetched query={figures} rows={8}>
        {({ items, next }) => {
          const rows = ordered(withNow(items, asOf ? newest.data?.items : undefined), order)
          const restated = rows.filter(({ now }) => now).length
          return (
            <>
              <Totals rows={items} />
              {next !== null && <Notice tone="warn">{t('figures.more', { count: format.whole(mostRows) })}</Notice>}
              <Card
                title={t('ads.figures')}
                flush
                actions={restated > 0 && <Badge tone="warn">{t('figures.restated', { count: format.whole(restated) })}</Badge>}
              >
                <Table
                  label={t('ads.figures')}
                  maxHeight="38rem"
                  rows={rows}
                  keyOf={({ then }) => keyOf(then)}
                  empty={<Empty title={t('figures.none')}>{t('figures.noneText')}</Empty>}
                  columns={columns}
                />
              </Card>
            </>
          )
        }}
      </Fetched>
    </div>
  )
}

function useFigures(by: Grouping, from: string | undefined, asOf: string | undefined) {
  return useQuery({
    queryKey: ['ads', 'figures', by, from, asOf],
    queryFn: ({ signal }) =>
      call('GET /api/v1/analytics/campaigns', { query: { by: groupings[by], from, as_of: asOf, limit: mostRows }, signal }),
    placeholderData: keepPreviousData,
  })
}

function Totals({ rows }: { readonly rows: readonly CampaignFigures[] }) {
  const t = useText()
  const format = useFormat()
  const total = totalOf(rows)
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
      <Stat label={t('ads.spend')} value={format.money(total.spend)} />
      <Stat label={t('ads.impressions')} value={format.whole(total.impressions)} />
      <Stat label={t('ads.clicks')} value={format.whole(total.clicks)} />
      <Stat label={t('ads.conversions')} value={format.whole(total.conversions)} />
      <Stat label={t('ads.clickRate')} value={format.share(total.click_rate)} />
      <Stat label={t('ads.costPerConversion')} value={format.money(total.cost_per_conversion)} />
    </div>
  )
}

/** The columns of a grouping; the head of each puts the rows into its order. */
function useColumns(by: Grouping, order: Order, setOrder: (order: Order) => void): readonly Column<KnownRow>[] {
  const t = useText()
  const format = useFormat()
  const head = (of: Order['by'], text: string) => (
    <button
      type="button"
      aria-pressed={order.by === of}
      className="inline-flex items-center gap-1 font-medium hover:text-ink"
      onClick={() => setOrder({ by: of, isDescending: order.by === of ? !order.isDescending : of !== 'key' })}
    >
      {text}
      {order.by === of && (order.isDescending ? <ArrowDown aria-hidden className="size-3" /> : <ArrowUp aria-hidden className="size-3" />)}
    </button>
  )
  const shown: readonly [Measure, string, (value: number | string | null | undefined) => string][] = [
    ['impressions', t('ads.impressions'), format.whole],
    ['clicks', t('ads.clicks'), format.whole],
    ['spend', t('ads.spend'), format.money],
    ['conversions', t('ads.conversions'), format.number],
    ['value', t('ads.value'), format.money],
    ['click_rate', t('ads.clickRate'), format.share],
    ['conversion_rate', t('ads.conversionRate'), format.share],
    ['cost_per_click', t('ads.costPerClick'), format.money],
    ['cost_per_conversion', t('ads.costPerConversion'), format.money],
  ]
  const about = (row: CampaignFigures): ReactNode =>
    by === 'account' ? (
      (row.account ?? t('figures.unnamed'))
    ) : by === 'campaign' || by === 'campaign_date' ? (
      <>
        <span className="block max-w-72 truncate">{row.campaign_name ?? row.campaign}</span>
        {by === 'campaign_date' && <span className="block text-xs font-normal text-muted">{format.day(row.date)}</span>}
      </>
    ) : by === 'month' ? (
      format.month(row.date)
    ) : (
      format.day(row.date)
    )
  return [
    { head: head('key', t(`figures.${by}`)), isRowHeading: true, cell: ({ then }) => about(then) },
    ...shown.map(([measure, text, write]): Column<KnownRow> => ({
      head: head(measure, text),
      isNumeric: true,
      cell: ({ then, now }) => <Restated before={write(then[measure])} after={now && write(now[measure])} />,
    })),
  ]
}
