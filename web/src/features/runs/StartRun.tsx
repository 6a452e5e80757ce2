import { useMutation } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { ApiError, call } from '@/shared/api/client'
import { useOffers } from '@/shared/feature'
import { pathOfRun } from '@/shared/runs/paths'
import { Dialog, DialogForm } from '@/shared/ui/dialog'
import { Field, Select } from '@/shared/ui/field'
import { Fetched } from '@/shared/ui/states'
import { useRole } from '@/shared/useRole'
import { ArgumentFields } from './ArgumentFields'
import { newKey } from './newKey'
import { argumentsOf, fieldsOf, isFor } from './schema'
import { useText } from './texts'
import { useJobs } from './useJobs'

/** Starts a run of any job, from a form that its argument schema makes. */
export function StartRun({ onClose, first }: { readonly onClose: () => void; readonly first?: string }) {
  const t = useText()
  const navigate = useNavigate()
  const jobs = useJobs()
  const { usual } = useOffers()
  const [chosen, choose] = useState(first ?? usual)
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
      void navigate(pathOfRun(run.id))
    },
  })
  const wrong = start.error
    ? { field: start.error instanceof ApiError ? start.error.field : undefined, message: start.error.message }
    : undefined
  const isAtField = fields.some((field) => field.name === wrong?.field)
  return (
    <Dialog title={t('runs.start')} note={t('runs.startNote')} isOpen onClose={onClose} wide>
      <Fetched query={jobs}>
        {() => (
          <DialogForm
            className="space-y-5"
            submit={t('runs.startNow')}
            action={{ error: isAtField ? null : start.error, isPending: start.isPending }}
            isReady={job !== undefined}
            onClose={onClose}
            onSubmit={() => job && start.mutate(job.name)}
          >
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
                  options={offered.map((one) => one.name)}
                />
              )}
            </Field>
            <ArgumentFields
              fields={fields}
              values={values}
              wrong={wrong}
              onChange={(name, value) => setValues((before) => ({ ...before, [name]: value }))}
            />
          </DialogForm>
        )}
      </Fetched>
    </Dialog>
  )
}
