import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { call } from '@/shared/api/client'
import type { AlertRuleChange } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Dialog, DialogForm } from '@/shared/ui/dialog'
import { Field, Input, Select } from '@/shared/ui/field'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { useRead } from '@/shared/useRead'
import { useRole } from '@/shared/useRole'
import { useText } from './texts'

const kinds: readonly AlertRuleChange['kind'][] = ['failed', 'too_long', 'missing', 'drifted', 'lost']

export function Alerts() {
  const t = useText()
  const format = useFormat()
  const queries = useQueryClient()
  const { isAdmin } = useRole()
  const [isAdding, setAdding] = useState(false)
  const alerts = useRead(['alerts'], (signal) => call('GET /api/v1/alerts', { query: { limit: 50 }, signal }), 30_000)
  const rules = useRead(['alert-rules'], (signal) => call('GET /api/v1/alert-rules', { signal }))
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
        <Table
          label={t('alert.rules')}
          rows={rules}
          keyOf={(rule) => rule.name}
          empty={<Empty title={t('alert.noRules')}>{t('alert.noRulesText')}</Empty>}
          columns={[
            { head: t('word.name'), className: 'font-medium', cell: (rule) => rule.name },
            { head: t('alert.kind'), cell: (rule) => t(`alert.${rule.kind}`) },
            { head: t('run.job'), cell: (rule) => rule.job ?? t('filter.all') },
            { head: t('alert.destination'), className: 'font-mono text-xs text-muted', cell: (rule) => rule.destination },
            {
              head: t('action.actions'),
              isHidden: true,
              className: 'text-end',
              cell: (rule) =>
                isAdmin && (
                  <Button
                    variant="ghost"
                    size="icon"
                    aria-label={`${t('action.remove')}: ${rule.name}`}
                    onClick={() => remove.mutate(rule.name)}
                  >
                    <Trash2 aria-hidden />
                  </Button>
                ),
            },
          ]}
        />
      </Card>
      <Card title={t('alert.raised')} flush>
        <Table
          label={t('alert.raised')}
          rows={alerts}
          keyOf={(alert) => alert.id}
          empty={<Empty title={t('alert.none')} />}
          columns={[
            { head: t('audit.at'), className: 'whitespace-nowrap text-muted', cell: (alert) => format.moment(alert.raised_at) },
            { head: t('alert.rule'), className: 'font-medium', cell: (alert) => alert.rule },
            { head: t('alert.message'), cell: (alert) => alert.message },
            {
              head: t('user.state'),
              cell: (alert) => (
                <Badge tone={alert.delivered_at ? 'good' : alert.given_up_at ? 'bad' : 'warn'}>
                  {t(alert.delivered_at ? 'alert.delivered' : alert.given_up_at ? 'alert.givenUp' : 'alert.waiting')}
                </Badge>
              ),
            },
          ]}
        />
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

  function submit(form: FormData) {
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
      <DialogForm submit={t('action.save')} action={add} onClose={onClose} onSubmit={submit}>
        <Field label={t('word.name')}>{(own) => <Input {...own} name="name" required />}</Field>
        <Field label={t('alert.kind')}>
          {(own) => (
            <Select
              {...own}
              value={kind}
              onChange={(event) => setKind(event.target.value as AlertRuleChange['kind'])}
              options={kinds.map((one) => [one, t(`alert.${one}`)])}
            />
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
      </DialogForm>
    </Dialog>
  )
}
