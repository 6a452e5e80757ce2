import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { usePages } from './usePages'

test('the pages of a list are one list, each fetched behind the cursor of the one before', async () => {
  const asked: (string | undefined)[] = []
  const fetch = (next: string | undefined) => {
    asked.push(next)
    return Promise.resolve(next === undefined ? { items: [1, 2], next: 'b' } : { items: [3], next: null })
  }
  const { result } = renderHook(() => usePages(['numbers'], fetch), {
    wrapper: ({ children }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>,
  })
  await waitFor(() => expect(result.current.data).toEqual({ items: [1, 2] }))
  expect(result.current.hasNextPage).toBe(true)

  await act(() => result.current.fetchNextPage())

  await waitFor(() => expect(result.current.data).toEqual({ items: [1, 2, 3] }))
  expect(result.current.hasNextPage).toBe(false)
  expect(asked).toEqual([undefined, 'b'])
})
