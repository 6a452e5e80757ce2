import { useState } from 'react'
import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Select } from '@/shared/ui/field'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useRead } from '@/shared/useRead'
import { useText } from './texts'

/** What categories and brands are thought to sell. */
export function Market() {
  const t = useText()
  const format = useFormat()
  const [by, group] = useState<'category' | 'brand'>('category')
  const market = useRead(['marketplace', 'market', by], (signal) =>
    call('GET /api/v1/marketplace/market', { query: { by, limit: 100 }, signal }),
  )
  return (
    <Card
      title={t('marketplace.market')}
      flush
      actions={
        <Select
          aria-label={t('market.by')}
          className="w-40"
          value={by}
          onChange={(event) => group(event.target.value as typeof by)}
          options={[
            ['category', t('market.category')],
            ['brand', t('market.brand')],
          ]}
        />
      }
    >
      <Table
        label={t('marketplace.market')}
        rows={market}
        keyOf={(row) => row.name ?? ''}
        empty={<Empty title={t('market.none')}>{t('marketplace.noUnitsText')}</Empty>}
        columns={[
          { head: t(`market.${by}`), isRowHeading: true, cell: (row) => row.name ?? t('market.unnamed') },
          { head: t('marketplace.products'), isNumeric: true, cell: (row) => format.whole(row.products) },
          { head: t('market.estimated'), isNumeric: true, cell: (row) => format.whole(row.estimated) },
          { head: t('marketplace.units'), isNumeric: true, cell: (row) => format.short(row.units) },
          {
            head: t('market.interval'),
            isNumeric: true,
            cell: (row) => (row.lower === null ? '—' : `${format.short(row.lower)} – ${format.short(row.upper)}`),
          },
          { head: t('market.revenue'), isNumeric: true, cell: (row) => format.short(row.revenue) },
          { head: t('market.share'), isNumeric: true, cell: (row) => format.share(row.share) },
          { head: t('market.change'), isNumeric: true, cell: (row) => format.change(row.change) },
        ]}
      />
    </Card>
  )
}
