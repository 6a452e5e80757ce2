import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { ApiError, call } from '@/shared/api/client'
import type { Schedule } from '@/shared/api/schema'
import { useOffers } from '@/shared/feature'
import { Dialog, DialogForm } from '@/shared/ui/dialog'
import { Field, Input, Select } from '@/shared/ui/field'
import { useRole } from '@/shared/useRole'
import { ArgumentFields } from './ArgumentFields'
import { argumentsOf, fieldsOf, isFor } from './schema'
import { useText } from './texts'
import { useJobs } from './useJobs'

const shown = (value: unknown) => (Array.isArray(value) ? value.join(',') : String(value))

export function EditSchedule({ schedule, onClose }: { readonly schedule: Schedule | null; readonly onClose: () => void }) {
  const t = useText()
  const queries = useQueryClient()
  const jobs = useJobs()
  const { usual } = useOffers()
  const [form, setForm] = useState({
    name: schedule?.name ?? '',
    job: schedule?.job ?? usual,
    cron: schedule?.cron ?? '0 2 * * *',
    zone: schedule?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  })
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(Object.entries(schedule?.arguments ?? {}).map(([name, value]) => [name, shown(value)])),
  )
  const { isAdmin } = useRole()
  const offered = jobs.data?.items.filter((one) => isFor(one.role, isAdmin)) ?? []
  const job = form.job || (offered[0]?.name ?? '')
  const schema = jobs.data?.items.find((one) => one.name === job)?.arguments
  const fields = useMemo(() => (schema ? fieldsOf(schema, isAdmin) : []), [schema, isAdmin])
  const save = useMutation({
    mutationFn: () =>
      call('PUT /api/v1/schedules/{name}', {
        path: { name: form.name },
        body: { job, cron: form.cron, time_zone: form.zone, arguments: argumentsOf(fields, values) },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['schedules'] })
      onClose()
    },
  })
  const set = (name: keyof typeof form) => (event: { target: { value: string } }) =>
    setForm((before) => ({ ...before, [name]: event.target.value }))
  const wrong = save.error
    ? { field: save.error instanceof ApiError ? save.error.field : undefined, message: save.error.message }
    : undefined
  return (
    <Dialog title={schedule ? schedule.name : t('schedule.new')} isOpen onClose={onClose} wide>
      <DialogForm className="space-y-5" submit={t('action.save')} action={save} onClose={onClose} onSubmit={() => save.mutate()}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('word.name')}>
            {(own) => <Input {...own} value={form.name} onChange={set('name')} required disabled={!!schedule} />}
          </Field>
          <Field label={t('run.job')}>
            {(own) => (
              <Select
                {...own}
                value={job}
                onChange={(event) => {
                  set('job')(event)
                  setValues({})
                }}
                options={offered.map((one) => one.name)}
              />
            )}
          </Field>
          <Field label={t('schedule.cron')} hint={t('schedule.cronHint')} error={wrong?.field === 'cron' ? wrong.message : undefined}>
            {(own) => <Input {...own} className="font-mono" value={form.cron} onChange={set('cron')} required />}
          </Field>
          <Field label={t('schedule.zone')} error={wrong?.field === 'time_zone' ? wrong.message : undefined}>
            {(own) => <Input {...own} value={form.zone} onChange={set('zone')} required />}
          </Field>
        </div>
        <ArgumentFields
          fields={fields}
          values={values}
          wrong={wrong}
          onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
        />
      </DialogForm>
    </Dialog>
  )
}
