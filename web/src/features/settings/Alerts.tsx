import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { call } from '@/shared/api/client'
import type { AlertRuleChange } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Dialog } from '@/shared/ui/dialog'
import { Field, Input, Select } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'
import { Empty, Fetched } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'
import { useRole } from '@/shared/useRole'

const kinds: readonly AlertRuleChange['kind'][] = ['failed', 'too_long', 'missing', 'drifted', 'lost']

export function Alerts() {
  const t = useText()
  const format = useFormat()
  const queries = useQueryClient()
  const { isAdmin } = useRole()
  const [isAdding, setAdding] = useState(false)
  const alerts = useQuery({
    queryKey: ['alerts'],
    queryFn: ({ signal }) => call('GET /api/v1/alerts', { query: { limit: 50 }, signal }),
    refetchInterval: 30_000,
  })
  const rules = useQuery({ queryKey: ['alert-rules'], queryFn: ({ signal }) => call('GET /api/v1/alert-rules', { signal }) })
  const remove = useMutation({
    mutationFn: (name: string) => call('DELETE /api/v1/alert-rules/{name}', { path: { name } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['alert-rules'] }),
  })
  return (
    <div className="grid gap-4">
      <Card
        title={t('alert.rules')}
        note={t('alert.rulesNote')}
        flush
        actions={
          isAdmin && (
            <Button size="small" onClick={() => setAdding(true)}>
              <Plus aria-hidden />
              {t('alert.new')}
            </Button>
          )
        }
      >
        <Fetched query={rules}>
          {(data) =>
            data.items.length === 0 ? (
              <Empty title={t('alert.noRules')}>{t('alert.noRulesText')}</Empty>
            ) : (
              <Table label={t('alert.rules')}>
                <Head>
                  <Th>{t('schedule.name')}</Th>
                  <Th>{t('alert.kind')}</Th>
                  <Th>{t('run.job')}</Th>
                  <Th>{t('alert.destination')}</Th>
                  <Th>
                    <span className="sr-only">{t('action.actions')}</span>
                  </Th>
                </Head>
                <tbody>
                  {data.items.map((rule) => (
                    <Row key={rule.name}>
                      <Td className="font-medium">{rule.name}</Td>
                      <Td>{t(`alert.${rule.kind}`)}</Td>
                      <Td>{rule.job ?? t('filter.all')}</Td>
                      <Td className="font-mono text-xs text-muted">{rule.destination}</Td>
                      <Td className="text-end">
                        {isAdmin && (
                          <Button
                            variant="ghost"
                            size="icon"
                            aria-label={`${t('action.remove')}: ${rule.name}`}
                            onClick={() => remove.mutate(rule.name)}
                          >
                            <Trash2 aria-hidden />
                          </Button>
                        )}
                      </Td>
                    </Row>
                  ))}
                </tbody>
              </Table>
            )
          }
        </Fetched>
      </Card>
      <Card title={t('alert.raised')} flush>
        <Fetched query={alerts}>
          {(data) =>
            data.items.length === 0 ? (
              <Empty title={t('alert.none')} />
            ) : (
              <Table label={t('alert.raised')}>
                <Head>
                  <Th>{t('audit.at')}</Th>
                  <Th>{t('alert.rule')}</Th>
                  <Th>{t('alert.message')}</Th>
                  <Th>{t('user.state')}</Th>
                </Head>
                <tbody>
                  {data.items.map((alert) => (
                    <Row key={alert.id}>
                      <Td className="whitespace-nowrap text-muted">{format.moment(alert.raised_at)}</Td>
                      <Td className="font-medium">{alert.rule}</Td>
                      <Td>{alert.message}</Td>
                      <Td>
                        <Badge tone={alert.delivered_at ? 'good' : alert.given_up_at ? 'bad' : 'warn'}>
                          {t(alert.delivered_at ? 'alert.delivered' : alert.given_up_at ? 'alert.givenUp' : 'alert.waiting')}
                        </Badge>
                      </Td>
                    </Row>
                  ))}
                </tbody>
              </Table>
            )
          }
        </Fetched>
      </Card>
      {isAdding && <AddRule onClose={() => setAdding(false)} />}
    </div>
  )
}

function AddRule({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const queries = useQueryClient()
  const [kind, setKind] = useState<AlertRuleChange['kind']>('failed')
  const add = useMutation({
    mutationFn: ({ name, ...body }: AlertRuleChange & { name: string }) => call('PUT /api/v1/alert-rules/{name}', { path: { name }, body }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['alert-rules'] })
      onClose()
    },
  })

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '') || undefined
    add.mutate({
      name: String(form.get('name')),
      kind,
      url: String(form.get('url')),
      job: text('job'),
      time: text('time'),
      metric: text('metric'),
    })
  }

  return (
    <Dialog title={t('alert.new')} isOpen onClose={onClose}>
      <form className="space-y-4" onSubmit={submit}>
        <Field label={t('schedule.name')}>{(own) => <Input {...own} name="name" required />}</Field>
        <Field label={t('alert.kind')}>
          {(own) => (
            <Select {...own} value={kind} onChange={(event) => setKind(event.target.value as AlertRuleChange['kind'])}>
              {kinds.map((one) => (
                <option key={one} value={one}>
                  {t(`alert.${one}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('run.job')} hint={t('alert.jobHint')}>
          {(own) => <Input {...own} name="job" />}
        </Field>
        {(kind === 'too_long' || kind === 'missing' || kind === 'lost') && (
          <Field label={t('alert.time')} hint={t('alert.timeHint')}>
            {(own) => <Input {...own} name="time" />}
          </Field>
        )}
        {kind === 'drifted' && (
          <Field label={t('alert.metric')} hint={t('alert.metricHint')}>
            {(own) => <Input {...own} name="metric" />}
          </Field>
        )}
        <Field label={t('alert.destination')} hint={t('alert.urlHint')}>
          {(own) => <Input {...own} name="url" type="url" required />}
        </Field>
        {add.error && <Notice tone="bad">{add.error.message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={add.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
