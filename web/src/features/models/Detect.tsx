import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call } from '@/shared/api/client'
import type { SeriesAnomalies } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import { moments, useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Notice } from '@/shared/ui/notice'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { bodyOf, type CsvChoice } from './CsvInput'
import { numbers } from './numbers'
import { SeriesTab } from './SeriesTab'
import { useText } from './texts'

export function Detect() {
  const t = useText()
  const detect = useMutation({ mutationFn: (given: CsvChoice) => call('POST /api/v1/learning/detect', { body: bodyOf(given) }) })
  return (
    <SeriesTab action={detect} submit={t('models.runDetect')}>
      {(data) => <Result found={data} />}
    </SeriesTab>
  )
}

function Result({ found }: { readonly found: SeriesAnomalies }) {
  const t = useText()
  const format = useFormat()
  const times = useMemo(() => found.times.map((time) => moments(String(time)).getTime() / 1000), [found])
  const series = useMemo(() => {
    const odd = new Set(found.anomalies.map((anomaly) => anomaly.timestamp))
    const values = numbers(found.values)
    return [
      { label: t('word.lower'), tone: 'muted' as const, values: numbers(found.lower), width: 0 },
      { label: t('word.upper'), tone: 'muted' as const, values: numbers(found.upper), width: 0 },
      { label: t('models.given'), tone: 'accent' as const, values, width: 1.25 },
      {
        label: t('models.anomalies'),
        tone: 'bad' as const,
        kind: 'points' as const,
        values: values.map((value, i) => (odd.has(String(found.times[i])) ? value : null)),
      },
    ]
  }, [found, t])
  return (
    <>
      <p className="text-xs text-muted">{t('models.readAs', { what: found.read_as })}</p>
      {found.notes.length > 0 && <Notice tone="warn">{found.notes.join(' ')}</Notice>}
      <Card title={t('models.anomalies')} note={t('models.expected')}>
        <TimeChart
          times={times}
          series={series}
          band={[0, 1]}
          height={320}
          label={t('models.anomalies')}
          value={format.number}
          moment={format.shortDay}
        />
      </Card>
      <Card title={t('models.why')} flush>
        <Table
          label={t('models.why')}
          maxHeight="22rem"
          rows={found.anomalies}
          keyOf={(anomaly) => anomaly.timestamp}
          empty={<Empty title={t('models.noAnomalies')} />}
          columns={[
            { head: t('models.time'), className: 'whitespace-nowrap', cell: (anomaly) => format.moment(anomaly.timestamp) },
            { head: t('models.value'), isNumeric: true, cell: (anomaly) => format.number(anomaly.value) },
            { head: t('models.score'), isNumeric: true, cell: (anomaly) => format.share(anomaly.anomaly_score) },
            { head: t('models.reason'), props: () => ({ lang: 'en' }), cell: (anomaly) => anomaly.reason },
          ]}
        />
      </Card>
    </>
  )
}
