import type { KpiGroup, KpiResult } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Bars } from '@/shared/ui/bars'
import { Card } from '@/shared/ui/card'
import type { SalesFilter } from './SalesDialog'
import { useText } from './texts'

const most = 8

export function Breakdowns({
  data,
  onChoose,
}: {
  readonly data: KpiResult
  readonly onChoose: (filter: SalesFilter, title: string) => void
}) {
  const t = useText()
  const format = useFormat()
  const groups: readonly { readonly title: string; readonly groups: readonly KpiGroup[]; readonly filter: keyof SalesFilter }[] = [
    { title: t('retail.regions'), groups: data.by_region, filter: 'region' },
    { title: t('retail.managers'), groups: data.by_manager, filter: 'manager' },
    { title: t('retail.categories'), groups: data.by_category, filter: 'category' },
    { title: t('retail.methods'), groups: data.by_payment_method, filter: 'payment_method' },
  ]
  return (
    <div className="grid items-start gap-4 md:grid-cols-2 2xl:grid-cols-4">
      {groups.map(({ title, groups: all, filter }) => (
        <Card key={title} title={title} note={t('retail.drill')}>
          <Bars
            hint={t('retail.drill')}
            bars={all.slice(0, most).map((group) => ({
              key: group.key,
              label: group.key,
              value: Number(group.revenue),
              shown: format.short(group.revenue),
              detail: t('retail.group', {
                orders: format.whole(group.orders),
                margin: format.short(group.margin),
                cancelled: format.share(group.cancellation_rate),
              }),
            }))}
            onChoose={(key) => onChoose({ [filter]: key }, `${title}: ${key}`)}
          />
        </Card>
      ))}
    </div>
  )
}
