import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useRead } from '@/shared/useRead'
import { useRole } from '@/shared/useRole'
import { RollBackDialog } from './RollBackDialog'
import { useText } from './texts'

export function History({ model, production }: { readonly model: string; readonly production: number | undefined }) {
  const t = useText()
  const format = useFormat()
  const { canWork } = useRole()
  const [isAsking, ask] = useState(false)
  const history = useRead(['model-history', model], (signal) =>
    call('GET /api/v1/models/{name}/history', { path: { name: model }, signal }),
  )
  return (
    <Card
      title={t('models.history')}
      flush
      actions={
        production !== undefined && (
          <Button size="small" disabled={!canWork} title={canWork ? undefined : t('models.onlyAnalysts')} onClick={() => ask(true)}>
            <Undo2 aria-hidden />
            {t('models.rollBack')}
          </Button>
        )
      }
    >
      <Table
        label={t('models.history')}
        maxHeight="18rem"
        rows={history}
        keyOf={(promotion) => promotion.number}
        empty={<Empty title={t('models.noHistory')} />}
        columns={[
          { head: t('models.since'), className: 'whitespace-nowrap text-muted', cell: (promotion) => format.moment(promotion.decided_at) },
          { head: t('models.number'), className: 'font-medium', cell: (promotion) => t('models.version', { version: promotion.version }) },
          {
            head: t('models.instead'),
            cell: (promotion) => (promotion.replaced === null ? '—' : t('models.version', { version: promotion.replaced })),
          },
          {
            head: t('models.how'),
            cell: (promotion) => (
              <Badge tone={promotion.is_forced ? 'warn' : promotion.action === 'rolled_back' ? 'plain' : 'good'}>
                {t(promotion.is_forced ? 'models.forced' : `models.${promotion.action}`)}
              </Badge>
            ),
          },
          { head: t('models.by'), cell: (promotion) => promotion.decided_by },
          { head: t('models.whyPromoted'), className: 'max-w-80', cell: (promotion) => promotion.reason },
        ]}
      />
      {isAsking && production !== undefined && <RollBackDialog model={model} production={production} onClose={() => ask(false)} />}
    </Card>
  )
}
