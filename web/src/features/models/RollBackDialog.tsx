import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '@/shared/api/client'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { Field, Input } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'

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

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    rollBack.mutate()
  }

  return (
    <Dialog title={t('models.rollBackTitle', { version: production })} note={t('models.rollBackText')} isOpen onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        <Field label={t('models.whyPromoted')} hint={t('models.whyHint')}>
          {(own) => <Input {...own} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        {rollBack.error && <Notice tone="bad">{rollBack.error.message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={rollBack.isPending}>
            {t('models.rollBack')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
