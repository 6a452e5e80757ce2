import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { call } from '@/shared/api/client'
import { moments, useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { isActive } from '@/shared/runs/RunState'
import { RunTable } from '@/shared/runs/RunTable'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Page } from '@/shared/ui/page'
import { Stat } from '@/shared/ui/stat'
import { Empty, Fetched } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'
import { useNow } from '@/shared/useNow'
import { useRole } from '@/shared/useRole'

const often = 5_000
const day = 86_400_000
const shownSchedules = 6
const oldSeconds = 10

export function Overview() {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const { canWork } = useRole()
  const runs = useQuery({
    queryKey: ['runs', 'latest'],
    queryFn: ({ signal }) => call('GET /api/v1/runs', { query: { limit: 50 }, signal }),
    refetchInterval: often,
  })
  const failed = useQuery({
    queryKey: ['runs', 'failed'],
    queryFn: ({ signal }) => call('GET /api/v1/runs', { query: { state: 'failed', limit: 5 }, signal }),
    refetchInterval: often,
  })
  const fresh = useQuery({
    queryKey: ['freshness'],
    queryFn: ({ signal }) => call('GET /api/v1/freshness', { signal }),
    refetchInterval: 4 * often,
  })
  const feeds = useQuery({
    queryKey: ['feeds'],
    queryFn: ({ signal }) => call('GET /api/v1/trading/feeds', { signal }),
    refetchInterval: often,
  })
  const schedules = useQuery({
    queryKey: ['schedules'],
    queryFn: ({ signal }) => call('GET /api/v1/schedules', { signal }),
    refetchInterval: 4 * often,
  })
  const items = runs.data?.items ?? []
  const lag = feeds.data ? Math.max(0, ...feeds.data.items.map((feed) => feed.age_seconds ?? 0)) : null
  const failures = failed.data?.items.filter((run) => now - moments(run.queued_at).getTime() < day).length

  return (
    <Page
      title={t('nav.overview')}
      note={t('overview.note')}
      actions={
        canWork && (
          <Button asChild variant="primary">
            <Link to="/runs?start">{t('runs.start')}</Link>
          </Button>
        )
      }
    >
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label={t('overview.running')}
          value={format.whole(runs.data ? items.filter((run) => isActive(run.state)).length : null)}
          detail={t('overview.runningDetail')}
        />
        <Stat
          label={t('overview.failed')}
          value={<span className={failures ? 'text-bad' : ''}>{format.whole(failures)}</span>}
          detail={t('overview.failedDetail')}
        />
        <Stat
          label={t('overview.lag')}
          value={feeds.data?.items.length ? format.duration(lag) : '—'}
          detail={feeds.data ? t('overview.feeds', { count: format.whole(feeds.data.items.length) }) : undefined}
        />
        <Stat
          label={t('overview.log')}
          value={format.bytes(feeds.data?.log_bytes)}
          detail={feeds.data?.written_at ? t('overview.written', { ago: format.ago(feeds.data.written_at, now) }) : undefined}
        />
      </div>
      <div className="mt-4 grid items-start gap-4 xl:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
        <div className="grid gap-4">
          <Card
            title={t('overview.latest')}
            flush
            actions={
              <Link to="/runs" className="text-xs font-medium text-accent hover:underline">
                {t('overview.all')}
              </Link>
            }
          >
            <Fetched query={runs}>
              {(page) =>
                page.items.length ? (
                  <RunTable runs={page.items.slice(0, 8)} label={t('overview.latest')} />
                ) : (
                  <Empty title={t('runs.none')}>{t('runs.noneText')}</Empty>
                )
              }
            </Fetched>
          </Card>
          <Card title={t('overview.failures')} flush>
            <Fetched query={failed} rows={2}>
              {(page) =>
                page.items.length ? (
                  <RunTable runs={page.items} label={t('overview.failures')} />
                ) : (
                  <Empty title={t('overview.noFailures')} />
                )
              }
            </Fetched>
          </Card>
        </div>
        <div className="grid gap-4">
          <Card
            title={t('overview.feedsTitle')}
            flush
            actions={
              <Link to="/trading" className="text-xs font-medium text-accent hover:underline">
                {t('nav.trading')}
              </Link>
            }
          >
            <Fetched query={feeds}>
              {(data) =>
                data.items.length ? (
                  <Table label={t('overview.feedsTitle')}>
                    <Head>
                      <Th>{t('trading.symbol')}</Th>
                      <Th numeric>{t('trading.age')}</Th>
                      <Th numeric>{t('trading.lag')}</Th>
                    </Head>
                    <tbody>
                      {data.items.map((feed) => (
                        <Row key={`${feed.exchange} ${feed.symbol}`}>
                          <Td className="font-medium">
                            {feed.symbol} <span className="font-normal text-muted">{feed.exchange}</span>
                          </Td>
                          <Td numeric>
                            <Badge tone={(feed.age_seconds ?? 0) > oldSeconds ? 'warn' : 'good'}>{format.duration(feed.age_seconds)}</Badge>
                          </Td>
                          <Td numeric className="text-muted">
                            {format.duration((feed.lag_milliseconds ?? 0) / 1000)}
                          </Td>
                        </Row>
                      ))}
                    </tbody>
                  </Table>
                ) : (
                  <Empty title={t('trading.none')}>{t('trading.noneText')}</Empty>
                )
              }
            </Fetched>
          </Card>
          <Card title={t('overview.schedules')} flush>
            <Fetched query={schedules}>
              {(data) =>
                data.items.length ? (
                  <ul className="divide-y divide-line text-[13px]">
                    {[...data.items]
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
          <Card title={t('overview.fresh')} flush>
            <Fetched query={fresh}>
              {(data) =>
                data.items.length ? (
                  <Table label={t('overview.fresh')} maxHeight="18rem">
                    <Head>
                      <Th>{t('data.table')}</Th>
                      <Th>{t('overview.domain')}</Th>
                      <Th numeric>{t('overview.upTo')}</Th>
                    </Head>
                    <tbody>
                      {data.items.map((table) => (
                        <Row key={`${table.domain} ${table.name}`}>
                          <Td className="font-mono text-xs">{table.name}</Td>
                          <Td className="text-muted">{table.domain}</Td>
                          <Td numeric className="text-muted" title={format.moment(table.latest)}>
                            {format.ago(table.latest, now)}
                          </Td>
                        </Row>
                      ))}
                    </tbody>
                  </Table>
                ) : (
                  <Empty title={t('overview.nothingLoaded')}>{t('overview.nothingLoadedText')}</Empty>
                )
              }
            </Fetched>
          </Card>
        </div>
      </div>
    </Page>
  )
}
