import { useQuery } from '@tanstack/react-query'
import { call } from '@/shared/api/client'

/** The jobs there are; they stay the same as long as the server runs. */
export const useJobs = () =>
  useQuery({ queryKey: ['jobs'], queryFn: ({ signal }) => call('GET /api/v1/jobs', { signal }), staleTime: Infinity })
