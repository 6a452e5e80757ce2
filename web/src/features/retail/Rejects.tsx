import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { call } from '@/shared/api/client'
import type { RejectedRow } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { pathOfRun } from '@/shared/runs/paths'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Dialog, DialogForm } from '@/shared/ui/dialog'
import { Field, TextArea } from '@/shared/ui/field'
import { More } from '@/shared/ui/more'
import { Refusal } from '@/shared/ui/notice'
import { Empty } from '@/shared/ui/states'
import { Table } from '@/shared/ui/table'
import { usePages } from '@/shared/usePages'
import { useRole } from '@/shared/useRole'
import { jobs } from './jobs'
import { useText } from './texts'

/** Rows that broke a rule: mended here, and loaded by a replay. */
export function Rejects() {
  const t = useText()
  const format = useFormat()
  const { canWork } = useRole()
  const navigate = useNavigate()
  const [mended, mend] = useState<RejectedRow | null>(null)
  const rejects = usePages(['rejects'], (next, signal) =>
    call('GET /api/v1/retail/rejects', { query: { limit: 20, cursor: Number(next ?? 0) }, signal }),
  )
  const replay = useMutation({
    mutationFn: () => call('POST /api/v1/jobs/{job}/runs', { path: { job: jobs.replay }, body: { arguments: {} } }),
    onSuccess: (run) => void navigate(pathOfRun(run.id)),
  })
  const isEmpty = rejects.data?.items.length === 0
  return (
    <Card
      title={t('reject.title')}
      note={t('reject.note')}
      flush
      actions={
        canWork &&
        !isEmpty && (
          <Button size="small" disabled={replay.isPending} onClick={() => replay.mutate()}>
            <RotateCcw aria-hidden />
            {t('reject.replay')}
          </Button>
        )
      }
    >
      <Refusal error={replay.error} className="m-4" />
      <Table
        label={t('reject.title')}
        maxHeight="26rem"
        rows={rejects}
        keyOf={(_, i) => i}
        empty={<Empty title={t('reject.none')}>{t('reject.noneText')}</Empty>}
        columns={[
          { head: t('word.table'), className: 'font-mono text-xs', cell: (row) => row.table },
          { head: t('reject.key'), className: 'font-mono text-xs', cell: (row) => row.key },
          { head: t('reject.rule'), className: 'text-muted', cell: (row) => row.rule },
          { head: t('reject.problem'), cell: (row) => row.problem },
          { head: t('reject.at'), className: 'whitespace-nowrap text-muted', cell: (row) => format.moment(row.rejected_at) },
          {
            head: t('action.actions'),
            isHidden: true,
            className: 'text-end',
            cell: (row) =>
              canWork &&
              row.row !== null && (
                <Button size="small" aria-label={`${t('reject.mend')}: ${row.table} ${row.key}`} onClick={() => mend(row)}>
                  {t('reject.mend')}
                </Button>
              ),
          },
        ]}
      />
      <More of={rejects} />
      {mended && <Mend row={mended} onClose={() => mend(null)} />}
    </Card>
  )
}

function Mend({ row, onClose }: { readonly row: RejectedRow; readonly onClose: () => void }) {
  const t = useText()
  const queries = useQueryClient()
  const [text, setText] = useState(() => JSON.stringify(row.row, null, 2))
  const save = useMutation({
    mutationFn: () => call('PUT /api/v1/retail/rejects', { body: { table: row.table, key: row.key, row: text } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['rejects'] })
      onClose()
    },
  })
  return (
    <Dialog title={`${row.table} ${row.key}`} note={row.problem} isOpen onClose={onClose}>
      <DialogForm submit={t('action.save')} action={save} onClose={onClose} onSubmit={() => save.mutate()}>
        <Field label={t('reject.row')} hint={t('reject.rowHint')}>
          {(own) => <TextArea {...own} rows={12} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
      </DialogForm>
    </Dialog>
  )
}
