import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Pause, Pencil, Play, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { call } from '@/shared/api/client'
import type { Schedule } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Notice } from '@/shared/ui/notice'
import { Empty, Fetched } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'
import { useNow } from '@/shared/useNow'
import { useRole } from '@/shared/useRole'
import { EditSchedule } from './EditSchedule'

export function Schedules() {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const queries = useQueryClient()
  const { canWork } = useRole()
  const [edited, edit] = useState<Schedule | 'new' | null>(null)
  const schedules = useQuery({ queryKey: ['schedules'], queryFn: ({ signal }) => call('GET /api/v1/schedules', { signal }) })
  const act = useMutation({
    mutationFn: ({
      route,
      name,
    }: {
      route: 'POST /api/v1/schedules/{name}/pause' | 'POST /api/v1/schedules/{name}/resume' | 'DELETE /api/v1/schedules/{name}'
      name: string
    }) => call(route, { path: { name } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['schedules'] }),
  })
  return (
    <>
      {act.error && (
        <Notice tone="bad" className="mb-3">
          {act.error.message}
        </Notice>
      )}
      <Card
        title={t('runs.schedules')}
        flush
        actions={
          canWork && (
            <Button size="small" onClick={() => edit('new')}>
              <Plus aria-hidden />
              {t('schedule.new')}
            </Button>
          )
        }
      >
        <Fetched query={schedules}>
          {(data) =>
            data.items.length ? (
              <Table label={t('runs.schedules')}>
                <Head>
                  <Th>{t('schedule.name')}</Th>
                  <Th>{t('run.job')}</Th>
                  <Th>{t('schedule.cron')}</Th>
                  <Th>{t('schedule.next')}</Th>
                  <Th>{t('schedule.zone')}</Th>
                  <Th>
                    <span className="sr-only">{t('action.actions')}</span>
                  </Th>
                </Head>
                <tbody>
                  {data.items.map((schedule) => (
                    <Row key={schedule.name}>
                      <Td className="font-medium">{schedule.name}</Td>
                      <Td>
                        {schedule.job}{' '}
                        {Object.keys(schedule.arguments).length > 0 && (
                          <code className="block max-w-md truncate text-xs text-muted" title={JSON.stringify(schedule.arguments)}>
                            {JSON.stringify(schedule.arguments)}
                          </code>
                        )}
                      </Td>
                      <Td className="whitespace-nowrap">
                        <code className="text-xs">{schedule.cron}</code>
                      </Td>
                      <Td className="whitespace-nowrap">
                        {schedule.is_paused ? (
                          <Badge tone="warn">{t('schedule.paused')}</Badge>
                        ) : (
                          <span title={format.moment(schedule.next_at)}>{format.ago(schedule.next_at, now)}</span>
                        )}
                      </Td>
                      <Td className="text-muted">{schedule.time_zone}</Td>
                      <Td className="text-end whitespace-nowrap">
                        {canWork && (
                          <>
                            <Button
                              variant="ghost"
                              size="icon"
                              aria-label={`${t(schedule.is_paused ? 'schedule.resume' : 'schedule.pause')}: ${schedule.name}`}
                              onClick={() =>
                                act.mutate({
                                  route: schedule.is_paused
                                    ? 'POST /api/v1/schedules/{name}/resume'
                                    : 'POST /api/v1/schedules/{name}/pause',
                                  name: schedule.name,
                                })
                              }
                            >
                              {schedule.is_paused ? <Play aria-hidden /> : <Pause aria-hidden />}
                            </Button>
                            <Button
                              variant="ghost"
                              size="icon"
                              aria-label={`${t('action.edit')}: ${schedule.name}`}
                              onClick={() => edit(schedule)}
                            >
                              <Pencil aria-hidden />
                            </Button>
                            <Button
                              variant="ghost"
                              size="icon"
                              aria-label={`${t('action.remove')}: ${schedule.name}`}
                              onClick={() => act.mutate({ route: 'DELETE /api/v1/schedules/{name}', name: schedule.name })}
                            >
                              <Trash2 aria-hidden />
                            </Button>
                          </>
                        )}
                      </Td>
                    </Row>
                  ))}
                </tbody>
              </Table>
            ) : (
              <Empty title={t('schedule.none')} />
            )
          }
        </Fetched>
      </Card>
      {edited && <EditSchedule schedule={edited === 'new' ? null : edited} onClose={() => edit(null)} />}
    </>
  )
}
