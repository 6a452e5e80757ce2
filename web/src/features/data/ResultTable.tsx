import { useState } from 'react'
import type { SqlRows } from '@/shared/api/schema'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Empty } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'

// Hundreds of wide rows at once make everything else on the page slow.
const step = 100

export function ResultTable({ rows }: { readonly rows: SqlRows }) {
  const t = useText()
  const [most, setMost] = useState(step)
  if (rows.rows.length === 0) return <Empty title={t('data.noRows')} />
  return (
    <>
      <Table label={t('data.result')} maxHeight="30rem">
        <Head>
          {rows.columns.map((column, i) => (
            <Th key={i} numeric={isNumeric(column.type)} title={column.type}>
              {column.name}
            </Th>
          ))}
        </Head>
        <tbody>
          {rows.rows.slice(0, most).map((row, i) => (
            <Row key={i}>
              {row.map((value, j) => (
                <Td key={j} numeric={isNumeric(rows.columns[j]!.type)} className="max-w-96 truncate font-mono text-xs">
                  {value === null ? <span className="text-muted">null</span> : text(value)}
                </Td>
              ))}
            </Row>
          ))}
        </tbody>
      </Table>
      {most < rows.rows.length && (
        <div className="border-t border-line p-3 text-center">
          <Button size="small" onClick={() => setMost(most + step)}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </>
  )
}

const isNumeric = (type: string) => /int|decimal|numeric|double|float|real/i.test(type)

const text = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value))
