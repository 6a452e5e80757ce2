import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '@/shared/api/client'
import { Dialog, DialogForm } from '@/shared/ui/dialog'
import { Field, Input } from '@/shared/ui/field'
import { useText } from './texts'

/** Asks before the version in production makes room for the one before it. */
export function RollBackDialog({
  model,
  production,
  onClose,
}: {
  readonly model: string
  readonly production: number
  readonly onClose: () => void
}) {
  const t = useText()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const rollBack = useMutation({
    mutationFn: () => call('POST /api/v1/models/{name}/rollback', { path: { name: model }, body: { reason } }),
    onSuccess: async () => {
      await queries.invalidateQueries()
      onClose()
    },
  })

  return (
    <Dialog title={t('models.rollBackTitle', { version: production })} note={t('models.rollBackText')} isOpen onClose={onClose}>
      <DialogForm submit={t('models.rollBack')} action={rollBack} onClose={onClose} onSubmit={() => rollBack.mutate()}>
        <Field label={t('models.whyPromoted')} hint={t('models.whyHint')}>
          {(own) => <Input {...own} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      </DialogForm>
    </Dialog>
  )
}
