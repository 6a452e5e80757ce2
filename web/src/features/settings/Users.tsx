import { useMutation, useQueryClient } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { call } from '@/shared/api/client'
import type { Me, UserChange, UserView } from '@/shared/api/schema'
import { useSession } from '@/shared/api/session'
import { url } from '@/shared/api/url'
import { useFormat } from '@/shared/format'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Dialog, DialogForm } from '@/shared/ui/dialog'
import { Field, Input, Select, TextArea } from '@/shared/ui/field'
import { Refusal } from '@/shared/ui/notice'
import { Table } from '@/shared/ui/table'
import { useRead } from '@/shared/useRead'
import { useText } from './texts'

const roles: readonly Me['role'][] = ['viewer', 'analyst', 'admin']

export function Users() {
  const t = useText()
  const format = useFormat()
  const queries = useQueryClient()
  const me = useSession((session) => session.user?.id)
  const [isAdding, setAdding] = useState(false)
  const users = useRead(['users'], (signal) => call('GET /api/v1/users', { signal }))
  const change = useMutation({
    mutationFn: ({ id, ...body }: UserChange & { id: string }) => call('PATCH /api/v1/users/{id}', { path: { id }, body }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['users'] }),
  })
  return (
    <Card
      title={t('settings.users')}
      flush
      actions={
        <Button size="small" variant="primary" onClick={() => setAdding(true)}>
          <UserPlus aria-hidden />
          {t('user.add')}
        </Button>
      }
    >
      <Refusal error={change.error} className="m-4" />
      <Table
        label={t('settings.users')}
        rows={users}
        keyOf={(user) => user.id}
        columns={[
          { head: t('word.email'), className: 'font-medium', cell: (user) => user.email },
          {
            head: t('user.role'),
            cell: (user) => (
              <Select
                aria-label={`${t('user.role')}: ${user.email}`}
                className="w-32"
                value={user.role}
                disabled={user.id === me}
                onChange={(event) => change.mutate({ id: user.id, role: event.target.value as Me['role'] })}
                options={roles.map((role) => [role, t(`role.${role}`)])}
              />
            ),
          },
          { head: t('user.state'), cell: (user) => <State user={user} /> },
          { head: t('user.since'), className: 'whitespace-nowrap text-muted', cell: (user) => format.moment(user.created_at) },
          {
            head: t('action.actions'),
            isHidden: true,
            className: 'text-end',
            cell: (user) =>
              user.id !== me && (
                <Button
                  size="small"
                  variant={user.is_disabled ? 'outline' : 'danger'}
                  aria-label={`${t(user.is_disabled ? 'user.enable' : 'user.disable')}: ${user.email}`}
                  onClick={() => change.mutate({ id: user.id, is_disabled: !user.is_disabled })}
                >
                  {t(user.is_disabled ? 'user.enable' : 'user.disable')}
                </Button>
              ),
          },
        ]}
      />
      {isAdding && <AddUser onClose={() => setAdding(false)} />}
    </Card>
  )
}

function State({ user }: { readonly user: UserView }) {
  const t = useText()
  return user.is_disabled ? (
    <Badge tone="bad">{t('user.disabled')}</Badge>
  ) : user.has_password ? (
    <Badge tone="good">{t('user.active')}</Badge>
  ) : (
    <Badge tone="warn">{t('user.invited')}</Badge>
  )
}

function AddUser({ onClose }: { readonly onClose: () => void }) {
  const t = useText()
  const queries = useQueryClient()
  const add = useMutation({
    mutationFn: (body: { email: string; role: Me['role'] }) => call('POST /api/v1/users', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
  })

  return (
    <Dialog title={t('user.add')} note={t('user.addNote')} isOpen onClose={onClose}>
      {add.data ? (
        <div className="space-y-4">
          <Field label={t('user.link')} hint={t('user.linkHint')}>
            {(own) => <TextArea {...own} readOnly rows={3} className="break-all" value={`${url('/welcome')}#${add.data.link_code}`} />}
          </Field>
          <div className="flex justify-end">
            <Button variant="primary" onClick={onClose}>
              {t('action.close')}
            </Button>
          </div>
        </div>
      ) : (
        <DialogForm
          submit={t('user.add')}
          action={add}
          onClose={onClose}
          onSubmit={(form) => add.mutate({ email: String(form.get('email')), role: form.get('role') as Me['role'] })}
        >
          <Field label={t('word.email')}>{(own) => <Input {...own} name="email" type="email" required />}</Field>
          <Field label={t('user.role')} hint={t('user.roleHint')}>
            {(own) => <Select {...own} name="role" options={roles.map((role) => [role, t(`role.${role}`)])} />}
          </Field>
        </DialogForm>
      )}
    </Dialog>
  )
}
