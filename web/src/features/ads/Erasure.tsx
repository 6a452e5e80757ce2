import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '@/shared/api/client'
import { useFormat } from '@/shared/format'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Dialog, DialogForm } from '@/shared/ui/dialog'
import { Field, Input } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'
import { Table } from '@/shared/ui/table'
import { type Receipt, receiptOf } from './receipt'
import { useText } from './texts'

const job = 'ads.erase'

/** Erases a person, and shows the receipt. */
export function Erasure() {
  const t = useText()
  const [user, setUser] = useState('')
  const [asked, ask] = useState<string | null>(null)
  const [run, follow] = useState<string | null>(null)
  const watched = useQuery({
    queryKey: ['ads', 'erasure', run],
    queryFn: ({ signal }) => call('GET /api/v1/runs/{id}', { path: { id: run! }, signal }),
    enabled: run !== null,
    refetchInterval: ({ state }) => (state.data?.is_ended ? false : 500),
  })
  const ended = watched.data?.is_ended ? watched.data : null
  const receipt = receiptOf(ended?.result)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    ask(user.trim())
  }
  return (
    <div className="grid gap-5">
      <Card title={t('ads.erasure')} note={t('erasure.note')}>
        <form className="flex flex-wrap items-end gap-3" onSubmit={submit}>
          <Field label={t('erasure.user')} hint={t('erasure.userHint')} className="w-72">
            {(own) => <Input {...own} required autoComplete="off" value={user} onChange={(event) => setUser(event.target.value)} />}
          </Field>
          <Button type="submit" variant="danger" className="mb-5" disabled={user.trim() === ''}>
            {t('erasure.erase')}
          </Button>
        </form>
        {run !== null && !ended && <Notice tone="accent">{t('erasure.working')}</Notice>}
        {ended?.error && <Notice tone="bad">{ended.error}</Notice>}
      </Card>
      {receipt && <Shown receipt={receipt} />}
      {asked !== null && (
        <Confirm
          user={asked}
          onClose={() => ask(null)}
          onStarted={(id) => {
            follow(id)
            setUser('')
            ask(null)
          }}
        />
      )}
    </div>
  )
}

function Confirm({
  user,
  onClose,
  onStarted,
}: {
  readonly user: string
  readonly onClose: () => void
  readonly onStarted: (run: string) => void
}) {
  const t = useText()
  const [typed, type] = useState('')
  const erase = useMutation({
    mutationFn: () => call('POST /api/v1/jobs/{job}/runs', { path: { job }, body: { arguments: { user } } }),
    onSuccess: ({ id }) => onStarted(id),
  })
  return (
    <Dialog title={t('erasure.title', { user })} note={t('erasure.note')} isOpen onClose={onClose}>
      <DialogForm
        submit={t('erasure.erase')}
        action={erase}
        isReady={typed.trim() === user}
        onClose={onClose}
        onSubmit={() => erase.mutate()}
      >
        <Field label={t('erasure.confirm')}>
          {(own) => <Input {...own} autoComplete="off" value={typed} onChange={(event) => type(event.target.value)} />}
        </Field>
      </DialogForm>
    </Dialog>
  )
}

function Shown({ receipt }: { readonly receipt: Receipt }) {
  const t = useText()
  const format = useFormat()
  return (
    <Card title={t('erasure.receipt')} note={t('erasure.erasedAt', { user: receipt.user, at: format.moment(receipt.erased_at) })} flush>
      <Table
        label={t('erasure.receipt')}
        rows={receipt.places}
        keyOf={({ place }) => place}
        columns={[
          { head: t('erasure.place'), isRowHeading: true, cell: ({ place }) => place },
          { head: t('erasure.rows'), isNumeric: true, cell: ({ rows }) => format.whole(rows) },
        ]}
      />
      {receipt.models_to_retrain.length > 0 && (
        <p className="border-t border-line px-4 py-2 text-[13px]">
          {t('erasure.models', { models: receipt.models_to_retrain.join(', ') })}
        </p>
      )}
      {receipt.out_of_reach.map((text) => (
        <p key={text} className="border-t border-line px-4 py-2 text-xs text-muted">
          {text}
        </p>
      ))}
    </Card>
  )
}
