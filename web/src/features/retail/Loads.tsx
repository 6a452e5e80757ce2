import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { call } from '@/shared/api/client'
import type { PublishedLoad } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { pathOfRun, pathToStart } from '@/shared/runs/paths'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Empty, Fetched } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useNow } from '@/shared/useNow'
import { useRead } from '@/shared/useRead'
import { useRole } from '@/shared/useRole'
import { jobs } from './jobs'
import { useText } from './texts'

/** The last load: what it read, and what the comparison with the sources found. */
export function Loads() {
  const t = useText()
  const { canWork } = useRole()
  const loads = useRead(['loads'], (signal) => call('GET /api/v1/retail/loads', { query: { limit: 1 }, signal }), 15_000)
  return (
    <Card
      title={t('load.title')}
      flush
      actions={
        canWork && (
          <Button asChild size="small">
            <Link to={pathToStart(jobs.load)}>{t('load.start')}</Link>
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
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    [
      t('load.finished'),
      <span title={format.moment(load.finished_at)}>
        <Link className="text-accent hover:underline" to={pathOfRun(load.run_id)}>
          {format.ago(load.finished_at, now)}
        </Link>
      </span>,
    ],
    [t('load.mode'), load.mode],
    [t('load.read'), format.whole(result?.rows_read)],
    [t('load.took'), format.duration(result?.seconds)],
    [
      t('load.reconciliation'),
      result ? (
        <Badge tone={result.differing === 0 ? 'good' : 'bad'}>
          {result.differing === 0 ? t('load.agrees') : t('load.differs', { count: format.whole(result.differing) })}
        </Badge>
      ) : (
        t('load.unknown')
      ),
    ],
  ]
  return (
    <>
      <dl className="flex flex-wrap items-center gap-x-8 gap-y-2 px-4 py-3 text-[13px]">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-xs text-muted">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {result && (
        <Table
          label={t('load.title')}
          className="border-t border-line"
          rows={Object.entries(result.tables)}
          keyOf={([name]) => name}
          columns={[
            { head: t('word.table'), className: 'font-mono text-xs', cell: ([name]) => name },
            { head: t('load.read'), isNumeric: true, cell: ([, table]) => format.whole(table.read) },
            { head: t('load.changed'), isNumeric: true, cell: ([, table]) => format.whole(table.changed) },
            {
              head: t('load.rejected'),
              isNumeric: true,
              props: ([, table]) => ({ className: table.rejected > 0 ? 'text-warn' : 'text-muted' }),
              cell: ([, table]) => format.whole(table.rejected),
            },
            { head: t('load.deleted'), isNumeric: true, className: 'text-muted', cell: ([, table]) => format.whole(table.deleted) },
            {
              head: t('load.differing'),
              isNumeric: true,
              props: ([, table]) => ({ className: table.differing > 0 ? 'text-bad' : 'text-muted' }),
              cell: ([, table]) => format.whole(table.differing),
            },
          ]}
        />
      )}
    </>
  )
}
