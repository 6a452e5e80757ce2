import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'react-router'
import { call } from '@/shared/api/client'
import type { KpiResult } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import { useFormat } from '@/shared/format'
import { pathToStart } from '@/shared/runs/paths'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { useRole } from '@/shared/useRole'
import { jobs } from './jobs'
import { startOf } from './period'
import { useText } from './texts'
import { withForecast } from './withForecast'

interface Props {
  readonly data: KpiResult
  readonly compared: KpiResult | undefined
  readonly step: 'day' | 'week' | 'month'
  /** Whether what is shown goes up to the present, so that the forecast follows it. */
  readonly isPresent: boolean
}

export function RevenueChart({ data, compared, step, isPresent }: Props) {
  const t = useText()
  const format = useFormat()
  const { canWork } = useRole()
  const by = step === 'day' ? 'day' : 'week'
  const isShown = isPresent && step !== 'month'
  const forecast = useQuery({
    queryKey: ['revenue-forecast', by],
    queryFn: ({ signal }) => call('GET /api/v1/retail/forecast', { query: { by }, signal }),
    enabled: isShown,
    refetchInterval: 30_000,
  })
  const ahead = isShown ? forecast.data : undefined
  const chart = useMemo(() => {
    // The period before is as long: its last step lies under the last one.
    const shift = (compared?.by_period.length ?? 0) - data.by_period.length
    return withForecast(
      data.by_period.map((period) => startOf(period.key)),
      [
        { label: t('kpi.revenue'), tone: 'accent', values: data.by_period.map((period) => Number(period.revenue)), width: 2 },
        {
          label: t('kpi.margin'),
          tone: 'good',
          values: data.by_period.map((period) => (period.margin === null ? null : Number(period.margin))),
        },
        ...(compared
          ? [
              {
                label: t('kpi.revenueBefore'),
                tone: 'muted' as const,
                kind: 'dashed' as const,
                values: data.by_period.map((_, i) =>
                  compared.by_period[i + shift] ? Number(compared.by_period[i + shift]!.revenue) : null,
                ),
              },
            ]
          : []),
      ],
      ahead?.items ?? [],
      { lower: t('word.lower'), upper: t('word.upper'), value: t('kpi.forecast') },
    )
  }, [data, compared, ahead, t])
  return (
    <Card
      title={t('retail.overTime')}
      note={t(`retail.by.${step}`)}
      actions={
        ahead &&
        (ahead.version !== null
          ? ahead.as_of && (
              <Link to="/models" className="text-xs text-accent hover:underline">
                {t('retail.forecastBy', { version: ahead.version, day: format.day(ahead.as_of) })}
              </Link>
            )
          : canWork && (
              <Button asChild size="small">
                <Link to={pathToStart(jobs.forecast)}>{t('retail.makeForecast')}</Link>
              </Button>
            ))
      }
    >
      <TimeChart
        {...chart}
        height={260}
        label={t('retail.overTime')}
        value={format.short}
        moment={step === 'month' ? format.month : format.shortDay}
      />
    </Card>
  )
}
