import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '@/shared/api/client'

/** Takes a change of a campaign back. */
export function useUndo(onDone?: () => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => call('POST /api/v1/campaigns/changes/{id}/undo', { path: { id } }),
    onSuccess: onDone,
    onSettled: () => queries.invalidateQueries({ queryKey: ['ads'] }),
  })
}
