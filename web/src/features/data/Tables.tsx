import { useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { memo, useDeferredValue, useState } from 'react'
import { call } from '@/shared/api/client'
import type { StoreTable } from '@/shared/api/schema'
import { cn } from '@/shared/cn'
import { useFormat } from '@/shared/format'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Input } from '@/shared/ui/field'
import { Empty, Fetched } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { Preview } from './Preview'
import { quoted } from './sql'
import { useText } from './texts'

export function Tables({ first, onAsk }: { readonly first: string; readonly onAsk?: (sql: string) => void }) {
  const t = useText()
  const format = useFormat()
  const tables = useQuery({ queryKey: ['tables'], queryFn: ({ signal }) => call('GET /api/v1/tables', { signal }), staleTime: 60_000 })
  const [search, setSearch] = useState('')
  const [chosen, choose] = useState(first)
  const sought = useDeferredValue(search.toLowerCase())
  return (
    <Fetched query={tables} rows={8}>
      {(data) => {
        const found = data.items.filter(
          (table) =>
            table.name.toLowerCase().includes(sought) || table.columns.some((column) => column.name.toLowerCase().includes(sought)),
        )
        const shown = found.find((table) => table.name === chosen) ?? found[0]
        return data.items.length === 0 ? (
          <Empty title={t('data.none')} />
        ) : (
          <div className="grid items-start gap-4 lg:grid-cols-[19rem_minmax(0,1fr)]">
            <Card title={t('data.tables')} note={format.whole(found.length)} flush>
              <div className="relative border-b border-line p-2">
                <Search aria-hidden className="absolute start-4.5 top-4 size-4 text-muted" />
                <Input
                  type="search"
                  aria-label={t('data.search')}
                  placeholder={t('data.search')}
                  className="ps-8"
                  value={search}
                  onChange={(event) => setSearch(event.target.value)}
                />
              </div>
              <ul className="max-h-[34rem] overflow-auto p-1.5">
                {found.map((table) => (
                  <li key={`${table.schema}.${table.name}`}>
                    <button
                      type="button"
                      aria-pressed={table === shown}
                      onClick={() => choose(table.name)}
                      className={cn(
                        'flex w-full items-baseline gap-2 rounded-md px-2.5 py-1.5 text-start text-[13px] focus-visible:-outline-offset-2',
                        table === shown ? 'bg-accent-soft text-accent' : 'hover:bg-raised',
                      )}
                    >
                      <span className="min-w-0 flex-1 truncate font-mono text-xs">{table.name}</span>
                      <span className="text-xs text-muted tabular-nums">{format.short(table.rows)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </Card>
            {shown ? (
              <Details table={shown} onAsk={onAsk} />
            ) : (
              <Card>
                <Empty title={t('data.notFound')} />
              </Card>
            )}
          </div>
        )
      }}
    </Fetched>
  )
}

/** Not drawn anew while the search goes on and the table stays. */
const Details = memo(function Details({ table, onAsk }: { readonly table: StoreTable; readonly onAsk?: (sql: string) => void }) {
  const t = useText()
  const format = useFormat()
  // By name: a table may have columns that are only for administrators, and these are not listed for others.
  const sql = `SELECT ${table.columns.map((column) => quoted(column.name)).join(', ')} FROM ${quoted(table.name)} LIMIT 50`
  return (
    <div className="grid min-w-0 gap-4">
      <Card
        title={<span className="font-mono">{table.name}</span>}
        note={[t('data.rows', { count: format.whole(table.rows) }), table.bytes === null ? '' : format.bytes(table.bytes)]
          .filter(Boolean)
          .join(' · ')}
        flush
        actions={
          onAsk && (
            <Button size="small" onClick={() => onAsk(sql)}>
              {t('data.ask')}
            </Button>
          )
        }
      >
        <Table
          label={t('data.columns')}
          maxHeight="20rem"
          rows={table.columns}
          keyOf={(column) => column.name}
          columns={[
            { head: t('data.column'), className: 'font-mono text-xs', cell: (column) => column.name },
            { head: t('data.type'), className: 'font-mono text-xs text-muted', cell: (column) => column.type },
            { head: t('data.nullable'), className: 'text-muted', cell: (column) => t(column.is_nullable ? 'form.yes' : 'form.no') },
          ]}
        />
      </Card>
      {onAsk && <Preview sql={sql} />}
    </div>
  )
})
