import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { call } from '@/shared/api/client'
import type { SeriesForecast } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import { moments, useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Field, Input } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'
import { Empty, Loading } from '@/shared/ui/states'
import { bodyOf, type CsvChoice, CsvInput } from './CsvInput'
import { numbers } from './numbers'

export function ForecastTab() {
  const t = useText()
  const [choice, choose] = useState<CsvChoice | null>(null)
  const [horizon, setHorizon] = useState(60)
  const forecast = useMutation({
    mutationFn: (given: CsvChoice) => call('POST /api/v1/learning/forecast', { body: { ...bodyOf(given), horizon } }),
  })
  return (
    <div className="grid gap-4">
      <Card title={t('models.series')} note={t('models.kept')}>
        <CsvInput choice={choice} onChange={choose}>
          <Field label={t('models.horizon')} className="w-28">
            {(own) => (
              <Input
                {...own}
                type="number"
                min={1}
                max={1000}
                value={horizon}
                onChange={(event) => setHorizon(Number(event.target.value))}
              />
            )}
          </Field>
          <Button variant="primary" disabled={forecast.isPending} onClick={() => choice && forecast.mutate(choice)}>
            {t('models.runForecast')}
          </Button>
        </CsvInput>
        {forecast.error && (
          <Notice tone="bad" className="mt-4">
            {forecast.error.message}
          </Notice>
        )}
      </Card>
      {forecast.isPending ? (
        <Card>
          <Loading rows={8} />
        </Card>
      ) : forecast.data ? (
        <Result forecast={forecast.data} />
      ) : (
        <Card>
          <Empty title={t('models.empty')}>{t('models.emptyText')}</Empty>
        </Card>
      )}
    </div>
  )
}

function Result({ forecast }: { readonly forecast: SeriesForecast }) {
  const t = useText()
  const format = useFormat()
  const times = useMemo(() => forecast.times.map((time) => moments(String(time)).getTime() / 1000), [forecast])
  const series = useMemo(
    () => [
      { label: t('models.lower'), tone: 'muted' as const, values: numbers(forecast.lower), width: 0 },
      { label: t('models.upper'), tone: 'muted' as const, values: numbers(forecast.upper), width: 0 },
      { label: t('models.forecast'), tone: 'accent' as const, values: numbers(forecast.forecast), width: 2 },
      { label: t('models.given'), tone: 'muted' as const, values: numbers(forecast.values), width: 1 },
    ],
    [forecast, t],
  )
  const parts = useMemo(
    () => [{ name: t('models.trend'), values: forecast.trend }, ...forecast.components.map((part) => ({ ...part, values: recent(part) }))],
    [forecast, t],
  )
  return (
    <>
      <p className="text-xs text-muted">{t('models.readAs', { what: forecast.read_as })}</p>
      {forecast.notes.length > 0 && <Notice tone="warn">{forecast.notes.join(' ')}</Notice>}
      <Card title={t('models.forecast')} note={t('models.interval')}>
        <TimeChart
          times={times}
          series={series}
          band={[0, 1]}
          height={320}
          label={t('models.forecast')}
          value={format.number}
          moment={format.shortDay}
        />
      </Card>
      <Card title={t('models.components')} note={t('models.componentsNote')}>
        <div className="grid gap-6 lg:grid-cols-2">
          {parts.map((part, i) => (
            <div key={part.name}>
              <h3 className="mb-1 text-xs font-medium text-muted">{part.name}</h3>
              <Part
                times={times}
                name={part.name}
                values={part.values}
                tone={i === 0 ? 'accent' : 'good'}
                moment={format.shortDay}
                value={format.number}
              />
            </div>
          ))}
        </div>
      </Card>
    </>
  )
}

const shownOfWeeks = 35

/** A season of days is told by its last weeks; more of it would be a plane. */
const recent = ({ name, values }: { readonly name: string; readonly values: readonly unknown[] }) =>
  name === 'weekly' ? values.map((value, i) => (i < values.length - shownOfWeeks ? null : value)) : values

function Part({
  times,
  name,
  values,
  tone,
  value,
  moment,
}: {
  readonly times: readonly number[]
  readonly name: string
  readonly values: readonly unknown[]
  readonly tone: 'accent' | 'good'
  readonly value: (value: number) => string
  readonly moment: (time: Date) => string
}) {
  const first = values.findIndex((one) => one !== null)
  const shown = useMemo(() => times.slice(first), [times, first])
  const series = useMemo(() => [{ label: name, tone, values: numbers(values.slice(first)) }], [name, tone, values, first])
  return <TimeChart times={shown} series={series} height={150} label={name} value={value} moment={moment} />
}
