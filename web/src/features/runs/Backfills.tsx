import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { call } from '@/shared/api/client'
import type { BackfillDay } from '@/shared/api/schema'
import { pathOfRun } from '@/shared/runs/paths'
import { Calendar } from '@/shared/ui/calendar'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Field, Input, Select } from '@/shared/ui/field'
import { Notice, Refusal } from '@/shared/ui/notice'
import { Empty, Fetched } from '@/shared/ui/states'
import { daysAgo } from '@/shared/days'
import { useRole } from '@/shared/useRole'
import { isFor } from './schema'
import { useText } from './texts'
import { useJobs } from './useJobs'

const looks: Record<BackfillDay['state'], string> = {
  done: 'bg-good-soft text-good',
  active: 'bg-accent-soft text-accent',
  failed: 'bg-bad-soft text-bad',
  missing: 'bg-raised text-muted',
}

/** Which days of a job are done, and starting those that are not. */
export function Backfills() {
  const t = useText()
  const queries = useQueryClient()
  const { canWork, isAdmin } = useRole()
  const jobs = useJobs()
  const able = jobs.data?.items.filter((job) => job.can_backfill && isFor(job.role, isAdmin)) ?? []
  const [chosen, choose] = useState('')
  const [span, setSpan] = useState({ from: daysAgo(27), to: daysAgo(0) })
  const job = chosen || able[0]?.name || ''
  const days = useQuery({
    queryKey: ['backfill', job, span],
    queryFn: ({ signal }) => call('GET /api/v1/jobs/{job}/backfill', { path: { job }, query: span, signal }),
    enabled: job !== '' && span.from !== '' && span.to !== '',
  })
  const start = useMutation({
    mutationFn: () => call('POST /api/v1/jobs/{job}/backfill', { path: { job }, body: span }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['backfill'] }),
  })
  if (jobs.data && able.length === 0)
    return (
      <Card>
        <Empty title={t('backfill.none')} />
      </Card>
    )
  return (
    <Card
      title={t('runs.backfills')}
      note={t('backfill.note')}
      actions={
        canWork && (
          <Button size="small" variant="primary" disabled={start.isPending || !days.data} onClick={() => start.mutate()}>
            {t('backfill.start')}
          </Button>
        )
      }
    >
      <div className="mb-4 flex flex-wrap gap-3">
        <Field label={t('run.job')} className="w-56">
          {(own) => <Select {...own} value={job} onChange={(event) => choose(event.target.value)} options={able.map((one) => one.name)} />}
        </Field>
        <Field label={t('filter.from')} className="w-40">
          {(own) => <Input {...own} type="date" value={span.from} onChange={(event) => setSpan({ ...span, from: event.target.value })} />}
        </Field>
        <Field label={t('filter.to')} className="w-40">
          {(own) => <Input {...own} type="date" value={span.to} onChange={(event) => setSpan({ ...span, to: event.target.value })} />}
        </Field>
      </div>
      <Refusal error={start.error} className="mb-4" />
      {start.data && (
        <Notice tone="good" className="mb-4">
          <Link to={pathOfRun(start.data.id)} className="underline">
            {t('backfill.started')}
          </Link>
        </Notice>
      )}
      <Fetched query={days}>
        {(data) => (
          <>
            <Calendar
              label={t('runs.backfills')}
              days={data.items.map((day) => ({
                day: day.day,
                look: looks[day.state],
                text: t(`backfill.${day.state}`),
                to: day.run_id ? pathOfRun(day.run_id) : undefined,
              }))}
            />
            <ul className="mt-3 flex flex-wrap gap-4 text-xs text-muted">
              {(Object.keys(looks) as BackfillDay['state'][]).map((state) => (
                <li key={state} className="flex items-center gap-1.5">
                  <span aria-hidden className={`size-3 rounded ${looks[state]} border border-line`} />
                  {t(`backfill.${state}`)}
                </li>
              ))}
            </ul>
          </>
        )}
      </Fetched>
    </Card>
  )
}
