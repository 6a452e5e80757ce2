import { QueryClient } from '@tanstack/react-query'
import { ApiError } from '@/shared/api/client'
import { useSession } from '@/shared/api/session'

const most = 2

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What the server has refused it refuses again; a lost connection is waited for elsewhere.
      retry: (count, error) => !(error instanceof ApiError && error.status < 500) && count < most,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

// What one user has seen is not kept for the next.
useSession.subscribe((now, before) => {
  if (before.user && before.user.id !== now.user?.id) queries.clear()
})
