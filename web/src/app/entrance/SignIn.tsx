import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef } from 'react'
import { Navigate, useLocation, useNavigate } from 'react-router'
import { call } from '@/shared/api/client'
import type { SessionStart } from '@/shared/api/schema'
import { begin, renew, useSession } from '@/shared/api/session'
import { Button } from '@/shared/ui/button'
import { Field, Input } from '@/shared/ui/field'
import { Refusal } from '@/shared/ui/notice'
import { useText } from '../texts'
import { Entrance } from './Entrance'

export function SignIn() {
  const t = useText()
  const navigate = useNavigate()
  const { pathname, hash } = useLocation()
  const state = useSession((session) => session.state)
  const used = useRef(false)
  const signIn = useMutation({ mutationFn: (body: SessionStart) => call('POST /api/v1/auth/session', { body }), onSuccess: begin })

  // A link signs in by itself. Its code stands behind the #, which browsers keep to themselves; who is signed in already needs none.
  useEffect(() => {
    if (hash.length < 2 || used.current) return
    used.current = true
    const code = hash.slice(1)
    void navigate(pathname, { replace: true })
    void renew()
      .catch(() => false)
      .then((isSignedIn) => {
        if (!isSignedIn) signIn.mutate({ code })
      })
  }, [hash, navigate, pathname, signIn])

  if (state === 'signed-in' && pathname === '/sign-in') return <Navigate to="/" replace />

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    signIn.mutate({ email: String(form.get('email')), password: String(form.get('password')) })
  }

  return (
    <Entrance title={t('signIn.title')} note={t('signIn.note')}>
      <form onSubmit={submit} className="space-y-4">
        <Field label={t('word.email')}>{(own) => <Input {...own} name="email" type="email" autoComplete="username" required />}</Field>
        <Field label={t('word.password')}>
          {(own) => <Input {...own} name="password" type="password" autoComplete="current-password" required />}
        </Field>
        <Refusal error={signIn.error} />
        <Button type="submit" variant="primary" className="w-full" disabled={signIn.isPending}>
          {signIn.isPending ? t('signIn.pending') : t('signIn.submit')}
        </Button>
      </form>
    </Entrance>
  )
}
