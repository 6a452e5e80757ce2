import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '@/shared/api/client'
import type { Suspect } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Badge, type Tone } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Dialog, DialogForm } from '@/shared/ui/dialog'
import { Field, Input } from '@/shared/ui/field'
import { More } from '@/shared/ui/more'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { usePages } from '@/shared/usePages'
import { useRole } from '@/shared/useRole'
import { useText } from './texts'

type Decision = 'release' | 'confirm'

const tones: Record<Suspect['state'], Tone> = { open: 'warn', released: 'good', confirmed: 'bad' }

/** Values that are not believed; somebody says whether they are true. */
export function Suspects() {
  const t = useText()
  const format = useFormat()
  const { canWork } = useRole()
  const [asked, ask] = useState<{ readonly suspect: Suspect; readonly decision: Decision } | null>(null)
  const suspects = usePages(['marketplace', 'suspects'], (next, signal) =>
    call('GET /api/v1/marketplace/suspects', { query: { limit: 50, cursor: Number(next ?? 0) }, signal }),
  )
  return (
    <Card title={t('marketplace.guard')} note={t('guard.note')} flush>
      <Table
        label={t('marketplace.guard')}
        rows={suspects}
        keyOf={(suspect) => `${suspect.sku} ${suspect.date} ${suspect.field}`}
        empty={<Empty title={t('guard.none')} />}
        columns={[
          { head: t('marketplace.product'), className: 'font-mono text-xs', cell: (suspect) => suspect.sku },
          { head: t('guard.date'), className: 'whitespace-nowrap', cell: (suspect) => format.day(suspect.date) },
          { head: t('guard.field'), className: 'font-mono text-xs', cell: (suspect) => suspect.field },
          { head: t('guard.value'), isNumeric: true, cell: (suspect) => format.number(suspect.value) },
          { head: t('guard.expected'), className: 'text-muted', cell: (suspect) => suspect.expected },
          { head: t('guard.rule'), className: 'font-mono text-xs', cell: (suspect) => suspect.rule },
          { head: t('guard.state'), cell: (suspect) => <Badge tone={tones[suspect.state]}>{t(`guard.${suspect.state}`)}</Badge> },
          {
            head: t('action.actions'),
            isHidden: true,
            className: 'text-end whitespace-nowrap',
            cell: (suspect) =>
              canWork &&
              suspect.state === 'open' &&
              (['release', 'confirm'] as const).map((decision) => (
                <Button
                  key={decision}
                  size="small"
                  className="ms-1"
                  aria-label={`${t(`guard.${decision}`)}: ${suspect.sku} ${suspect.date} ${suspect.field}`}
                  onClick={() => ask({ suspect, decision })}
                >
                  {t(`guard.${decision}`)}
                </Button>
              )),
          },
        ]}
      />
      <More of={suspects} />
      {asked && <Decide {...asked} onClose={() => ask(null)} />}
    </Card>
  )
}

function Decide({ suspect, decision, onClose }: { readonly suspect: Suspect; readonly decision: Decision; readonly onClose: () => void }) {
  const t = useText()
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const decide = useMutation({
    mutationFn: () =>
      call(decision === 'release' ? 'POST /api/v1/marketplace/suspects/release' : 'POST /api/v1/marketplace/suspects/confirm', {
        body: { sku: suspect.sku, date: suspect.date, field: suspect.field, reason },
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['marketplace'] })
      onClose()
    },
  })
  return (
    <Dialog
      title={`${t(`guard.${decision}`)}: ${suspect.sku}, ${suspect.field}`}
      note={t(`guard.${decision}Text`)}
      isOpen
      onClose={onClose}
    >
      <DialogForm submit={t(`guard.${decision}`)} action={decide} onClose={onClose} onSubmit={() => decide.mutate()}>
        <Field label={t('guard.why')}>
          {(own) => <Input {...own} required maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
      </DialogForm>
    </Dialog>
  )
}
