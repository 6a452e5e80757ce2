import { useInfiniteQuery } from '@tanstack/react-query'
import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Empty, Fetched } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'

export function Gaps() {
  const t = useText()
  const format = useFormat()
  const gaps = useInfiniteQuery({
    queryKey: ['gaps'],
    queryFn: ({ pageParam, signal }) => call('GET /api/v1/trading/gaps', { query: { limit: 25, cursor: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.next === null ? undefined : Number(page.next)),
    refetchInterval: 15_000,
  })
  return (
    <Card title={t('gap.title')} note={t('gap.note')} flush>
      <Fetched query={gaps}>
        {(data) => {
          const items = data.pages.flatMap((page) => page.items)
          return items.length === 0 ? (
            <Empty title={t('gap.none')} />
          ) : (
            <Table label={t('gap.title')} maxHeight="22rem">
              <Head>
                <Th>{t('trading.symbol')}</Th>
                <Th>{t('gap.from')}</Th>
                <Th numeric>{t('gap.length')}</Th>
                <Th>{t('gap.reason')}</Th>
              </Head>
              <tbody>
                {items.map((gap, i) => (
                  <Row key={i}>
                    <Td className="font-medium">
                      {gap.symbol} <span className="text-xs font-normal text-muted">{gap.stream}</span>
                    </Td>
                    <Td className="whitespace-nowrap text-muted">{format.moment(gap.from)}</Td>
                    <Td numeric>{format.duration(gap.seconds)}</Td>
                    <Td>
                      <Badge tone={gap.reason === 'stopped' ? 'plain' : 'warn'}>{gap.reason}</Badge>
                    </Td>
                  </Row>
                ))}
              </tbody>
            </Table>
          )
        }}
      </Fetched>
      {gaps.hasNextPage && (
        <div className="border-t border-line p-3 text-center">
          <Button size="small" onClick={() => void gaps.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </Card>
  )
}
