import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { call } from '@/shared/api/client'
import type { Me, UserChange, UserView } from '@/shared/api/schema'
import { useSession } from '@/shared/api/session'
import { url } from '@/shared/api/url'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Badge } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Dialog } from '@/shared/ui/dialog'
import { Field, Input, Select, TextArea } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'
import { Fetched } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'

const roles: readonly Me['role'][] = ['viewer', 'analyst', 'admin']

export function Users() {
  const t = useText()
  const format = useFormat()
  const queries = useQueryClient()
  const me = useSession((session) => session.user?.id)
  const [isAdding, setAdding] = useState(false)
  const users = useQuery({ queryKey: ['users'], queryFn: ({ signal }) => call('GET /api/v1/users', { signal }) })
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
      {change.error && (
        <Notice tone="bad" className="m-4">
          {change.error.message}
        </Notice>
      )}
      <Fetched query={users}>
        {(data) => (
          <Table label={t('settings.users')}>
            <Head>
              <Th>{t('signIn.email')}</Th>
              <Th>{t('user.role')}</Th>
              <Th>{t('user.state')}</Th>
              <Th>{t('user.since')}</Th>
              <Th>
                <span className="sr-only">{t('action.actions')}</span>
              </Th>
            </Head>
            <tbody>
              {data.items.map((user) => (
                <Row key={user.id}>
                  <Td className="font-medium">{user.email}</Td>
                  <Td>
                    <Select
                      aria-label={`${t('user.role')}: ${user.email}`}
                      className="w-32"
                      value={user.role}
                      disabled={user.id === me}
                      onChange={(event) => change.mutate({ id: user.id, role: event.target.value as Me['role'] })}
                    >
                      {roles.map((role) => (
                        <option key={role} value={role}>
                          {t(`role.${role}`)}
                        </option>
                      ))}
                    </Select>
                  </Td>
                  <Td>
                    <State user={user} />
                  </Td>
                  <Td className="whitespace-nowrap text-muted">{format.moment(user.created_at)}</Td>
                  <Td className="text-end">
                    {user.id !== me && (
                      <Button
                        size="small"
                        variant={user.is_disabled ? 'outline' : 'danger'}
                        aria-label={`${t(user.is_disabled ? 'user.enable' : 'user.disable')}: ${user.email}`}
                        onClick={() => change.mutate({ id: user.id, is_disabled: !user.is_disabled })}
                      >
                        {t(user.is_disabled ? 'user.enable' : 'user.disable')}
                      </Button>
                    )}
                  </Td>
                </Row>
              ))}
            </tbody>
          </Table>
        )}
      </Fetched>
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

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    add.mutate({ email: String(form.get('email')), role: form.get('role') as Me['role'] })
  }

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
        <form className="space-y-4" onSubmit={submit}>
          <Field label={t('signIn.email')}>{(own) => <Input {...own} name="email" type="email" required />}</Field>
          <Field label={t('user.role')} hint={t('user.roleHint')}>
            {(own) => (
              <Select {...own} name="role">
                {roles.map((role) => (
                  <option key={role} value={role}>
                    {t(`role.${role}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {add.error && <Notice tone="bad">{add.error.message}</Notice>}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{t('action.cancel')}</Button>
            <Button type="submit" variant="primary" disabled={add.isPending}>
              {t('user.add')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
