import type { ComparedMetric } from '@/shared/api/schema'
import type { Formatter } from '@/shared/format'
import { useText } from './texts'

const known = { mase: 'models.mase', coverage: 'models.coverage', coverage_week: 'models.coverage_week' } as const

/** A metric as people read it; one that the page does not know keeps its name. */
export function useMetricName() {
  const t = useText()
  return (name: string) => (name in known ? t(known[name as keyof typeof known]) : name.replaceAll('_', ' ').toUpperCase())
}

const digits = 4

/** A value of a metric: shares in percent, everything else with as many digits as say something. */
export const figure = (metric: Pick<ComparedMetric, 'aim'>, value: number | null, format: Formatter) =>
  metric.aim === 'nearest' ? format.share(value) : format.number(value === null ? null : Number(value.toPrecision(digits)))

/** How far a value is from that of production, as a share of it; null where only better or worse can be said. */
export const difference = ({ aim, compared, production }: Pick<ComparedMetric, 'aim' | 'compared' | 'production'>) =>
  aim === 'nearest' || compared === null || !production ? null : (compared - production) / Math.abs(production)
