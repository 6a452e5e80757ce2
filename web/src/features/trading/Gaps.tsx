import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Card } from '@/shared/ui/card'
import { More } from '@/shared/ui/more'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { usePages } from '@/shared/usePages'
import { useText } from './texts'

const often = 15_000

export function Gaps() {
  const t = useText()
  const format = useFormat()
  const gaps = usePages(
    ['gaps'],
    (next, signal) => call('GET /api/v1/trading/gaps', { query: { limit: 25, cursor: Number(next ?? 0) }, signal }),
    often,
  )
  return (
    <Card title={t('gap.title')} note={t('gap.note')} flush>
      <Table
        label={t('gap.title')}
        maxHeight="22rem"
        rows={gaps}
        keyOf={(_, i) => i}
        empty={<Empty title={t('gap.none')} />}
        columns={[
          {
            head: t('trading.symbol'),
            className: 'font-medium',
            cell: (gap) => (
              <>
                {gap.symbol} <span className="text-xs font-normal text-muted">{gap.stream}</span>
              </>
            ),
          },
          { head: t('gap.from'), className: 'whitespace-nowrap text-muted', cell: (gap) => format.moment(gap.from) },
          { head: t('gap.length'), isNumeric: true, cell: (gap) => format.duration(gap.seconds) },
          { head: t('gap.reason'), cell: (gap) => <Badge tone={gap.reason === 'stopped' ? 'plain' : 'warn'}>{gap.reason}</Badge> },
        ]}
      />
      <More of={gaps} />
    </Card>
  )
}
