import { useState } from 'react'
import type { SqlRows } from '@/shared/api/schema'
import { More } from '@/shared/ui/more'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useText } from './texts'

// Hundreds of wide rows at once make everything else on the page slow.
const step = 100

export function ResultTable({ rows }: { readonly rows: SqlRows }) {
  const t = useText()
  const [most, setMost] = useState(step)
  return (
    <>
      <Table
        label={t('data.result')}
        maxHeight="30rem"
        rows={rows.rows.slice(0, most)}
        keyOf={(_, i) => i}
        empty={<Empty title={t('data.noRows')} />}
        columns={rows.columns.map(({ name, type }, i) => ({
          head: name,
          hint: type,
          isNumeric: isNumeric(type),
          className: 'max-w-96 truncate font-mono text-xs',
          cell: (row: readonly unknown[]) => (row[i] === null ? <span className="text-muted">null</span> : text(row[i])),
        }))}
      />
      <More of={{ hasNextPage: most < rows.rows.length, isFetchingNextPage: false, fetchNextPage: () => setMost(most + step) }} />
    </>
  )
}

const isNumeric = (type: string) => /int|decimal|numeric|double|float|real/i.test(type)

const text = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))
