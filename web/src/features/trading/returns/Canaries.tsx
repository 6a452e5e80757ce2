import type { LeakCanary } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Card } from '@/shared/ui/card'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useText } from '../texts'

/** The checks for leaks of the newest training. */
export function Canaries({ canaries }: { readonly canaries: readonly LeakCanary[] }) {
  const t = useText()
  const format = useFormat()
  return (
    <Card title={t('canary.title')} note={t('canary.note')} flush>
      <Table
        label={t('canary.title')}
        rows={canaries}
        keyOf={(canary) => canary.name}
        empty={<Empty title={t('returns.none')}>{t('returns.noneText')}</Empty>}
        columns={[
          { head: t('canary.name'), isRowHeading: true, cell: (canary) => <span className="font-mono text-xs">{canary.name}</span> },
          {
            head: t('canary.verdict'),
            cell: (canary) => <Badge tone={canary.verdict === 'passed' ? 'good' : 'bad'}>{t(`canary.${canary.verdict}`)}</Badge>,
          },
          { head: t('canary.value'), isNumeric: true, cell: (canary) => format.placed(canary.value, 4) },
          { head: t('canary.most'), isNumeric: true, cell: (canary) => format.placed(canary.most, 4) },
        ]}
      />
    </Card>
  )
}
