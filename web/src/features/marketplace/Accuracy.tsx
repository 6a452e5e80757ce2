import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Empty, Fetched } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useRead } from '@/shared/useRead'
import { useText } from './texts'

/** The error that is published with the estimates. */
export function Accuracy() {
  const t = useText()
  const format = useFormat()
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
        )
      }
    </Fetched>
  )
}
