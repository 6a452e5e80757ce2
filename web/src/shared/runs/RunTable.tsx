import { Link } from 'react-router'
import type { Run } from '@/shared/api/schema'
import { moments, useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { useNow } from '@/shared/useNow'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'
import { RunState } from './RunState'

export function RunTable({ runs, label }: { readonly runs: readonly Run[]; readonly label: string }) {
  const t = useText()
  const format = useFormat()
  const now = useNow()
  return (
    <Table label={label}>
      <Head>
        <Th>{t('run.state')}</Th>
        <Th>{t('run.job')}</Th>
        <Th>{t('run.asked')}</Th>
        <Th>{t('run.started')}</Th>
        <Th numeric>{t('run.duration')}</Th>
      </Head>
      <tbody>
        {runs.map((run) => (
          <Row key={run.id}>
            <Td>
              <RunState state={run.state} />
            </Td>
            <Td>
              <Link to={`/runs/${run.id}`} className="font-medium text-accent hover:underline">
                {run.job}
              </Link>
            </Td>
            <Td className="max-w-48 truncate text-muted" title={run.asked_by}>
              {run.asked_by}
            </Td>
            <Td className="whitespace-nowrap text-muted" title={format.moment(run.started_at ?? run.queued_at)}>
              {format.ago(run.started_at ?? run.queued_at, now)}
            </Td>
            <Td numeric className="text-muted">
              {format.duration(seconds(run, now))}
            </Td>
          </Row>
        ))}
      </tbody>
    </Table>
  )
}

/** How long a run took, or has taken so far. */
export function seconds(run: Run, now: number): number | null {
  if (!run.started_at) return null
  return Math.max(0, ((run.finished_at ? moments(run.finished_at).getTime() : now) - moments(run.started_at).getTime()) / 1000)
}
