import { call } from '@/shared/api/client'
import { type Tile, useOffers } from '@/shared/feature'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useNow } from '@/shared/useNow'
import { useRead } from '@/shared/useRead'
import { useText } from './texts'

const often = 20_000

export const tiles: readonly Tile[] = [{ place: 'side', rank: 3, Tile: Freshness }]

function Freshness() {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const { usual } = useOffers()
  const fresh = useRead(['freshness'], (signal) => call('GET /api/v1/freshness', { signal }), often)
  return (
    <Card title={t('overview.fresh')} flush>
      <Table
        label={t('overview.fresh')}
        maxHeight="18rem"
        rows={fresh}
        keyOf={(table) => `${table.domain} ${table.name}`}
        empty={<Empty title={t('overview.nothingLoaded')}>{t('overview.nothingLoadedText', { job: usual })}</Empty>}
        columns={[
          { head: t('word.table'), className: 'font-mono text-xs', cell: (table) => table.name },
          { head: t('overview.domain'), className: 'text-muted', cell: (table) => table.domain },
          {
            head: t('overview.upTo'),
            isNumeric: true,
            className: 'text-muted',
            props: (table) => ({ title: format.moment(table.latest) }),
            cell: (table) => format.ago(table.latest, now),
          },
        ]}
      />
    </Card>
  )
}
