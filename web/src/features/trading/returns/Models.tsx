import type { ReturnComparison, ReturnMetrics } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Card } from '@/shared/ui/card'
import { Notice } from '@/shared/ui/notice'
import { Table } from '@/shared/ui/table'
import { useText } from '../texts'

/** Every model beside forecasting no change, which is a row of its own and stands below what has a counterpart. */
export function Models({ comparison: { models, champion } }: { readonly comparison: ReturnComparison }) {
  const t = useText()
  const format = useFormat()
  const errors = champion && { model: champion.model, rmse: format.fineShare(champion.rmse), zero: format.fineShare(champion.rmse_zero) }
  return (
    <Card title={t('returns.models')} note={t('returns.modelsNote')} flush>
      {champion && errors && (
        <div className="p-4">
          <Notice tone={champion.beats_zero ? 'good' : 'warn'}>
            {t(champion.beats_zero ? 'returns.beatsZero' : 'returns.nothingBeats', errors)}
          </Notice>
        </div>
      )}
      <Table
        label={t('returns.models')}
        rows={models}
        keyOf={(row) => row.model}
        columns={[
          {
            head: t('returns.model'),
            isRowHeading: true,
            cell: (row) => (
              <span className="inline-flex items-center gap-2">
                {row.model.replace(/_log_return_\d+h$/, '')}
                {row.is_champion && <Badge tone="accent">{t('returns.champion')}</Badge>}
              </span>
            ),
          },
          { head: t('returns.n'), hint: t('returns.nHint'), isNumeric: true, cell: (row) => format.whole(row.figures.n) },
          {
            head: t('returns.rmse'),
            hint: t('returns.rmseHint'),
            isNumeric: true,
            cell: ({ figures }) => <Pair value={format.fineShare(figures.rmse)} beside={format.fineShare(figures.rmse_zero)} />,
          },
          { head: t('returns.r2'), hint: t('returns.r2Hint'), isNumeric: true, cell: (row) => format.fineShare(row.figures.r2_zero) },
          {
            head: t('returns.accuracy'),
            hint: t('returns.accuracyHint'),
            isNumeric: true,
            cell: ({ figures }) => <Pair value={format.share(figures.directional_accuracy)} beside={format.share(figures.up_share)} />,
          },
          { head: 'IC', hint: t('returns.icHint'), isNumeric: true, cell: (row) => format.placed(row.figures.ic, 3) },
          {
            head: t('returns.rankIc'),
            hint: t('returns.rankIcHint'),
            isNumeric: true,
            cell: (row) => format.placed(row.figures.rank_ic, 3),
          },
          {
            head: t('returns.sharpeGross'),
            hint: t('returns.sharpeHint'),
            isNumeric: true,
            cell: (row) => format.placed(row.figures.sharpe_gross, 2),
          },
          {
            head: t('returns.sharpeNet'),
            hint: t('returns.sharpeHint'),
            isNumeric: true,
            cell: (row) => format.placed(row.figures.sharpe_net, 2),
          },
          {
            head: t('returns.turnover'),
            hint: t('returns.turnoverHint'),
            isNumeric: true,
            cell: (row) => format.placed(row.figures.turnover, 2),
          },
          {
            head: t('returns.coverage'),
            hint: t('returns.coverageHint'),
            isNumeric: true,
            cell: (row) => format.share(row.figures.coverage_80),
          },
          { head: t('returns.live'), hint: t('returns.liveHint'), isNumeric: true, cell: (row) => <Live of={row} /> },
        ]}
      />
    </Card>
  )
}

/** A figure, and below it what it is to be held against. */
function Pair({ value, beside }: { readonly value: string; readonly beside: string }) {
  return (
    <>
      <span className="block">{value}</span>
      <span className="block text-xs text-muted">{beside}</span>
    </>
  )
}

function Live({ of: { live } }: { readonly of: ReturnMetrics }) {
  const format = useFormat()
  return live.predictions === 0 ? '—' : <Pair value={format.fineShare(live.rmse)} beside={`n = ${format.whole(live.known)}`} />
}
