import { useQuery } from '@tanstack/react-query'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Empty, Fetched } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'
import { useRole } from '@/shared/useRole'
import { RollBackDialog } from './RollBackDialog'

export function History({ model, production }: { readonly model: string; readonly production: number | undefined }) {
  const t = useText()
  const format = useFormat()
  const { canWork } = useRole()
  const [isAsking, ask] = useState(false)
  const history = useQuery({
    queryKey: ['model-history', model],
    queryFn: ({ signal }) => call('GET /api/v1/models/{name}/history', { path: { name: model }, signal }),
  })
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
      <Fetched query={history}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('models.noHistory')} />
          ) : (
            <Table label={t('models.history')} maxHeight="18rem">
              <Head>
                <Th>{t('models.since')}</Th>
                <Th>{t('models.number')}</Th>
                <Th>{t('models.instead')}</Th>
                <Th>{t('models.how')}</Th>
                <Th>{t('models.by')}</Th>
                <Th>{t('models.whyPromoted')}</Th>
              </Head>
              <tbody>
                {items.map((promotion) => (
                  <Row key={promotion.number}>
                    <Td className="whitespace-nowrap text-muted">{format.moment(promotion.decided_at)}</Td>
                    <Td className="font-medium">{t('models.version', { version: promotion.version })}</Td>
                    <Td>{promotion.replaced === null ? '—' : t('models.version', { version: promotion.replaced })}</Td>
                    <Td>
                      <Badge tone={promotion.is_forced ? 'warn' : promotion.action === 'rolled_back' ? 'plain' : 'good'}>
                        {t(promotion.is_forced ? 'models.forced' : `models.${promotion.action}`)}
                      </Badge>
                    </Td>
                    <Td>{promotion.decided_by}</Td>
                    <Td className="max-w-80">{promotion.reason}</Td>
                  </Row>
                ))}
              </tbody>
            </Table>
          )
        }
      </Fetched>
      {isAsking && production !== undefined && <RollBackDialog model={model} production={production} onClose={() => ask(false)} />}
    </Card>
  )
}
