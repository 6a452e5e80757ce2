import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '@/shared/api/client'
import type { VersionView } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Dialog, DialogForm } from '@/shared/ui/dialog'
import { Field, Input } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'
import { figure, useMetricName } from './metric'
import { useText } from './texts'

/** Asks before a version goes into production; a worse one only when that is said. */
export function PromoteDialog({
  version,
  production,
  onClose,
}: {
  readonly version: VersionView
  readonly production: number | undefined
  readonly onClose: () => void
}) {
  const t = useText()
  const format = useFormat()
  const nameOf = useMetricName()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [force, setForce] = useState(false)
  const deciding = version.metrics.find((metric) => metric.decides)
  const isDoubtful = production !== undefined && (deciding?.verdict === 'worse' || deciding?.verdict === 'unknown')
  const promote = useMutation({
    mutationFn: () =>
      call('POST /api/v1/models/{name}/versions/{version}/promote', {
        path: { name: version.model, version: String(version.version) },
        body: { reason, force },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries()
      onClose()
    },
  })

  return (
    <Dialog
      title={t('models.promoteTitle', { version: version.version })}
      note={production === undefined ? t('models.promoteFirst') : t('models.promoteReplaces', { version: production })}
      isOpen
      onClose={onClose}
    >
      <DialogForm submit={t('models.promote')} action={promote} onClose={onClose} onSubmit={() => promote.mutate()}>
        {isDoubtful && deciding && (
          <>
            <Notice tone="warn">
              {t('models.promoteWorse', {
                metric: nameOf(deciding.name),
                value: figure(deciding, deciding.compared, format),
                production: figure(deciding, deciding.production, format),
                version: production,
              })}
            </Notice>
            <label className="flex items-center gap-2 text-[13px]">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={force}
                onChange={(event) => setForce(event.target.checked)}
              />
              {t('models.promoteForce')}
            </label>
          </>
        )}
        <Field label={t('models.whyPromoted')} hint={t('models.whyHint')}>
          {(own) => <Input {...own} maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      </DialogForm>
    </Dialog>
  )
}
