import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Ban, RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { call } from '@/shared/api/client'
import type { Run } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { pathOfRun } from '@/shared/runs/paths'
import { isActive, RunState } from '@/shared/runs/RunState'
import { seconds } from '@/shared/runs/RunTable'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Json } from '@/shared/ui/json'
import { Notice, Refusal } from '@/shared/ui/notice'
import { Page } from '@/shared/ui/page'
import { Progress } from '@/shared/ui/progress'
import { Fetched } from '@/shared/ui/states'
import { useNow } from '@/shared/useNow'
import { useRole } from '@/shared/useRole'
import { runs } from '.'
import { RunLog } from './RunLog'
import { useText } from './texts'

const often = 700

export default function RunPage() {
  const t = useText()
  const { id = '' } = useParams()
  const { canWork } = useRole()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const run = useQuery({
    queryKey: ['run', id],
    queryFn: ({ signal }) => call('GET /api/v1/runs/{id}', { path: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && !isActive(state.data.state) ? false : often),
  })
  const cancel = useMutation({
    mutationFn: () => call('DELETE /api/v1/runs/{id}', { path: { id } }),
    onSuccess: (next) => queries.setQueryData(['run', id], next),
  })
  const retry = useMutation({
    mutationFn: () => call('POST /api/v1/runs/{id}/retry', { path: { id } }),
    onSuccess: (next) => void navigate(pathOfRun(next.id)),
  })
  const state = run.data?.state
  const refused = cancel.error ?? retry.error
  return (
    <Page
      title={run.data?.job ?? t('run.title')}
      note={
        <span className="flex flex-wrap items-center gap-2">
          <Link to="/runs" className="text-accent hover:underline">
            {t(runs.name)}
          </Link>
          <span aria-hidden>/</span>
          <code className="text-xs">{id}</code>
        </span>
      }
      actions={
        canWork &&
        state && (
          <>
            {isActive(state) && (
              <Button variant="danger" disabled={cancel.isPending || !!run.data?.cancel_asked_at} onClick={() => cancel.mutate()}>
                <Ban aria-hidden />
                {t('run.cancel')}
              </Button>
            )}
            {(state === 'failed' || state === 'cancelled' || state === 'timed_out') && (
              <Button variant="primary" disabled={retry.isPending} onClick={() => retry.mutate()}>
                <RotateCcw aria-hidden />
                {t('run.retry')}
              </Button>
            )}
          </>
        )
      }
    >
      <Refusal error={refused} className="mb-4" />
      <Fetched query={run}>{(data) => <Details run={data} />}</Fetched>
      {/* What a run has done may be anywhere. */}
      <RunLog key={id} id={id} onEnd={() => void queries.invalidateQueries()} />
    </Page>
  )
}

function Details({ run }: { readonly run: Run }) {
  const t = useText()
  const format = useFormat()
  const now = useNow(1000)
  const progress = run.progress
  const share = progress?.total ? (progress.done ?? 0) / progress.total : null
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('run.asked'), run.asked_by],
    [t('run.queued'), format.moment(run.queued_at)],
    [t('run.started'), format.moment(run.started_at)],
    [t('run.duration'), format.duration(seconds(run, now))],
    [t('run.attempt'), `${run.attempt} / ${run.max_attempts}`],
  ]
  return (
    <div className="mb-4 grid items-start gap-4 lg:grid-cols-2">
      <Card title={t('run.title')} actions={<RunState state={run.state} />}>
        {isActive(run.state) && (
          <div className="mb-4">
            <p className="mb-1.5 flex text-[13px]">
              <span>{progress?.step ?? t(run.state === 'queued' ? 'run.waiting' : 'run.running')}</span>
              {share !== null && <span className="ms-auto tabular-nums">{format.share(share)}</span>}
            </p>
            <Progress value={share} label={t('run.progress')} />
          </div>
        )}
        {run.error && (
          <Notice tone="bad" className="mb-4">
            {run.error}
          </Notice>
        )}
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-[13px]">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="truncate tabular-nums">{value}</dd>
            </div>
          ))}
          {run.parent_id && (
            <div className="contents">
              <dt className="text-muted">{t('run.parent')}</dt>
              <dd>
                <Link to={pathOfRun(run.parent_id)} className="text-accent hover:underline">
                  {run.parent_id}
                </Link>
              </dd>
            </div>
          )}
        </dl>
        <h3 className="mt-4 mb-1.5 text-xs font-medium text-muted">{t('run.arguments')}</h3>
        <Json value={run.arguments} />
      </Card>
      <Card title={t('run.result')}>
        {run.result === undefined || run.result === null ? (
          <p className="text-[13px] text-muted">{t('run.noResult')}</p>
        ) : (
          <Json value={run.result} />
        )}
      </Card>
    </div>
  )
}
