import { type QueryKey, useInfiniteQuery } from '@tanstack/react-query'

interface PageOf<T> {
  readonly items: readonly T[]
  /** The cursor of the next page; null behind the last. */
  readonly next: string | null
}

/** A list that the server gives page by page: what was fetched of it so far, and a way to more. */
export const usePages = <T>(
  queryKey: QueryKey,
  fetch: (next: string | undefined, signal: AbortSignal) => Promise<PageOf<T>>,
  refetchInterval?: number,
) =>
  useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetch(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => ({ items: pages.flatMap((page) => page.items) }),
    refetchInterval,
  })
