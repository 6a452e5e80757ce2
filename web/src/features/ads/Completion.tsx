import { useMemo } from 'react'
import { call } from '@/shared/api/client'
import type { CompletionPoint } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Empty, Fetched } from '@/shared/ui/states'
import { useRead } from '@/shared/useRead'
import { useText } from './texts'

const day = 86_400
const types = ['conversions', 'approved_conversions'] as const

/** How soon conversions are known. */
export function Completion() {
  const t = useText()
  const points = useRead(['ads', 'completion'], (signal) => call('GET /api/v1/analytics/completion', { query: {}, signal }))
  return (
    <Card title={t('ads.completion')} note={t('completion.note')}>
      <Fetched query={points} rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('completion.none')}>{t('completion.noneText')}</Empty>
          ) : (
            <div className="grid gap-6">
              {types
                .map((type) => ({ type, curve: items.filter((point) => point.type === type) }))
                .filter(({ curve }) => curve.length > 0)
                .map(({ type, curve }) => (
                  <Curve key={type} name={t(`completion.${type}`)} points={curve} />
                ))}
            </div>
          )
        }
      </Fetched>
    </Card>
  )
}

function Curve({ name, points }: { readonly name: string; readonly points: readonly CompletionPoint[] }) {
  const t = useText()
  const format = useFormat()
  const [share, lower, upper] = [t('completion.share'), t('completion.lower'), t('completion.upper')]
  const times = useMemo(() => points.map((point) => point.days * day), [points])
  const series = useMemo(
    () => [
      { label: lower, tone: 'muted' as const, values: points.map((point) => point.lower ?? null) },
      { label: upper, tone: 'muted' as const, values: points.map((point) => point.upper ?? null) },
      { label: share, tone: 'accent' as const, width: 2, values: points.map((point) => point.share) },
    ],
    [points, share, lower, upper],
  )
  return (
    <div>
      <h3 className="mb-1 text-xs font-medium text-muted">{name}</h3>
      <TimeChart
        times={times}
        series={series}
        band={[0, 1]}
        height={220}
        label={t('completion.chart', { type: name })}
        value={format.share}
        moment={(time) => t('completion.day', { count: Math.round(time.getTime() / 1000 / day) })}
      />
    </div>
  )
}
