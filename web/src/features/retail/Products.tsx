import type { ProductSales } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Card } from '@/shared/ui/card'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'

export function Products({ products }: { readonly products: readonly ProductSales[] }) {
  const t = useText()
  const format = useFormat()
  return (
    <Card title={t('retail.top')} flush>
      <Table label={t('retail.top')}>
        <Head>
          <Th>{t('sale.product')}</Th>
          <Th>{t('retail.sku')}</Th>
          <Th numeric>{t('sale.quantity')}</Th>
          <Th numeric>{t('kpi.revenue')}</Th>
          <Th numeric>{t('kpi.margin')}</Th>
        </Head>
        <tbody>
          {products.map((product) => (
            <Row key={product.sku}>
              <Td className="font-medium">{product.name}</Td>
              <Td className="font-mono text-xs text-muted">{product.sku}</Td>
              <Td numeric>{format.whole(product.quantity)}</Td>
              <Td numeric>{format.money(product.revenue)}</Td>
              <Td numeric>{format.money(product.margin)}</Td>
            </Row>
          ))}
        </tbody>
      </Table>
    </Card>
  )
}
