import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Table } from './table'

interface Fruit {
  readonly name: string
  readonly count: number
}

const fruits: readonly Fruit[] = [
  { name: 'apple', count: 3 },
  { name: 'pear', count: 0 },
]
const query = (data: { readonly items: readonly Fruit[] } | undefined, error: Error | null = null) => ({ data, error, refetch: () => null })
const table = (rows: Parameters<typeof Table<Fruit>>[0]['rows']) => (
  <Table
    label="Fruits"
    rows={rows}
    keyOf={(fruit) => fruit.name}
    empty={<p>no fruits</p>}
    columns={[
      { head: 'Name', cell: (fruit) => fruit.name },
      { head: 'Count', isNumeric: true, props: (fruit) => ({ className: fruit.count ? '' : 'text-bad' }), cell: (fruit) => fruit.count },
      { head: 'Actions', isHidden: true, cell: () => null },
    ]}
  />
)

test('rows stand below their heads, in a box that is reached by keyboard', () => {
  render(table(fruits))

  expect(screen.getByRole('group', { name: 'Fruits' }).tabIndex).toBe(0)
  expect(screen.getAllByRole('columnheader').map((head) => head.textContent)).toEqual(['Name', 'Count', 'Actions'])
  expect(screen.getAllByRole('row').map((row) => row.textContent)).toEqual(['NameCountActions', 'apple3', 'pear0'])
  expect(screen.getByRole('cell', { name: '0' }).className).toContain('text-bad')
})

test('instead of no rows stands what says so', () => {
  render(table([]))

  screen.getByText('no fruits')
  expect(screen.queryByRole('table')).toBeNull()
})

test('a query shows its state until its rows have come, and its rows after an error too', () => {
  const { rerender } = render(table(query(undefined)))
  screen.getByText('Loading')

  rerender(table(query(undefined, new Error('The server cannot be reached.'))))
  screen.getByText('The server cannot be reached.')

  rerender(table(query({ items: fruits }, new Error('The server cannot be reached.'))))
  screen.getByRole('cell', { name: 'apple' })
})
