import type { CampaignValues } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Table } from '@/shared/ui/table'
import { useText } from './texts'

const fields = ['name', 'status', 'daily_budget', 'lifetime_budget'] as const

/** What of a campaign is another, field by field. */
export function Difference({ before, after }: { readonly before: CampaignValues | null | undefined; readonly after: CampaignValues }) {
  const t = useText()
  const format = useFormat()
  const shown = (values: CampaignValues | null | undefined, field: (typeof fields)[number]) =>
    field === 'name' || field === 'status'
      ? (values?.[field] ?? '—')
      : values?.[field]
        ? `${format.money(values[field])} ${values.currency}`
        : '—'
  const labels = {
    name: t('word.name'),
    status: t('manage.status'),
    daily_budget: t('manage.daily_budget'),
    lifetime_budget: t('manage.lifetime_budget'),
  }
  return (
    <Table
      label={t('manage.field')}
      rows={fields.filter((field) => shown(before, field) !== shown(after, field))}
      keyOf={(field) => field}
      columns={[
        { head: t('manage.field'), isRowHeading: true, cell: (field) => labels[field] },
        { head: t('manage.before'), cell: (field) => shown(before, field) },
        { head: t('manage.after'), className: 'font-medium', cell: (field) => shown(after, field) },
      ]}
    />
  )
}
