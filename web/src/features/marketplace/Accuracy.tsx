import { call } from '@/shared/api/client'
import type { EstimateFigures } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Empty, Fetched } from '@/shared/ui/states'
import { type Column, Table } from '@/shared/ui/table'
import { useRead } from '@/shared/useRead'
import { useText } from './texts'

/** Windows of one kind, judged. */
interface Judged {
  readonly windows: number
  readonly model: EstimateFigures
  readonly last_month: EstimateFigures
  readonly constant: EstimateFigures
}

/** The error that is published with the estimates. */
export function Accuracy() {
  const t = useText()
  const format = useFormat()
  const judged = useJudgedColumns()
  const figures = useRead(['marketplace', 'backtest'], (signal) =>
    call('GET /api/v1/marketplace/backtest', { signal }).catch((error: Error & { status?: number }) => {
      if (error.status === 404) return null
      throw error
    }),
  )
  return (
    <Fetched query={figures}>
      {(data) =>
        data === null ? (
          <Empty title={t('accuracy.none')}>{t('accuracy.noneText')}</Empty>
        ) : (
          <div className="grid gap-5">
            <Card title={data.model} note={t('accuracy.note', { version: String(data.version), day: format.day(data.trained_to) })} flush>
              <Table
                label={t('marketplace.accuracy')}
                rows={Object.entries(data.metrics)}
                keyOf={([name]) => name}
                columns={[
                  { head: t('accuracy.figure'), className: 'font-mono text-xs', cell: ([name]) => name },
                  { head: t('accuracy.model'), isNumeric: true, cell: ([, metric]) => format.number(metric.value) },
                  { head: t('accuracy.baseline'), isNumeric: true, cell: ([, metric]) => format.number(metric.baseline) },
                ]}
              />
            </Card>
            {data.backtest && data.backtest.horizons.length > 0 && (
              <Card title={t('accuracy.horizons')} note={t('accuracy.judgedNote')} flush>
                <Table
                  label={t('accuracy.horizons')}
                  rows={data.backtest.horizons}
                  keyOf={(one) => `${one.horizon_days} ${one.is_forecast}`}
                  columns={[
                    {
                      head: t('accuracy.days'),
                      isRowHeading: true,
                      cell: (one) => t(one.is_forecast ? 'accuracy.ahead' : 'accuracy.behind', { days: format.whole(one.horizon_days) }),
                    },
                    ...judged,
                  ]}
                />
              </Card>
            )}
            {data.backtest && (
              <Card title={t('accuracy.bands')} note={t('accuracy.judgedNote')} flush>
                <Table
                  label={t('accuracy.bands')}
                  rows={data.backtest.bands}
                  keyOf={(band) => String(band.from)}
                  columns={[
                    {
                      head: t('accuracy.sold'),
                      isRowHeading: true,
                      cell: (band) =>
                        band.to === null ? `≥ ${format.whole(band.from)}` : `${format.whole(band.from)} – ${format.whole(band.to)}`,
                    },
                    ...judged,
                  ]}
                />
              </Card>
            )}
          </div>
        )
      }
    </Fetched>
  )
}

/** The error of estimates beside that of last month again and of one constant. */
function useJudgedColumns(): readonly Column<Judged>[] {
  const t = useText()
  const format = useFormat()
  const shares = (pick: (figures: EstimateFigures) => number | null) => (row: Judged) => (
    <>
      <span className="block">{format.share(pick(row.model))}</span>
      <span className="block text-xs text-muted">
        {format.share(pick(row.last_month))} · {format.share(pick(row.constant))}
      </span>
    </>
  )
  return [
    { head: t('accuracy.windows'), isNumeric: true, cell: (row) => format.whole(row.windows) },
    { head: t('accuracy.within125'), isNumeric: true, cell: shares((figures) => figures.within_1_25) },
    { head: t('accuracy.within2'), isNumeric: true, cell: shares((figures) => figures.within_2) },
    { head: t('accuracy.bias'), isNumeric: true, cell: shares((figures) => figures.bias) },
    {
      head: t('accuracy.pinball'),
      isNumeric: true,
      cell: (row) => (
        <>
          <span className="block">{format.short(row.model.pinball)}</span>
          <span className="block text-xs text-muted">
            {format.short(row.last_month.pinball)} · {format.short(row.constant.pinball)}
          </span>
        </>
      ),
    },
    { head: t('accuracy.coverage'), isNumeric: true, cell: (row) => format.share(row.model.coverage_80) },
  ]
}
