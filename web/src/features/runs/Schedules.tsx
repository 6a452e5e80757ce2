import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Pause, Pencil, Play, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { call } from '@/shared/api/client'
import type { Schedule } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Refusal } from '@/shared/ui/notice'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useNow } from '@/shared/useNow'
import { useRead } from '@/shared/useRead'
import { useRole } from '@/shared/useRole'
import { EditSchedule } from './EditSchedule'
import { useText } from './texts'

export function Schedules() {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  const queries = useQueryClient()
  const { canWork } = useRole()
  const [edited, edit] = useState<Schedule | 'new' | null>(null)
  const schedules = useRead(['schedules'], (signal) => call('GET /api/v1/schedules', { signal }))
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
      <Refusal error={act.error} className="mb-3" />
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
        <Table
          label={t('runs.schedules')}
          rows={schedules}
          keyOf={(schedule) => schedule.name}
          empty={<Empty title={t('schedule.none')} />}
          columns={[
            { head: t('word.name'), className: 'font-medium', cell: (schedule) => schedule.name },
            {
              head: t('run.job'),
              cell: (schedule) => (
                <>
                  {schedule.job}{' '}
                  {Object.keys(schedule.arguments).length > 0 && (
                    <code className="block max-w-md truncate text-xs text-muted" title={JSON.stringify(schedule.arguments)}>
                      {JSON.stringify(schedule.arguments)}
                    </code>
                  )}
                </>
              ),
            },
            {
              head: t('schedule.cron'),
              className: 'whitespace-nowrap',
              cell: (schedule) => <code className="text-xs">{schedule.cron}</code>,
            },
            {
              head: t('schedule.next'),
              className: 'whitespace-nowrap',
              cell: (schedule) =>
                schedule.is_paused ? (
                  <Badge tone="warn">{t('schedule.paused')}</Badge>
                ) : (
                  <span title={format.moment(schedule.next_at)}>{format.ago(schedule.next_at, now)}</span>
                ),
            },
            { head: t('schedule.zone'), className: 'text-muted', cell: (schedule) => schedule.time_zone },
            {
              head: t('action.actions'),
              isHidden: true,
              className: 'text-end whitespace-nowrap',
              cell: (schedule) =>
                canWork && (
                  <>
                    <Button
                      variant="ghost"
                      size="icon"
                      aria-label={`${t(schedule.is_paused ? 'schedule.resume' : 'schedule.pause')}: ${schedule.name}`}
                      onClick={() =>
                        act.mutate({
                          route: schedule.is_paused ? 'POST /api/v1/schedules/{name}/resume' : 'POST /api/v1/schedules/{name}/pause',
                          name: schedule.name,
                        })
                      }
                    >
                      {schedule.is_paused ? <Play aria-hidden /> : <Pause aria-hidden />}
                    </Button>
                    <Button variant="ghost" size="icon" aria-label={`${t('action.edit')}: ${schedule.name}`} onClick={() => edit(schedule)}>
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
                ),
            },
          ]}
        />
      </Card>
      {edited && <EditSchedule schedule={edited === 'new' ? null : edited} onClose={() => edit(null)} />}
    </>
  )
}
