import { useInfiniteQuery } from '@tanstack/react-query'
import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { Empty, Fetched } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'

export interface SalesFilter {
  readonly region?: string
  readonly manager?: string
  readonly category?: string
  readonly payment_method?: string
}

export type SalesOf = SalesFilter & { readonly from?: string; readonly to?: string; readonly title: string }

/** The lines of orders behind a bar. */
export function SalesDialog({ of: { title, ...filter }, onClose }: { readonly of: SalesOf; readonly onClose: () => void }) {
  const t = useText()
  const format = useFormat()
  const sales = useInfiniteQuery({
    queryKey: ['sales', filter],
    queryFn: ({ pageParam, signal }) => call('GET /api/v1/retail/sales', { query: { ...filter, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.next === null ? undefined : Number(page.next)),
  })
  return (
    <Dialog title={title} note={t('retail.lines')} isOpen onClose={onClose} wide>
      <Fetched query={sales} rows={8}>
        {(data) => {
          const lines = data.pages.flatMap((page) => page.items)
          return lines.length === 0 ? (
            <Empty title={t('retail.noLines')} />
          ) : (
            <Table label={title} className="-mx-5">
              <Head>
                <Th>{t('sale.order')}</Th>
                <Th>{t('sale.date')}</Th>
                <Th>{t('sale.customer')}</Th>
                <Th>{t('sale.product')}</Th>
                <Th>{t('sale.status')}</Th>
                <Th numeric>{t('sale.quantity')}</Th>
                <Th numeric>{t('sale.net')}</Th>
                <Th numeric>{t('kpi.margin')}</Th>
              </Head>
              <tbody>
                {lines.map((line) => (
                  <Row key={`${line.order_id} ${line.line_number}`}>
                    <Td className="tabular-nums">{line.order_id}</Td>
                    <Td className="whitespace-nowrap">{format.day(line.date)}</Td>
                    <Td>{line.customer}</Td>
                    <Td>{line.product}</Td>
                    <Td className="text-muted">{line.order_status}</Td>
                    <Td numeric>{format.whole(line.quantity)}</Td>
                    <Td numeric>{format.money(line.net)}</Td>
                    <Td numeric>{format.money(line.margin)}</Td>
                  </Row>
                ))}
              </tbody>
            </Table>
          )
        }}
      </Fetched>
      {sales.hasNextPage && (
        <div className="mt-4 text-center">
          <Button disabled={sales.isFetchingNextPage} onClick={() => void sales.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </Dialog>
  )
}
