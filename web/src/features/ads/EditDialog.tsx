import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '@/shared/api/client'
import type { CampaignChange, CampaignEdit, SeenCampaign } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Button } from '@/shared/ui/button'
import { Dialog, DialogForm } from '@/shared/ui/dialog'
import { Field, Input, Select } from '@/shared/ui/field'
import { Notice, Refusal } from '@/shared/ui/notice'
import { Difference } from './Difference'
import { useText } from './texts'
import { useUndo } from './useUndo'

const statuses = ['ACTIVE', 'PAUSED', 'ARCHIVED']

/** Changes a campaign: what is wanted, what would come of it, and when it is made a way back. */
export function EditDialog({ campaign, onClose }: { readonly campaign: SeenCampaign; readonly onClose: () => void }) {
  const t = useText()
  const queries = useQueryClient()
  const [asked, ask] = useState<CampaignEdit>({})
  const send = (edit: CampaignEdit) => call('PATCH /api/v1/campaigns/{id}', { path: { id: campaign.id }, body: edit })
  const plan = useMutation({ mutationFn: () => send(asked) })
  const apply = useMutation({
    mutationFn: (planned: CampaignChange) => send({ ...asked, apply: true, plan: planned.id ?? undefined }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['ads'] }),
  })
  const undo = useUndo()
  const planned = plan.data
  return (
    <Dialog title={`${t('manage.change')}: ${campaign.name ?? campaign.id}`} note={campaign.id} isOpen onClose={onClose}>
      {apply.data ? (
        <div className="space-y-4">
          <Notice tone="good">{undo.isSuccess ? t('manage.undone') : t('manage.applied')}</Notice>
          <Difference
            before={undo.isSuccess ? apply.data.after : apply.data.before}
            after={(undo.isSuccess ? apply.data.before : apply.data.after) ?? apply.data.after}
          />
          <Refusal error={undo.error} />
          <div className="flex justify-end gap-2">
            {!undo.isSuccess && apply.data.id && (
              <Button disabled={undo.isPending} onClick={() => undo.mutate(apply.data.id!)}>
                {t('manage.undo')}
              </Button>
            )}
            <Button variant="primary" onClick={onClose}>
              {t('action.close')}
            </Button>
          </div>
        </div>
      ) : planned ? (
        <div className="space-y-4">
          <Planned change={planned} />
          <Refusal error={apply.error} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => plan.reset()}>{t('manage.back')}</Button>
            {planned.state === 'planned' && (
              <Button variant="primary" disabled={apply.isPending} onClick={() => apply.mutate(planned)}>
                {t('manage.apply')}
              </Button>
            )}
          </div>
        </div>
      ) : (
        <Wanted campaign={campaign} asked={asked} ask={ask} plan={plan} onClose={onClose} />
      )}
    </Dialog>
  )
}

function Wanted({
  campaign,
  asked,
  ask,
  plan,
  onClose,
}: {
  readonly campaign: SeenCampaign
  readonly asked: CampaignEdit
  readonly ask: (edit: CampaignEdit) => void
  readonly plan: { readonly error: Error | null; readonly isPending: boolean; readonly mutate: () => void }
  readonly onClose: () => void
}) {
  const t = useText()
  const isLifetime = campaign.lifetime_budget !== null && campaign.lifetime_budget !== undefined
  const budget = isLifetime ? 'lifetime_budget' : 'daily_budget'
  return (
    <DialogForm submit={t('manage.plan')} action={plan} onClose={onClose} onSubmit={() => plan.mutate()}>
      <Field label={t('word.name')}>
        {(own) => (
          <Input
            {...own}
            required
            value={asked.name ?? campaign.name ?? ''}
            onChange={(event) => ask({ ...asked, name: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('manage.status')}>
        {(own) => (
          <Select
            {...own}
            value={asked.status ?? campaign.status ?? ''}
            onChange={(event) => ask({ ...asked, status: event.target.value as CampaignEdit['status'] })}
            options={campaign.status && !statuses.includes(campaign.status) ? [campaign.status, ...statuses] : statuses}
          />
        )}
      </Field>
      <Field label={`${t(`manage.${budget}`)}${campaign.currency ? `, ${campaign.currency}` : ''}`}>
        {(own) => (
          <Input
            {...own}
            inputMode="decimal"
            value={String(asked[budget] ?? campaign[budget] ?? '')}
            onChange={(event) => ask({ ...asked, [budget]: event.target.value.replace(',', '.') || undefined })}
          />
        )}
      </Field>
    </DialogForm>
  )
}

/** What a dry run says. */
function Planned({ change }: { readonly change: CampaignChange }) {
  const t = useText()
  const format = useFormat()
  if (change.state === 'unchanged') return <Notice tone="accent">{t('manage.unchanged')}</Notice>
  return (
    <>
      <Difference before={change.before} after={change.after} />
      {change.limits && change.limits.length > 0 && (
        <ul className="space-y-1 text-xs text-muted">
          {change.limits.map(({ field, setting, limit, asked }) => (
            <li key={`${field} ${setting}`}>{t('manage.limit', { setting, asked: format.number(asked), limit: format.number(limit) })}</li>
          ))}
        </ul>
      )}
      {change.warnings?.map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
    </>
  )
}
