import type { ProductSales } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Card } from '@/shared/ui/card'
import { Table } from '@/shared/ui/table'
import { useText } from './texts'

export function Products({ products }: { readonly products: readonly ProductSales[] }) {
  const t = useText()
  const format = useFormat()
  return (
    <Card title={t('retail.top')} flush>
      <Table
        label={t('retail.top')}
        rows={products}
        keyOf={(product) => product.sku}
        columns={[
          { head: t('sale.product'), className: 'font-medium', cell: (product) => product.name },
          { head: t('retail.sku'), className: 'font-mono text-xs text-muted', cell: (product) => product.sku },
          { head: t('sale.quantity'), isNumeric: true, cell: (product) => format.whole(product.quantity) },
          { head: t('kpi.revenue'), isNumeric: true, cell: (product) => format.money(product.revenue) },
          { head: t('kpi.margin'), isNumeric: true, cell: (product) => format.money(product.margin) },
        ]}
      />
    </Card>
  )
}
