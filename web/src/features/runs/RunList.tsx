import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { call } from '@/shared/api/client'
import type { Run } from '@/shared/api/schema'
import { useText } from '@/shared/i18n'
import { RunTable } from '@/shared/runs/RunTable'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Field, Select } from '@/shared/ui/field'
import { Empty, Fetched } from '@/shared/ui/states'

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
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: ({ signal }) => call('GET /api/v1/jobs', { signal }), staleTime: Infinity })
  const runs = useInfiniteQuery({
    queryKey: ['runs', 'list', job, state],
    queryFn: ({ pageParam, signal }) =>
      call('GET /api/v1/runs', { query: { job: job || undefined, state, limit: 25, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: often,
  })
  const set = (name: string) => (event: { target: { value: string } }) =>
    change((next) => (event.target.value ? next.set(name, event.target.value) : next.delete(name)))
  return (
    <>
      <div className="mb-3 flex flex-wrap gap-3">
        <Field label={t('run.job')} className="w-56">
          {(own) => (
            <Select {...own} value={job} onChange={set('job')}>
              <option value="">{t('filter.all')}</option>
              {jobs.data?.items.map((one) => (
                <option key={one.name}>{one.name}</option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('run.state')} className="w-44">
          {(own) => (
            <Select {...own} value={state ?? ''} onChange={set('state')}>
              <option value="">{t('filter.all')}</option>
              {states.map((one) => (
                <option key={one} value={one}>
                  {t(`run.${one}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Card flush>
        <Fetched query={runs} rows={8}>
          {(data) => {
            const items = data.pages.flatMap((page) => page.items)
            return items.length ? (
              <RunTable runs={items} label={t('runs.list')} />
            ) : (
              <Empty title={t('runs.none')}>{t('runs.noneText')}</Empty>
            )
          }}
        </Fetched>
      </Card>
      {runs.hasNextPage && (
        <div className="mt-3 text-center">
          <Button disabled={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </>
  )
}
