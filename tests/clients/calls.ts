// Ten calls with a client that openapi-typescript has made the types of; GeneratedClientsTests checks the types and runs them.
import createClient from 'openapi-fetch'
import type { components, paths } from './api.js'

const [, , baseUrl, token] = process.argv
const api = createClient<paths>({ baseUrl: baseUrl!, headers: { authorization: `Bearer ${token}` } })

function whole<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) throw new Error(`${answer.response.status}: ${JSON.stringify(answer.error)}`)
  return answer.data
}

const me = whole(await api.GET('/api/v1/auth/me'))
const jobs = whole(await api.GET('/api/v1/jobs'))
const started = whole(
  await api.POST('/api/v1/jobs/{job}/runs', { params: { path: { job: 'retail.generate' } }, body: { arguments: { seed: 7, scale: 1 } } }),
)
let run: components['schemas']['Run']
do run = whole(await api.GET('/api/v1/runs/{id}', { params: { path: { id: started.id } } }))
while (run.state === 'queued' || run.state === 'running')
const runs = whole(await api.GET('/api/v1/runs', { params: { query: { job: 'retail.generate', state: 'succeeded', limit: 5 } } }))
const log = whole(await api.GET('/api/v1/runs/{id}/logs', { params: { path: { id: started.id }, query: { limit: 10 } } }))
const rows = whole(await api.GET('/api/v1/query', { params: { query: { sql: 'SELECT 9007199254740993 AS big, 2 AS two' } } }))
const schedule = whole(
  await api.PUT('/api/v1/schedules/{name}', {
    params: { path: { name: 'made' } },
    body: {
      job: 'retail.etl',
      cron: '0 2 * * *',
      time_zone: 'Europe/Kyiv',
      misfire: 'skip',
      overlap: 'queue',
      is_paused: true,
      arguments: { mode: 'incremental', days: 3 },
    },
  }),
)
const tables = whole(await api.GET('/api/v1/tables'))
const ready = whole(await api.GET('/health/ready'))

console.log(
  JSON.stringify({
    email: me.email,
    jobs: jobs.items.some((job) => job.name === 'retail.etl'),
    seed: run.arguments['seed'],
    state: run.state,
    runs: runs.items.length,
    logged: typeof log !== 'string' && log.items.length > 0, // a text where events were asked for
    row: rows.rows[0],
    days: schedule.arguments['days'],
    tables: tables.items.length > 0,
    ready: ready.status,
  }),
)
