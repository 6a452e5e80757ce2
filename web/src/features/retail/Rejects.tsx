import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { call } from '@/shared/api/client'
import type { RejectedRow } from '@/shared/api/schema'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Dialog } from '@/shared/ui/dialog'
import { Field, TextArea } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'
import { Empty, Fetched } from '@/shared/ui/states'
import { Head, Row, Table, Td, Th } from '@/shared/ui/table'
import { useRole } from '@/shared/useRole'

/** Rows that broke a rule: mended here, and loaded by a replay. */
export function Rejects() {
  const t = useText()
  const format = useFormat()
  const { canWork } = useRole()
  const navigate = useNavigate()
  const [mended, mend] = useState<RejectedRow | null>(null)
  const rejects = useInfiniteQuery({
    queryKey: ['rejects'],
    queryFn: ({ pageParam, signal }) => call('GET /api/v1/retail/rejects', { query: { limit: 20, cursor: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: (page) => (page.next === null ? undefined : Number(page.next)),
  })
  const replay = useMutation({
    mutationFn: () => call('POST /api/v1/jobs/{job}/runs', { path: { job: 'retail.replay-rejects' }, body: { arguments: {} } }),
    onSuccess: (run) => void navigate(`/runs/${run.id}`),
  })
  const isEmpty = rejects.data?.pages[0]?.items.length === 0
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
      {replay.error && (
        <Notice tone="bad" className="m-4">
          {replay.error.message}
        </Notice>
      )}
      <Fetched query={rejects}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.items)
          return rows.length === 0 ? (
            <Empty title={t('reject.none')}>{t('reject.noneText')}</Empty>
          ) : (
            <Table label={t('reject.title')} maxHeight="26rem">
              <Head>
                <Th>{t('data.table')}</Th>
                <Th>{t('reject.key')}</Th>
                <Th>{t('reject.rule')}</Th>
                <Th>{t('reject.problem')}</Th>
                <Th>{t('reject.at')}</Th>
                <Th>
                  <span className="sr-only">{t('action.actions')}</span>
                </Th>
              </Head>
              <tbody>
                {rows.map((row, i) => (
                  <Row key={i}>
                    <Td className="font-mono text-xs">{row.table}</Td>
                    <Td className="font-mono text-xs">{row.key}</Td>
                    <Td className="text-muted">{row.rule}</Td>
                    <Td>{row.problem}</Td>
                    <Td className="whitespace-nowrap text-muted">{format.moment(row.rejected_at)}</Td>
                    <Td className="text-end">
                      {canWork && row.row !== null && (
                        <Button size="small" aria-label={`${t('reject.mend')}: ${row.table} ${row.key}`} onClick={() => mend(row)}>
                          {t('reject.mend')}
                        </Button>
                      )}
                    </Td>
                  </Row>
                ))}
              </tbody>
            </Table>
          )
        }}
      </Fetched>
      {rejects.hasNextPage && (
        <div className="border-t border-line p-3 text-center">
          <Button size="small" onClick={() => void rejects.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </div>
      )}
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
      <form
        className="space-y-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        <Field label={t('reject.row')} hint={t('reject.rowHint')}>
          {(own) => <TextArea {...own} rows={12} spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />}
        </Field>
        {save.error && <Notice tone="bad">{save.error.message}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={save.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
