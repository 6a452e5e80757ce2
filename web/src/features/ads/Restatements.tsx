import { call } from '@/shared/api/client'
import type { DayNumbers, Restatement } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { More } from '@/shared/ui/more'
import { Empty } from '@/shared/ui/states'
import { type Column, Table } from '@/shared/ui/table'
import { usePages } from '@/shared/usePages'
import { Restated } from './Restated'
import { useText } from './texts'

/** Days of which a platform reported something else than before. */
export function Restatements() {
  const t = useText()
  const format = useFormat()
  const restated = usePages(['ads', 'restatements'], (next, signal) =>
    call('GET /api/v1/analytics/restatements', { query: { limit: 50, cursor: Number(next ?? 0) }, signal }),
  )
  const column = (head: string, write: (value: number | string | null) => string, pick: (numbers: DayNumbers) => number | string | null) =>
    ({
      head,
      isNumeric: true,
      cell: ({ before, after }) => <Restated before={write(pick(before))} after={write(pick(after))} />,
    }) satisfies Column<Restatement>
  return (
    <Card title={t('ads.restatements')} note={t('restated.note')} flush>
      <Table
        label={t('ads.restatements')}
        rows={restated}
        keyOf={(row) => `${row.account} ${row.campaign} ${row.date} ${row.learned_at}`}
        empty={<Empty title={t('restated.none')} />}
        columns={[
          {
            head: t('ads.campaign'),
            isRowHeading: true,
            cell: (row) => <span className="block max-w-72 truncate">{row.campaign_name ?? row.campaign}</span>,
          },
          { head: t('ads.date'), className: 'whitespace-nowrap', cell: (row) => format.day(row.date) },
          { head: t('ads.learned'), className: 'whitespace-nowrap text-muted', cell: (row) => format.moment(row.learned_at) },
          { head: t('restated.known'), className: 'whitespace-nowrap text-muted', cell: (row) => format.moment(row.known_at) },
          column(t('ads.impressions'), format.whole, (numbers) => numbers.impressions),
          column(t('ads.clicks'), format.whole, (numbers) => numbers.clicks),
          column(t('ads.spend'), format.money, (numbers) => numbers.spend),
          column(t('ads.conversions'), format.number, (numbers) => numbers.conversions),
        ]}
      />
      <More of={restated} />
    </Card>
  )
}
