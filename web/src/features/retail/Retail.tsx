import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '@/shared/api/client'
import type { KpiResult } from '@/shared/api/schema'
import { cn } from '@/shared/cn'
import { before, daysBetween, lastDay } from '@/shared/days'
import { useFormat } from '@/shared/format'
import { Field, Input, Select } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'
import { Page } from '@/shared/ui/page'
import { Stat } from '@/shared/ui/stat'
import { Empty, Fetched } from '@/shared/ui/states'
import { useRead } from '@/shared/useRead'
import { retail } from '.'
import { Breakdowns } from './Breakdowns'
import { Loads } from './Loads'
import { Products } from './Products'
import { Rejects } from './Rejects'
import { RevenueChart } from './RevenueChart'
import { SalesDialog, type SalesOf } from './SalesDialog'
import { change, intervalOf, type Span, stepOf } from './period'
import { useText } from './texts'

const spans: readonly Span[] = ['30', '90', '180', '365', 'all', 'own']
const wholeShop = 400

export default function Retail() {
  const t = useText()
  const format = useFormat()
  const [span, setSpan] = useState<Span>('90')
  const [own, setOwn] = useState({ from: '', last: '' })
  const [sales, showSales] = useState<SalesOf | null>(null)
  const period = useRead(['kpi', 'period'], (signal) => call('GET /api/v1/retail/period', { signal }), 30_000)
  const { from: first = null, to: end = null } = period.data ?? {}
  const chosen = first && end ? intervalOf(span, { from: first, to: end }, own) : null
  const wrong = typeof chosen === 'string' ? chosen : null
  const interval = typeof chosen === 'string' ? null : chosen
  const step = stepOf(interval ? daysBetween(interval.from, interval.to) : wholeShop)
  const kpi = useQuery({
    queryKey: ['kpi', interval, step],
    queryFn: ({ signal }) => call('GET /api/v1/retail/kpi', { query: { ...interval, by: step, top: 10, without_cohorts: true }, signal }),
    enabled: end !== null && wrong === null,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })
  const previous = useQuery({
    queryKey: ['kpi', interval && before(interval.from, interval.to), step],
    queryFn: ({ signal }) =>
      call('GET /api/v1/retail/kpi', {
        query: { ...before(interval!.from, interval!.to), by: step, top: 1, without_cohorts: true },
        signal,
      }),
    // What is asked for comes first; what it is compared with follows.
    enabled: interval !== null && kpi.data !== undefined && !kpi.isPlaceholderData,
    placeholderData: keepPreviousData,
  })
  const compared = interval ? previous.data : undefined
  return (
    <Page
      title={t(retail.name)}
      note={
        !wrong && kpi.data?.from && kpi.data.to ? `${format.day(kpi.data.from)} – ${format.day(lastDay(kpi.data.to))}` : t('retail.note')
      }
      actions={
        <div className="flex flex-wrap items-end gap-2">
          {span === 'own' && (
            <>
              <Field label={t('filter.from')}>
                {(control) => (
                  <Input {...control} type="date" value={own.from} onChange={(event) => setOwn({ ...own, from: event.target.value })} />
                )}
              </Field>
              <Field label={t('filter.to')}>
                {(control) => (
                  <Input {...control} type="date" value={own.last} onChange={(event) => setOwn({ ...own, last: event.target.value })} />
                )}
              </Field>
            </>
          )}
          <Select
            aria-label={t('retail.period')}
            className="w-44"
            value={span}
            onChange={(event) => setSpan(event.target.value as Span)}
            options={spans.map((one) => [one, one === 'all' || one === 'own' ? t(`retail.${one}`) : t('retail.days', { count: one })])}
          />
        </div>
      }
    >
      <Fetched query={period} rows={8}>
        {(days) =>
          days.from === null || days.to === null ? (
            <Empty title={t('retail.none')}>{t('retail.noneText')}</Empty>
          ) : wrong ? (
            <Notice tone="warn">{t(`retail.${wrong}`, { from: format.day(days.from), to: format.day(lastDay(days.to)) })}</Notice>
          ) : (
            <Fetched query={kpi} rows={8}>
              {(data) => (
                <div
                  aria-busy={kpi.isPlaceholderData}
                  className={cn('grid gap-4 transition-opacity', kpi.isPlaceholderData && 'opacity-60')}
                >
                  <Figures data={data} compared={compared} />
                  <RevenueChart data={data} compared={compared} step={step} isPresent={span !== 'own'} />
                  <Breakdowns data={data} onChoose={(filter, title) => showSales({ ...interval, ...filter, title })} />
                  <Products products={data.top_products} />
                </div>
              )}
            </Fetched>
          )
        }
      </Fetched>
      <div className="mt-4 grid gap-4">
        <Loads />
        <Rejects />
      </div>
      {sales && <SalesDialog of={sales} onClose={() => showSales(null)} />}
    </Page>
  )
}

function Figures({ data, compared }: { readonly data: KpiResult; readonly compared: KpiResult | undefined }) {
  const t = useText()
  const format = useFormat()
  const figures = [
    { label: t('kpi.revenue'), name: 'revenue', write: format.money },
    { label: t('kpi.orders'), name: 'orders', write: format.whole },
    { label: t('kpi.average'), name: 'average_order_value', write: format.money },
    { label: t('kpi.margin'), name: 'margin', write: format.money },
    { label: t('kpi.cancelled'), name: 'cancellation_rate', write: format.share, inverse: true },
  ] as const
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-5">
      {figures.map(({ name, write, ...own }) => (
        <Stat
          key={name}
          {...own}
          value={write(data[name])}
          change={compared ? change(data[name], compared[name]) : undefined}
          changeLabel={t('kpi.before')}
        />
      ))}
    </div>
  )
}
