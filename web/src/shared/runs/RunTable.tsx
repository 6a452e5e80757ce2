import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { Run } from '@/shared/api/schema'
import { moments, useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Table } from '@/shared/ui/table'
import { useNow } from '@/shared/useNow'
import { pathOfRun } from './paths'
import { RunState } from './RunState'

export function RunTable({ runs, label, empty }: { readonly runs: readonly Run[]; readonly label: string; readonly empty: ReactNode }) {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  return (
    <Table
      label={label}
      rows={runs}
      keyOf={(run) => run.id}
      empty={empty}
      columns={[
        { head: t('run.state'), cell: (run) => <RunState state={run.state} /> },
        {
          head: t('run.job'),
          cell: (run) => (
            <Link to={pathOfRun(run.id)} className="font-medium text-accent hover:underline">
              {run.job}
            </Link>
          ),
        },
        {
          head: t('run.asked'),
          className: 'max-w-48 truncate text-muted',
          props: (run) => ({ title: run.asked_by }),
          cell: (run) => run.asked_by,
        },
        {
          head: t('run.started'),
          className: 'whitespace-nowrap text-muted',
          props: (run) => ({ title: format.moment(run.started_at ?? run.queued_at) }),
          cell: (run) => format.ago(run.started_at ?? run.queued_at, now),
        },
        { head: t('run.duration'), isNumeric: true, className: 'text-muted', cell: (run) => format.duration(seconds(run, now)) },
      ]}
    />
  )
}

/** How long a run took, or has taken so far. */
export function seconds(run: Run, now: number): number | null {
  if (!run.started_at) return null
  return Math.max(0, ((run.finished_at ? moments(run.finished_at).getTime() : now) - moments(run.started_at).getTime()) / 1000)
}
