import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { call } from '@/shared/api/client'
import type { SeriesForecast } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import type { ChartProps } from '@/shared/charts/UplotChart'
import { moments, useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Field, Input } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'
import { bodyOf, type CsvChoice } from './CsvInput'
import { numbers } from './numbers'
import { SeriesTab } from './SeriesTab'
import { useText } from './texts'

export function ForecastTab() {
  const t = useText()
  const [horizon, setHorizon] = useState(60)
  const forecast = useMutation({
    mutationFn: (given: CsvChoice) => call('POST /api/v1/learning/forecast', { body: { ...bodyOf(given), horizon } }),
  })
  return (
    <SeriesTab
      action={forecast}
      submit={t('models.runForecast')}
      fields={
        <Field label={t('models.horizon')} className="w-28">
          {(own) => (
            <Input {...own} type="number" min={1} max={1000} value={horizon} onChange={(event) => setHorizon(Number(event.target.value))} />
          )}
        </Field>
      }
    >
      {(data) => <Result forecast={data} />}
    </SeriesTab>
  )
}

function Result({ forecast }: { readonly forecast: SeriesForecast }) {
  const t = useText()
  const format = useFormat()
  const times = useMemo(() => forecast.times.map((time) => moments(String(time)).getTime() / 1000), [forecast])
  const series = useMemo(
    () => [
      { label: t('word.lower'), tone: 'muted' as const, values: numbers(forecast.lower), width: 0 },
      { label: t('word.upper'), tone: 'muted' as const, values: numbers(forecast.upper), width: 0 },
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

type PartProps = Pick<ChartProps, 'times' | 'value' | 'moment'> & {
  readonly name: string
  readonly values: readonly unknown[]
  readonly tone: 'accent' | 'good'
}

function Part({ times, name, values, tone, ...shown }: PartProps) {
  const first = values.findIndex((one) => one !== null)
  const own = useMemo(() => times.slice(first), [times, first])
  const series = useMemo(() => [{ label: name, tone, values: numbers(values.slice(first)) }], [name, tone, values, first])
  return <TimeChart times={own} series={series} height={150} label={name} {...shown} />
}
