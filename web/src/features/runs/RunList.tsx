import { call } from '@/shared/api/client'
import type { Run } from '@/shared/api/schema'
import { RunTable } from '@/shared/runs/RunTable'
import { Card } from '@/shared/ui/card'
import { Field, Select } from '@/shared/ui/field'
import { More } from '@/shared/ui/more'
import { Empty, Fetched } from '@/shared/ui/states'
import { usePages } from '@/shared/usePages'
import { useText } from './texts'
import { useJobs } from './useJobs'

const states: readonly Run['state'][] = ['queued', 'running', 'succeeded', 'failed', 'cancelled', 'timed_out']
const often = 3_000

export function RunList({
  search,
  change,
}: {
  readonly search: URLSearchParams
  readonly change: (edit: (next: URLSearchParams) => void) => void
}) {
  const t = useText()
  const [job, state] = [search.get('job') ?? '', states.find((one) => one === search.get('state'))]
  const jobs = useJobs()
  const runs = usePages(
    ['runs', 'list', job, state],
    (cursor, signal) => call('GET /api/v1/runs', { query: { job: job || undefined, state, limit: 25, cursor }, signal }),
    often,
  )
  const set = (name: string) => (event: { target: { value: string } }) =>
    change((next) => (event.target.value ? next.set(name, event.target.value) : next.delete(name)))
  return (
    <>
      <div className="mb-3 flex flex-wrap gap-3">
        <Field label={t('run.job')} className="w-56">
          {(own) => (
            <Select
              {...own}
              value={job}
              onChange={set('job')}
              options={[['', t('filter.all')], ...(jobs.data?.items ?? []).map((one) => one.name)]}
            />
          )}
        </Field>
        <Field label={t('run.state')} className="w-44">
          {(own) => (
            <Select
              {...own}
              value={state ?? ''}
              onChange={set('state')}
              options={[['', t('filter.all')], ...states.map((one) => [one, t(`run.${one}`)] as const)]}
            />
          )}
        </Field>
      </div>
      <Card flush>
        <Fetched query={runs} rows={8}>
          {({ items }) => (
            <RunTable runs={items} label={t('runs.list')} empty={<Empty title={t('runs.none')}>{t('runs.noneText')}</Empty>} />
          )}
        </Fetched>
      </Card>
      <More of={runs} className="mt-3" size="normal" />
    </>
  )
}
