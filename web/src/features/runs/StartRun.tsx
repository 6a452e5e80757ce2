import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { ApiError, call } from '@/shared/api/client'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { Field, Select } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'
import { Fetched } from '@/shared/ui/states'
import { useRole } from '@/shared/useRole'
import { ArgumentFields } from './ArgumentFields'
import { newKey } from './newKey'
import { argumentsOf, fieldsOf, isFor } from './schema'

/** Starts a run of any job, from a form that its argument schema makes. */
export function StartRun({ isOpen, onClose, first }: { readonly isOpen: boolean; readonly onClose: () => void; readonly first?: string }) {
  const t = useText()
  const navigate = useNavigate()
  const jobs = useQuery({
    queryKey: ['jobs'],
    queryFn: ({ signal }) => call('GET /api/v1/jobs', { signal }),
    enabled: isOpen,
    staleTime: Infinity,
  })
  const [chosen, choose] = useState(first ?? 'retail.etl')
  const [values, setValues] = useState<Record<string, string>>({})
  const { isAdmin } = useRole()
  const offered = jobs.data?.items.filter((one) => isFor(one.role, isAdmin)) ?? []
  const job = offered.find((one) => one.name === chosen) ?? offered[0]
  const fields = useMemo(() => (job ? fieldsOf(job.arguments, isAdmin) : []), [job, isAdmin])
  const start = useMutation({
    mutationFn: (name: string) =>
      call('POST /api/v1/jobs/{job}/runs', {
        path: { job: name },
        body: { arguments: argumentsOf(fields, values) },
        headers: { 'Idempotency-Key': newKey() },
      }),
    onSuccess: (run) => {
      onClose()
      void navigate(`/runs/${run.id}`)
    },
  })
  const wrong = start.error
    ? { field: start.error instanceof ApiError ? start.error.field : undefined, message: start.error.message }
    : undefined

  function submit(event: FormEvent) {
    event.preventDefault()
    if (job) start.mutate(job.name)
  }

  return (
    <Dialog title={t('runs.start')} note={t('runs.startNote')} isOpen={isOpen} onClose={onClose} wide>
      <Fetched query={jobs}>
        {() => (
          <form onSubmit={submit} className="space-y-5">
            <Field label={t('run.job')} hint={job?.description}>
              {(own) => (
                <Select
                  {...own}
                  value={job?.name}
                  onChange={(event) => {
                    choose(event.target.value)
                    setValues({})
                    start.reset()
                  }}
                >
                  {offered.map((one) => (
                    <option key={one.name} value={one.name}>
                      {one.name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <ArgumentFields
              fields={fields}
              values={values}
              wrong={wrong}
              onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
            />
            {wrong && !fields.some((field) => field.name === wrong.field) && <Notice tone="bad">{wrong.message}</Notice>}
            <div className="flex justify-end gap-2">
              <Button onClick={onClose}>{t('action.cancel')}</Button>
              <Button type="submit" variant="primary" disabled={start.isPending || !job}>
                {t('runs.startNow')}
              </Button>
            </div>
          </form>
        )}
      </Fetched>
    </Dialog>
  )
}
