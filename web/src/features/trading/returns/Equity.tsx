import { useMemo } from 'react'
import type { EquityDay, ForecastTrack } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import { moments, useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Empty, Fetched, type Query } from '@/shared/ui/states'
import { useText } from '../texts'

/** What acting on the champion's forecasts would have brought over its walk. */
export function Equity({ track }: { readonly track: Query<ForecastTrack> }) {
  const t = useText()
  const format = useFormat()
  const { data } = track
  const told = data && {
    factor: format.number(data.decision_factor),
    cost: format.number(data.cost_basis_points),
    share: format.share(data.acted_share),
  }
  return (
    <Card title={t('returns.equity')} note={told && t('returns.equityNote', told)}>
      <Fetched query={track}>
        {({ equity, acted_share }) =>
          equity.length === 0 ? (
            <Empty title={t('returns.noForecasts')} />
          ) : acted_share === 0 ? (
            <Empty title={t('returns.neverActed')}>{t('returns.neverActedText')}</Empty>
          ) : (
            <Curve equity={equity} />
          )
        }
      </Fetched>
    </Card>
  )
}

function Curve({ equity }: { readonly equity: readonly EquityDay[] }) {
  const t = useText()
  const format = useFormat()
  const [gross, net] = [t('returns.gross'), t('returns.net')]
  const times = useMemo(() => equity.map((one) => moments(one.day).getTime() / 1000), [equity])
  const series = useMemo(
    () => [
      { label: gross, tone: 'muted' as const, values: equity.map((one) => one.gross) },
      { label: net, tone: 'accent' as const, width: 2, values: equity.map((one) => one.net) },
    ],
    [equity, gross, net],
  )
  return (
    <TimeChart times={times} series={series} height={220} label={t('returns.equityChart')} value={format.share} moment={format.month} />
  )
}
