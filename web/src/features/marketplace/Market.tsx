import { useState } from 'react'
import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Select } from '@/shared/ui/field'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useRead } from '@/shared/useRead'
import { Figure } from './Figure'
import { useText } from './texts'

/** What categories and brands are thought to sell, and what moves in them. */
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
      note={t('market.note')}
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
          {
            head: t('marketplace.units'),
            isNumeric: true,
            cell: (row) => (
              <Figure
                figure={{ value: row.units, lower: row.lower, upper: row.upper, reason: row.units === null ? 'no_estimate' : null }}
                format={format.short}
              />
            ),
          },
          { head: t('market.unitsChange'), isNumeric: true, cell: (row) => <Figure figure={row.units_change} format={format.change} /> },
          { head: t('market.revenue'), isNumeric: true, cell: (row) => format.short(row.revenue) },
          {
            head: t('market.revenueChange'),
            isNumeric: true,
            cell: (row) => <Figure figure={row.revenue_change} format={format.change} />,
          },
          { head: t('market.share'), isNumeric: true, cell: (row) => format.share(row.share) },
          { head: t('market.shareChange'), isNumeric: true, cell: (row) => <Figure figure={row.share_change} format={format.change} /> },
          {
            head: t('market.elasticity'),
            hint: t('market.elasticityHint'),
            isNumeric: true,
            cell: (row) => (
              <>
                <Figure figure={row.elasticity} format={(value) => format.placed(value, 2)} />
                {row.elasticity_source && <span className="block text-xs text-muted">{t(`market.${row.elasticity_source}`)}</span>}
              </>
            ),
          },
          {
            head: t('market.entrants'),
            hint: t('market.entrantsHint'),
            isNumeric: true,
            cell: (row) =>
              row.entrants === null ? <Figure figure={row.entrant_revenue} format={format.short} /> : format.whole(row.entrants),
          },
          {
            head: t('market.entrantRevenue'),
            isNumeric: true,
            cell: (row) => <Figure figure={row.entrant_revenue} format={format.short} />,
          },
          {
            head: t('market.outOfStock'),
            hint: t('market.outOfStockHint'),
            isNumeric: true,
            cell: (row) =>
              row.out_of_stock === null ? <span className="text-muted">{t('market.stockUnknown')}</span> : format.whole(row.out_of_stock),
          },
          { head: t('market.gone'), hint: t('market.goneHint'), isNumeric: true, cell: (row) => format.whole(row.gone) },
          {
            head: t('market.lost'),
            hint: t('market.lostHint'),
            isNumeric: true,
            cell: (row) => <Figure figure={row.lost_revenue} format={format.short} />,
          },
        ]}
      />
    </Card>
  )
}
