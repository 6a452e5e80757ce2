import { useMemo } from 'react'
import type { KpiResult } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Card } from '@/shared/ui/card'
import { startOf } from './period'

export function RevenueChart({ data, compared, step }: { readonly data: KpiResult; readonly compared: KpiResult | undefined; readonly step: 'day' | 'week' | 'month' }) {
  const t = useText()
  const format = useFormat()
  const times = useMemo(() => data.by_period.map((period) => startOf(period.key)), [data])
  const series = useMemo(() => {
    // The period before is as long: its last step lies under the last one.
    const shift = (compared?.by_period.length ?? 0) - data.by_period.length
    return [
      { label: t('kpi.revenue'), tone: 'accent' as const, values: data.by_period.map((period) => Number(period.revenue)), width: 2 },
      { label: t('kpi.margin'), tone: 'good' as const, values: data.by_period.map((period) => Number(period.margin)) },
      ...(compared ? [{ label: t('kpi.revenueBefore'), tone: 'muted' as const, kind: 'dashed' as const, values: data.by_period.map((_, i) => (compared.by_period[i + shift] ? Number(compared.by_period[i + shift]!.revenue) : null)) }] : []),
    ]
  }, [data, compared, t])
  return (
    <Card title={t('retail.overTime')} note={t(`retail.by.${step}`)}>
      <TimeChart times={times} series={series} height={260} label={t('retail.overTime')} value={format.short} moment={step === 'month' ? format.month : format.shortDay} />
    </Card>
  )
}
