import { useMutation } from '@tanstack/react-query'
import { Download, Play } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react'
import { call } from '@/shared/api/client'
import type { SqlRows } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import { moments, useFormat } from '@/shared/format'
import { Bars } from '@/shared/ui/bars'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Field, TextArea } from '@/shared/ui/field'
import { Notice, Refusal } from '@/shared/ui/notice'
import { Empty, Loading } from '@/shared/ui/states'
import { Tabs } from '@/shared/ui/tabs'
import { ResultTable } from './ResultTable'
import { type Chart, chartOf, csvOf } from './sql'
import { useText } from './texts'

const limit = 1000

export function Sql({ first, runsAtOnce }: { readonly first: string; readonly runsAtOnce: boolean }) {
  const t = useText()
  const format = useFormat()
  const [sql, setSql] = useState(first)
  const [view, setView] = useState('table')
  const ask = useMutation({ mutationFn: (text: string) => call('GET /api/v1/query', { query: { sql: text, limit } }) })
  const { mutate } = ask
  useEffect(() => {
    if (runsAtOnce) mutate(first)
  }, [first, runsAtOnce, mutate])
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) mutate(sql)
  }
  return (
    <div className="grid gap-4">
      <Card>
        <Field label={t('data.statement')} hint={t('data.statementHint')}>
          {(own) => (
            <TextArea {...own} rows={5} spellCheck={false} value={sql} onChange={(event) => setSql(event.target.value)} onKeyDown={onKey} />
          )}
        </Field>
        <div className="mt-3 flex items-center gap-3">
          <Button variant="primary" disabled={ask.isPending || sql.trim() === ''} onClick={() => mutate(sql)}>
            <Play aria-hidden />
            {t('data.run')}
          </Button>
          {ask.data && (
            <p role="status" className="text-[13px] text-muted">
              {t('data.took', { rows: format.whole(ask.data.rows.length), time: format.duration(ask.data.seconds) })}
            </p>
          )}
          {ask.data && (
            <Button className="ms-auto" onClick={() => save(ask.data)}>
              <Download aria-hidden />
              {t('data.csv')}
            </Button>
          )}
        </div>
        <Refusal error={ask.error} className="mt-3" />
        {ask.data?.truncated && (
          <Notice tone="warn" className="mt-3">
            {t('data.truncated')}
          </Notice>
        )}
      </Card>
      {ask.isPending ? (
        <Card>
          <Loading rows={6} />
        </Card>
      ) : (
        ask.data && (
          <Tabs
            label={t('data.result')}
            value={view}
            onChange={setView}
            tabs={[
              {
                value: 'table',
                label: t('data.asTable'),
                content: (
                  <Card flush>
                    <ResultTable key={ask.submittedAt} rows={ask.data} />
                  </Card>
                ),
              },
              { value: 'chart', label: t('data.asChart'), content: <ResultChart rows={ask.data} /> },
            ]}
          />
        )
      )}
    </div>
  )
}

function ResultChart({ rows }: { readonly rows: SqlRows }) {
  const t = useText()
  const format = useFormat()
  const chart = useMemo(() => chartOf(rows), [rows])
  if (!chart)
    return (
      <Card>
        <Empty title={t('data.noChart')}>{t('data.noChartText')}</Empty>
      </Card>
    )
  return (
    <Card title={chart.value} note={chart.label}>
      {chart.kind === 'line' ? (
        <Line chart={chart} />
      ) : (
        <Bars
          bars={chart.points.map((point, i) => ({
            key: String(i),
            label: point.label,
            value: point.value,
            shown: format.number(point.value),
          }))}
        />
      )}
    </Card>
  )
}

function Line({ chart }: { readonly chart: Chart }) {
  const format = useFormat()
  const times = useMemo(() => chart.points.map((point) => moments(point.label).getTime() / 1000), [chart])
  const series = useMemo(() => [{ label: chart.value, tone: 'accent' as const, values: chart.points.map((point) => point.value) }], [chart])
  return <TimeChart times={times} series={series} height={320} label={chart.value} value={format.short} moment={format.shortDay} />
}

function save(rows: SqlRows) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([csvOf(rows)], { type: 'text/csv' }))
  link.download = 'query.csv'
  link.click()
  URL.revokeObjectURL(link.href)
}
