import { useInfiniteQuery } from '@tanstack/react-query'
import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Empty, Fetched } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'

export function Audit() {
  const t = useText()
  const format = useFormat()
  const audit = useInfiniteQuery({
    queryKey: ['audit'],
    queryFn: ({ pageParam, signal }) => call('GET /api/v1/audit', { query: { limit: 50, before: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })
  return (
    <Card title={t('settings.audit')} note={t('audit.note')} flush>
      <Fetched query={audit} rows={8}>
        {(data) => {
          const entries = data.pages.flatMap((page) => page.items)
          return entries.length === 0 ? (
            <Empty title={t('audit.none')} />
          ) : (
            <Table label={t('settings.audit')}>
              <Head>
                <Th>{t('audit.at')}</Th>
                <Th>{t('audit.actor')}</Th>
                <Th>{t('audit.action')}</Th>
                <Th>{t('audit.subject')}</Th>
                <Th>{t('audit.client')}</Th>
              </Head>
              <tbody>
                {entries.map((entry) => (
                  <Row key={entry.id}>
                    <Td className="whitespace-nowrap text-muted">{format.moment(entry.at)}</Td>
                    <Td className="font-medium">{entry.actor}</Td>
                    <Td className="font-mono text-xs">{entry.action}</Td>
                    <Td>{entry.subject}</Td>
                    <Td className="text-muted">{entry.client}</Td>
                  </Row>
                ))}
              </tbody>
            </Table>
          )
        }}
      </Fetched>
      {audit.hasNextPage && (
        <div className="border-t border-line p-3 text-center">
          <Button size="small" onClick={() => void audit.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </Card>
  )
}
