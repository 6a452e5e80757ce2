import { useDeferredValue, useState } from 'react'
import { call } from '@/shared/api/client'
import type { WatchedProduct } from '@/shared/api/schema'
import { Spark } from '@/shared/charts/Spark'
import { useFormat } from '@/shared/format'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Input, Select } from '@/shared/ui/field'
import { More } from '@/shared/ui/more'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { usePages } from '@/shared/usePages'
import { useRead } from '@/shared/useRead'
import { ProductDialog } from './ProductDialog'
import { useText } from './texts'
import { numberOf } from './values'

/** The products that are watched, with what was seen of them last. */
export function Products() {
  const t = useText()
  const format = useFormat()
  const [typed, type] = useState('')
  const [chosen, choose] = useState<WatchedProduct | null>(null)
  const search = useDeferredValue(typed.trim())
  const [category, setCategory] = useState('')
  const products = usePages(['marketplace', 'products', search, category], (cursor, signal) =>
    call('GET /api/v1/marketplace/products', {
      query: { limit: 50, search: search || undefined, category: category || undefined, cursor },
      signal,
    }),
  )
  const categories = useRead(['marketplace', 'market', 'category'], (signal) =>
    call('GET /api/v1/marketplace/market', { query: { by: 'category', limit: 100 }, signal }),
  )
  const names = (categories.data?.items ?? []).flatMap(({ name }) => (name === null ? [] : [name]))
  return (
    <Card
      title={t('marketplace.products')}
      flush
      actions={
        <>
          {names.length > 0 && (
            <Select
              aria-label={t('marketplace.category')}
              className="w-44"
              value={category}
              onChange={(event) => setCategory(event.target.value)}
              options={[['', t('marketplace.allCategories')], ...names]}
            />
          )}
          <Input
            type="search"
            className="w-64"
            aria-label={t('marketplace.search')}
            placeholder={t('marketplace.search')}
            value={typed}
            onChange={(event) => type(event.target.value)}
          />
        </>
      }
    >
      <Table
        label={t('marketplace.products')}
        rows={products}
        keyOf={(product) => product.sku}
        empty={<Empty title={t('marketplace.none')}>{t('marketplace.noneText')}</Empty>}
        columns={[
          {
            head: t('marketplace.product'),
            className: 'max-w-96',
            cell: (product) => (
              <>
                <span className="block truncate font-medium">{product.title ?? product.sku}</span>
                <span className="font-mono text-xs text-muted">{product.sku}</span>
              </>
            ),
          },
          { head: t('marketplace.brand'), cell: (product) => product.brand },
          { head: t('marketplace.category'), className: 'text-muted', cell: (product) => product.category },
          { head: t('marketplace.price'), isNumeric: true, cell: (product) => format.number(numberOf(product.features, 'price')) },
          { head: t('marketplace.reviews'), isNumeric: true, cell: (product) => format.whole(numberOf(product.features, 'reviews')) },
          {
            head: t('marketplace.lastMonth'),
            cell: (product) => {
              const recent = product.recent_reviews.filter((value) => value !== null)
              return (
                <Spark
                  values={recent}
                  label={t('marketplace.recent', { from: format.whole(recent[0]), to: format.whole(recent.at(-1)) })}
                />
              )
            },
          },
          { head: t('marketplace.rating'), isNumeric: true, cell: (product) => format.number(numberOf(product.features, 'rating')) },
          { head: t('marketplace.seen'), className: 'whitespace-nowrap text-muted', cell: (product) => format.day(product.last_seen) },
          {
            head: t('marketplace.show'),
            isHidden: true,
            className: 'text-end',
            cell: (product) => (
              <Button size="small" aria-label={`${t('marketplace.show')}: ${product.sku}`} onClick={() => choose(product)}>
                {t('marketplace.show')}
              </Button>
            ),
          },
        ]}
      />
      <More of={products} />
      {chosen && <ProductDialog product={chosen} onClose={() => choose(null)} />}
    </Card>
  )
}
