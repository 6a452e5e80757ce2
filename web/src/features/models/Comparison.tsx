import { useState } from 'react'
import type { ComparedMetric, VersionView } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { type Column, Table } from '@/shared/ui/table'
import { difference, figure, useMetricName } from './metric'
import { useText } from './texts'
import { Stage } from './VersionList'

const few = 4

/** Metrics as rows, versions as columns: production first, then the newest. */
export function Comparison({ versions }: { readonly versions: readonly VersionView[] }) {
  const t = useText()
  const format = useFormat()
  const nameOf = useMetricName()
  const [isWhole, showWhole] = useState(false)
  const ordered = [...versions].sort((a, b) => Number(b.stage === 'production') - Number(a.stage === 'production') || b.version - a.version)
  const shown = isWhole ? ordered : ordered.slice(0, few)
  const of = (version: VersionView, name: string) => version.metrics.find((metric) => metric.name === name)
  const names = [...new Set(shown.flatMap((version) => version.metrics.map((metric) => metric.name)))]
  const columns: readonly Column<ComparedMetric>[] = [
    {
      head: t('models.metric'),
      isRowHeading: true,
      cell: ({ name, decides }) => (
        <span className="inline-flex items-center gap-2">
          {nameOf(name)}
          {decides && <Badge tone="accent">{t('models.decides')}</Badge>}
        </span>
      ),
    },
    ...shown.map((version) => ({
      head: (
        <span className="inline-flex items-center gap-2 py-1.5 text-ink">
          {t('models.version', { version: version.version })}
          <Stage stage={version.stage} />
        </span>
      ),
      isNumeric: true,
      cell: ({ name }: ComparedMetric) => <Compared metric={of(version, name)} />,
    })),
    { head: t('models.naive'), isNumeric: true, className: 'text-muted', cell: (any) => figure(any, any.baseline, format) },
  ]
  return (
    <Card
      title={t('models.compare')}
      note={t('models.compareNote')}
      flush
      actions={
        ordered.length > few &&
        !isWhole && (
          <Button size="small" onClick={() => showWhole(true)}>
            {t('models.showAll', { count: ordered.length })}
          </Button>
        )
      }
    >
      <Table
        label={t('models.compare')}
        rows={names.map((name) => versions.map((version) => of(version, name)).find((metric) => metric !== undefined)!)}
        keyOf={(metric) => metric.name}
        columns={columns}
      />
    </Card>
  )
}

function Compared({ metric }: { readonly metric: ComparedMetric | undefined }) {
  const t = useText()
  const format = useFormat()
  if (!metric) return '—'
  const share = difference(metric)
  const tone = metric.verdict === 'better' ? 'text-good' : metric.verdict === 'worse' ? 'text-bad' : 'text-muted'
  return (
    <>
      {figure(metric, metric.value, format)}
      {metric.verdict !== 'unknown' && (
        <span className={`block text-xs ${tone}`}>
          {share !== null && metric.verdict !== 'same' && `${format.change(share)} `}
          {t(`models.${metric.verdict}`, { value: figure(metric, metric.production, format) })}
          {!metric.is_same_data && ` ${t('models.otherData')}`}
        </span>
      )}
    </>
  )
}
