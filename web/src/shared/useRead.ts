import { type QueryKey, useQuery } from '@tanstack/react-query'

/** What the server says, asked again every so many milliseconds. */
export const useRead = <T>(queryKey: QueryKey, fetch: (signal: AbortSignal) => Promise<T>, refetchInterval?: number) =>
  useQuery({ queryKey, queryFn: ({ signal }) => fetch(signal), refetchInterval })
