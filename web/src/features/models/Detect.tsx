import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { call } from '@/shared/api/client'
import type { SeriesAnomalies } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import { moments, useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Notice } from '@/shared/ui/notice'
import { Empty, Loading } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'
import { bodyOf, type CsvChoice, CsvInput } from './CsvInput'
import { numbers } from './numbers'

export function Detect() {
  const t = useText()
  const [choice, choose] = useState<CsvChoice | null>(null)
  const detect = useMutation({
    mutationFn: (given: CsvChoice) => call('POST /api/v1/learning/detect', { body: bodyOf(given) }),
  })
  return (
    <div className="grid gap-4">
      <Card title={t('models.series')} note={t('models.kept')}>
        <CsvInput choice={choice} onChange={choose}>
          <Button variant="primary" disabled={detect.isPending} onClick={() => choice && detect.mutate(choice)}>
            {t('models.runDetect')}
          </Button>
        </CsvInput>
        {detect.error && (
          <Notice tone="bad" className="mt-4">
            {detect.error.message}
          </Notice>
        )}
      </Card>
      {detect.isPending ? (
        <Card>
          <Loading rows={8} />
        </Card>
      ) : detect.data ? (
        <Result found={detect.data} />
      ) : (
        <Card>
          <Empty title={t('models.empty')}>{t('models.emptyText')}</Empty>
        </Card>
      )}
    </div>
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
      { label: t('models.lower'), tone: 'muted' as const, values: numbers(found.lower), width: 0 },
      { label: t('models.upper'), tone: 'muted' as const, values: numbers(found.upper), width: 0 },
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
        {found.anomalies.length === 0 ? (
          <Empty title={t('models.noAnomalies')} />
        ) : (
          <Table label={t('models.why')} maxHeight="22rem">
            <Head>
              <Th>{t('models.time')}</Th>
              <Th numeric>{t('models.value')}</Th>
              <Th numeric>{t('models.score')}</Th>
              <Th>{t('models.reason')}</Th>
            </Head>
            <tbody>
              {found.anomalies.map((anomaly) => (
                <Row key={anomaly.timestamp}>
                  <Td className="whitespace-nowrap">{format.moment(anomaly.timestamp)}</Td>
                  <Td numeric>{format.number(anomaly.value)}</Td>
                  <Td numeric>{format.share(anomaly.anomaly_score)}</Td>
                  <Td lang="en">{anomaly.reason}</Td>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
      </Card>
    </>
  )
}
