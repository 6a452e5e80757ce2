import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { call } from '@/shared/api/client'
import type { PublishedLoad } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Empty, Fetched } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'
import { useNow } from '@/shared/useNow'
import { useRole } from '@/shared/useRole'

/** The last load: what it read, and what the comparison with the sources found. */
export function Loads() {
  const t = useText()
  const { canWork } = useRole()
  const loads = useQuery({
    queryKey: ['loads'],
    queryFn: ({ signal }) => call('GET /api/v1/retail/loads', { query: { limit: 1 }, signal }),
    refetchInterval: 15_000,
  })
  return (
    <Card
      title={t('load.title')}
      flush
      actions={
        canWork && (
          <Button asChild size="small">
            <Link to="/runs?start=retail.etl">{t('load.start')}</Link>
          </Button>
        )
      }
    >
      <Fetched query={loads}>{(data) => (data.items[0] ? <LastLoad load={data.items[0]} /> : <Empty title={t('load.none')} />)}</Fetched>
    </Card>
  )
}

function LastLoad({ load }: { readonly load: PublishedLoad }) {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const { result } = load
  return (
    <>
      <dl className="flex flex-wrap items-center gap-x-8 gap-y-2 px-4 py-3 text-[13px]">
        <div>
          <dt className="text-xs text-muted">{t('load.finished')}</dt>
          <dd title={format.moment(load.finished_at)}>
            <Link className="text-accent hover:underline" to={`/runs/${load.run_id}`}>
              {format.ago(load.finished_at, now)}
            </Link>
          </dd>
        </div>
        <div>
          <dt className="text-xs text-muted">{t('load.mode')}</dt>
          <dd>{load.mode}</dd>
        </div>
        <div>
          <dt className="text-xs text-muted">{t('load.read')}</dt>
          <dd className="tabular-nums">{format.whole(result?.rows_read)}</dd>
        </div>
        <div>
          <dt className="text-xs text-muted">{t('load.took')}</dt>
          <dd className="tabular-nums">{format.duration(result?.seconds)}</dd>
        </div>
        <div>
          <dt className="text-xs text-muted">{t('load.reconciliation')}</dt>
          <dd>
            {result ? (
              <Badge tone={result.differing === 0 ? 'good' : 'bad'}>
                {result.differing === 0 ? t('load.agrees') : t('load.differs', { count: format.whole(result.differing) })}
              </Badge>
            ) : (
              t('load.unknown')
            )}
          </dd>
        </div>
      </dl>
      {result && (
        <Table label={t('load.title')} className="border-t border-line">
          <Head>
            <Th>{t('data.table')}</Th>
            <Th numeric>{t('load.read')}</Th>
            <Th numeric>{t('load.changed')}</Th>
            <Th numeric>{t('load.rejected')}</Th>
            <Th numeric>{t('load.deleted')}</Th>
            <Th numeric>{t('load.differing')}</Th>
          </Head>
          <tbody>
            {Object.entries(result.tables).map(([name, table]) => (
              <Row key={name}>
                <Td className="font-mono text-xs">{name}</Td>
                <Td numeric>{format.whole(table.read)}</Td>
                <Td numeric>{format.whole(table.changed)}</Td>
                <Td numeric className={table.rejected > 0 ? 'text-warn' : 'text-muted'}>
                  {format.whole(table.rejected)}
                </Td>
                <Td numeric className="text-muted">
                  {format.whole(table.deleted)}
                </Td>
                <Td numeric className={table.differing > 0 ? 'text-bad' : 'text-muted'}>
                  {format.whole(table.differing)}
                </Td>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </>
  )
}
