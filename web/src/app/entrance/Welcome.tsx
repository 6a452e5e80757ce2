import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Navigate, useLocation } from 'react-router'
import { call } from '@/shared/api/client'
import type { SessionStart } from '@/shared/api/schema'
import { begin } from '@/shared/api/session'
import { Button } from '@/shared/ui/button'
import { Field, Input } from '@/shared/ui/field'
import { Refusal } from '@/shared/ui/notice'
import { useText } from '../texts'
import { Entrance } from './Entrance'

const shortest = 12

/** Where a one-time link leads: choose a password, and be signed in. */
export function Welcome() {
  const t = useText()
  const { hash } = useLocation()
  const [differs, setDiffers] = useState(false)
  const start = useMutation({ mutationFn: (body: SessionStart) => call('POST /api/v1/auth/session', { body }), onSuccess: begin })
  if (start.isSuccess || hash.length < 2) return <Navigate to="/" replace />

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [email, password] = [String(form.get('email')), String(form.get('password'))]
    setDiffers(password !== form.get('again'))
    if (password === form.get('again')) start.mutate({ code: hash.slice(1), password, ...(email ? { email } : {}) })
  }

  return (
    <Entrance title={t('welcome.title')} note={t('welcome.note')}>
      <form onSubmit={submit} className="space-y-4">
        <Field label={t('word.email')} hint={t('welcome.emailHint')}>
          {(own) => <Input {...own} name="email" type="email" autoComplete="username" />}
        </Field>
        <Field label={t('word.password')} hint={t('word.passwordHint')}>
          {(own) => <Input {...own} name="password" type="password" autoComplete="new-password" minLength={shortest} required />}
        </Field>
        <Field label={t('welcome.again')} error={differs ? t('welcome.differs') : undefined}>
          {(own) => <Input {...own} name="again" type="password" autoComplete="new-password" minLength={shortest} required />}
        </Field>
        <Refusal error={start.error} />
        <Button type="submit" variant="primary" className="w-full" disabled={start.isPending}>
          {t('welcome.submit')}
        </Button>
      </form>
    </Entrance>
  )
}
