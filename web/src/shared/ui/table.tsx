import type { ComponentProps, Key, ReactNode } from 'react'
import { cn } from '@/shared/cn'
import { Fetched, type Query } from './states'

interface Heading {
  readonly head: ReactNode
  /** Said to screen readers, not shown: for columns of buttons. */
  readonly isHidden?: boolean
  readonly isNumeric?: boolean
  readonly hint?: string
}

export interface Column<T> extends Heading {
  readonly cell: (row: T, index: number) => ReactNode
  readonly className?: string
  /** What differs from cell to cell; its classes come after those of the column. */
  readonly props?: (row: T) => ComponentProps<'td'>
  /** Whether its cells say what the row is about. */
  readonly isRowHeading?: boolean
}

interface Box {
  readonly label: string
  readonly className?: string
  readonly maxHeight?: string
}

interface Props<T> extends Box {
  readonly columns: readonly Column<T>[]
  /** Rows, or the query that brings them. */
  readonly rows: readonly T[] | Query<{ readonly items: readonly T[] }>
  readonly keyOf: (row: T, index: number) => Key
  /** What stands there instead of a table without rows. */
  readonly empty?: ReactNode
  /** How many lines stand there before the rows have come. */
  readonly skeleton?: number
}

/** A table of rows; where they come by a query, the state that it is in. */
export function Table<T>({ columns, rows, keyOf, empty, skeleton, ...box }: Props<T>) {
  if ('refetch' in rows)
    return (
      <Fetched query={rows} rows={skeleton}>
        {({ items }) => <Table columns={columns} rows={items} keyOf={keyOf} empty={empty} {...box} />}
      </Fetched>
    )
  if (rows.length === 0 && empty) return empty
  return (
    <Grid headings={columns} {...box}>
      {rows.map((row, index) => (
        <Row key={keyOf(row, index)}>
          {columns.map(({ cell, className, props, isNumeric, isRowHeading }, i) => {
            const own = props?.(row)
            return isRowHeading ? (
              <th key={i} scope="row" className="px-4 py-2 text-start font-medium whitespace-nowrap">
                {cell(row, index)}
              </th>
            ) : (
              <Td key={i} isNumeric={isNumeric} {...own} className={cn(className, own?.className)}>
                {cell(row, index)}
              </Td>
            )
          })}
        </Row>
      ))}
    </Grid>
  )
}

/**
 * The frame of a table whose rows draw themselves. It scrolls by itself when it is wider than its place; its box can be reached by
 * keyboard.
 */
export function Grid({
  label,
  headings,
  children,
  className,
  maxHeight,
}: Box & { readonly headings: readonly Heading[]; readonly children: ReactNode }) {
  return (
    <div role="group" aria-label={label} tabIndex={0} className={cn('overflow-auto', className)} style={{ maxHeight }}>
      <table className="w-full border-collapse text-[13px]">
        <thead className="sticky top-0 z-10 bg-surface text-start text-xs text-muted shadow-[inset_0_-1px_0_var(--line)]">
          <tr>
            {headings.map(({ head, isHidden, isNumeric, hint }, i) => (
              <th
                key={i}
                scope="col"
                title={hint}
                className={cn('h-9 px-4 font-medium whitespace-nowrap', isNumeric ? 'text-end' : 'text-start')}
              >
                {isHidden ? <span className="sr-only">{head}</span> : head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

export function Row({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={cn('border-b border-line last:border-b-0 hover:bg-raised/60', className)} {...rest} />
}

export function Td({ className, isNumeric, ...rest }: ComponentProps<'td'> & { readonly isNumeric?: boolean }) {
  return <td className={cn('px-4 py-2 align-middle', isNumeric && 'text-end whitespace-nowrap tabular-nums', className)} {...rest} />
}
