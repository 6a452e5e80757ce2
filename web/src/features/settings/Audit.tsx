import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { More } from '@/shared/ui/more'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { usePages } from '@/shared/usePages'
import { useText } from './texts'

export function Audit() {
  const t = useText()
  const format = useFormat()
  const audit = usePages(['audit'], (before, signal) => call('GET /api/v1/audit', { query: { limit: 50, before }, signal }))
  return (
    <Card title={t('settings.audit')} note={t('audit.note')} flush>
      <Table
        label={t('settings.audit')}
        rows={audit}
        keyOf={(entry) => entry.id}
        skeleton={8}
        empty={<Empty title={t('audit.none')} />}
        columns={[
          { head: t('audit.at'), className: 'whitespace-nowrap text-muted', cell: (entry) => format.moment(entry.at) },
          { head: t('audit.actor'), className: 'font-medium', cell: (entry) => entry.actor },
          { head: t('audit.action'), className: 'font-mono text-xs', cell: (entry) => entry.action },
          { head: t('audit.subject'), cell: (entry) => entry.subject },
          { head: t('audit.client'), className: 'text-muted', cell: (entry) => entry.client },
        ]}
      />
      <More of={audit} />
    </Card>
  )
}
