import { Link } from 'react-router'
import { call } from '@/shared/api/client'
import type { Tile } from '@/shared/feature'
import { moments, useFormat } from '@/shared/format'
import { pathToStart } from '@/shared/runs/paths'
import { isActive } from '@/shared/runs/RunState'
import { RunTable } from '@/shared/runs/RunTable'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Stat } from '@/shared/ui/stat'
import { Empty, Fetched } from '@/shared/ui/states'
import { useNow } from '@/shared/useNow'
import { useRead } from '@/shared/useRead'
import { useRole } from '@/shared/useRole'
import { useText } from './texts'

const often = 5_000
const day = 86_400_000
const shownRuns = 8
const shownSchedules = 6

export const tiles: readonly Tile[] = [
  { place: 'actions', rank: 1, Tile: Start },
  { place: 'figures', rank: 1, Tile: Figures },
  { place: 'main', rank: 1, Tile: Latest },
  { place: 'main', rank: 2, Tile: Failures },
  { place: 'side', rank: 2, Tile: Upcoming },
]

const useLatest = () => useRead(['runs', 'latest'], (signal) => call('GET /api/v1/runs', { query: { limit: 50 }, signal }), often)

const useFailed = () =>
  useRead(['runs', 'failed'], (signal) => call('GET /api/v1/runs', { query: { state: 'failed', limit: 5 }, signal }), often)

function Start() {
  const t = useText()
  const { canWork } = useRole()
  return canWork ? (
    <Button asChild variant="primary">
      <Link to={pathToStart()}>{t('runs.start')}</Link>
    </Button>
  ) : null
}

function Figures() {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const active = useLatest().data?.items.filter((run) => isActive(run.state)).length
  const failures = useFailed().data?.items.filter((run) => now - moments(run.queued_at).getTime() < day).length
  return (
    <>
      <Stat label={t('overview.running')} value={format.whole(active)} detail={t('overview.runningDetail')} />
      <Stat
        label={t('overview.failed')}
        value={<span className={failures ? 'text-bad' : ''}>{format.whole(failures)}</span>}
        detail={t('overview.failedDetail')}
      />
    </>
  )
}

function Latest() {
  const t = useText()
  return (
    <Card
      title={t('overview.latest')}
      flush
      actions={
        <Link to="/runs" className="text-xs font-medium text-accent hover:underline">
          {t('overview.all')}
        </Link>
      }
    >
      <Fetched query={useLatest()}>
        {({ items }) => (
          <RunTable
            runs={items.slice(0, shownRuns)}
            label={t('overview.latest')}
            empty={<Empty title={t('runs.none')}>{t('runs.noneText')}</Empty>}
          />
        )}
      </Fetched>
    </Card>
  )
}

function Failures() {
  const t = useText()
  return (
    <Card title={t('overview.failures')} flush>
      <Fetched query={useFailed()} rows={2}>
        {({ items }) => <RunTable runs={items} label={t('overview.failures')} empty={<Empty title={t('overview.noFailures')} />} />}
      </Fetched>
    </Card>
  )
}

function Upcoming() {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const schedules = useRead(['schedules'], (signal) => call('GET /api/v1/schedules', { signal }), 4 * often)
  return (
    <Card title={t('overview.schedules')} flush>
      <Fetched query={schedules}>
        {({ items }) =>
          items.length ? (
            <ul className="divide-y divide-line text-[13px]">
              {[...items]
                .sort((a, b) => (a.next_at ?? '~').localeCompare(b.next_at ?? '~'))
                .slice(0, shownSchedules)
                .map((schedule) => (
                  <li key={schedule.name} className="flex items-baseline gap-3 px-4 py-2">
                    <span className="min-w-0 flex-1 truncate font-medium">{schedule.name}</span>
                    <code className="text-xs text-muted">{schedule.cron}</code>
                    <span className="w-28 text-end text-xs text-muted" title={format.moment(schedule.next_at)}>
                      {schedule.is_paused ? t('schedule.paused') : format.ago(schedule.next_at, now)}
                    </span>
                  </li>
                ))}
            </ul>
          ) : (
            <Empty title={t('schedule.none')} />
          )
        }
      </Fetched>
    </Card>
  )
}
