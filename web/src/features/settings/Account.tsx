import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { call } from '@/shared/api/client'
import { begin, useSession } from '@/shared/api/session'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Field, Input, TextArea } from '@/shared/ui/field'
import { Notice, Refusal } from '@/shared/ui/notice'
import { useText } from './texts'

const shortest = 12

export function Account() {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Password />
      <Tokens />
    </div>
  )
}

function Password() {
  const t = useText()
  const email = useSession((session) => session.user?.email ?? '')
  const change = useMutation({
    // All sessions end with the old password; this browser's begins again with the new one.
    mutationFn: async ({ current, next }: { current: string; next: string }) => {
      begin(await call('POST /api/v1/auth/session/password', { body: { current_password: current, password: next } }))
    },
  })

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    change.mutate({ current: String(form.get('current')), next: String(form.get('next')) })
  }

  return (
    <Card title={t('settings.password')} note={email}>
      <form className="max-w-sm space-y-4" onSubmit={submit}>
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <Field label={t('settings.current')}>
          {(own) => <Input {...own} name="current" type="password" autoComplete="current-password" required />}
        </Field>
        <Field label={t('settings.next')} hint={t('word.passwordHint')}>
          {(own) => <Input {...own} name="next" type="password" autoComplete="new-password" minLength={shortest} required />}
        </Field>
        <Refusal error={change.error} />
        {change.isSuccess && <Notice tone="good">{t('settings.changed')}</Notice>}
        <Button type="submit" variant="primary" disabled={change.isPending}>
          {t('settings.change')}
        </Button>
      </form>
    </Card>
  )
}

/** A token for scripts; it is shown once and kept nowhere. */
function Tokens() {
  const t = useText()
  const email = useSession((session) => session.user?.email ?? '')
  const [password, setPassword] = useState('')
  const make = useMutation({
    mutationFn: () => call('POST /api/v1/auth/token', { body: { email, password } }),
    onSuccess: () => setPassword(''),
  })
  return (
    <Card title={t('settings.tokens')} note={t('settings.tokensNote')}>
      <form
        className="max-w-sm space-y-4"
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate()
        }}
      >
        <Field label={t('word.password')}>
          {(own) => (
            <Input
              {...own}
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        <Refusal error={make.error} />
        <Button type="submit" disabled={make.isPending}>
          <KeyRound aria-hidden />
          {t('settings.makeToken')}
        </Button>
      </form>
      {make.data && (
        <div className="mt-4 space-y-3">
          <Field label={t('settings.access')} hint={t('settings.accessHint')}>
            {(own) => <TextArea {...own} readOnly rows={3} value={make.data.access_token} className="break-all" />}
          </Field>
          <Field label={t('settings.refresh')} hint={t('settings.refreshHint')}>
            {(own) => <TextArea {...own} readOnly rows={2} value={make.data.refresh_token} className="break-all" />}
          </Field>
        </div>
      )}
    </Card>
  )
}
