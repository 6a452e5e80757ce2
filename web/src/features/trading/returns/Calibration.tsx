import { useMemo } from 'react'
import type { JudgedFold, ReturnComparison } from '@/shared/api/schema'
import { TimeChart } from '@/shared/charts/TimeChart'
import { moments, useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useText } from '../texts'

const promised = 0.8

/** How often the champion's intervals held what came, beside what they promise. */
export function Calibration({ comparison: { years, folds } }: { readonly comparison: ReturnComparison }) {
  const t = useText()
  const format = useFormat()
  return (
    <Card title={t('returns.calibration')} note={t('returns.calibrationNote', { share: format.share(promised) })} flush>
      {folds.length > 1 && (
        <div className="p-4">
          <Held folds={folds} />
        </div>
      )}
      <Table
        label={t('returns.calibration')}
        rows={years}
        keyOf={(year) => year.year}
        empty={<Empty title={t('returns.noForecasts')} />}
        columns={[
          { head: t('returns.year'), isRowHeading: true, cell: (year) => String(year.year) },
          { head: t('returns.n'), isNumeric: true, cell: (year) => format.whole(year.n) },
          { head: t('returns.coverage'), hint: t('returns.coverageHint'), isNumeric: true, cell: (year) => format.share(year.coverage) },
          {
            head: t('returns.against'),
            isNumeric: true,
            cell: (year) => (year.coverage === null ? '' : format.change(year.coverage - promised)),
          },
          { head: t('returns.width'), hint: t('returns.widthHint'), isNumeric: true, cell: (year) => format.share(year.width) },
        ]}
      />
    </Card>
  )
}

function Held({ folds }: { readonly folds: readonly JudgedFold[] }) {
  const t = useText()
  const format = useFormat()
  const [held, aim] = [t('returns.coverage'), t('returns.promised')]
  const times = useMemo(() => folds.map((fold) => moments(fold.test_from).getTime() / 1000), [folds])
  const series = useMemo(
    () => [
      { label: aim, tone: 'muted' as const, kind: 'dashed' as const, values: folds.map(() => promised) },
      { label: held, tone: 'accent' as const, values: folds.map((fold) => fold.coverage) },
    ],
    [folds, held, aim],
  )
  return <TimeChart times={times} series={series} height={150} label={t('returns.heldChart')} value={format.share} moment={format.month} />
}
