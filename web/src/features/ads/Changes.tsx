import { useState } from 'react'
import { call } from '@/shared/api/client'
import type { CampaignChange, ChangeState } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { Badge, type Tone } from '@/shared/ui/badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Dialog, DialogForm } from '@/shared/ui/dialog'
import { More } from '@/shared/ui/more'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { usePages } from '@/shared/usePages'
import { useRole } from '@/shared/useRole'
import { Difference } from './Difference'
import { useText } from './texts'
import { useUndo } from './useUndo'

const tones: Record<ChangeState, Tone> = {
  planned: 'plain',
  applying: 'warn',
  applied: 'good',
  failed: 'bad',
  undone: 'plain',
  unchanged: 'plain',
}

/** Who changed or planned what of campaigns. */
export function Changes() {
  const t = useText()
  const format = useFormat()
  const { isAdmin } = useRole()
  const [undone, undo] = useState<CampaignChange | null>(null)
  const changes = usePages(['ads', 'changes'], (next, signal) =>
    call('GET /api/v1/campaigns/changes', { query: { limit: 20, cursor: Number(next ?? 0) }, signal }),
  )
  const what = ({ before, after }: CampaignChange) =>
    (['name', 'status', 'daily_budget', 'lifetime_budget'] as const)
      .filter((field) => (before?.[field] ?? null) !== (after[field] ?? null))
      .map((field) => `${before?.[field] ?? '—'} → ${after[field] ?? '—'}`)
      .join(', ')
  return (
    <Card title={t('ads.changes')} note={t('changes.note')} flush>
      <Table
        label={t('ads.changes')}
        rows={changes}
        keyOf={(change) => change.id ?? ''}
        empty={<Empty title={t('changes.none')} />}
        columns={[
          { head: t('changes.at'), className: 'whitespace-nowrap text-muted', cell: (change) => format.moment(change.asked_at) },
          {
            head: t('ads.campaign'),
            cell: (change) => (
              <>
                <span className="block max-w-56 truncate">{change.after.name}</span>
                <span className="block font-mono text-xs text-muted">{change.campaign}</span>
              </>
            ),
          },
          {
            head: t('changes.action'),
            cell: (change) => (
              <>
                <span className="block">{t(`changes.${change.action}`)}</span>
                <span className="block text-xs text-muted">{what(change)}</span>
              </>
            ),
          },
          { head: t('changes.by'), cell: (change) => change.asked_by },
          {
            head: t('changes.state'),
            cell: (change) => (
              <>
                <Badge tone={tones[change.state]}>{t(`outcome.${change.state}`)}</Badge>
                {change.problem && <span className="mt-0.5 block max-w-80 text-xs text-muted">{change.problem}</span>}
              </>
            ),
          },
          {
            head: t('action.actions'),
            isHidden: true,
            className: 'text-end',
            cell: (change) =>
              isAdmin &&
              change.state === 'applied' && (
                <Button size="small" aria-label={`${t('manage.undo')}: ${change.id}`} onClick={() => undo(change)}>
                  {t('manage.undo')}
                </Button>
              ),
          },
        ]}
      />
      <More of={changes} />
      {undone && <Undo change={undone} onClose={() => undo(null)} />}
    </Card>
  )
}

function Undo({ change, onClose }: { readonly change: CampaignChange; readonly onClose: () => void }) {
  const t = useText()
  const undo = useUndo(onClose)
  return (
    <Dialog title={`${t('manage.undo')}: ${change.after.name}`} note={change.campaign ?? undefined} isOpen onClose={onClose}>
      <DialogForm submit={t('manage.undo')} action={undo} onClose={onClose} onSubmit={() => undo.mutate(change.id!)}>
        <Difference before={change.after} after={change.before ?? { ...change.after, status: 'ARCHIVED' }} />
      </DialogForm>
    </Dialog>
  )
}
