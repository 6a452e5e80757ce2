import type { UseMutationResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { Refusal } from '@/shared/ui/notice'
import { Empty, Loading } from '@/shared/ui/states'
import { type CsvChoice, CsvInput } from './CsvInput'
import { useText } from './texts'

/** A model of the library on a series of the user's own: what goes in, and what came out. */
export function SeriesTab<T>({
  action,
  submit,
  fields,
  children,
}: {
  readonly action: UseMutationResult<T, Error, CsvChoice>
  readonly submit: string
  readonly fields?: ReactNode
  readonly children: (result: T) => ReactNode
}) {
  const t = useText()
  const [choice, choose] = useState<CsvChoice | null>(null)
  return (
    <div className="grid gap-4">
      <Card title={t('models.series')} note={t('models.kept')}>
        <CsvInput choice={choice} onChange={choose}>
          {fields}
          <Button variant="primary" disabled={action.isPending} onClick={() => choice && action.mutate(choice)}>
            {submit}
          </Button>
        </CsvInput>
        <Refusal error={action.error} className="mt-4" />
      </Card>
      {action.isPending ? (
        <Card>
          <Loading rows={8} />
        </Card>
      ) : action.data ? (
        children(action.data)
      ) : (
        <Card>
          <Empty title={t('models.empty')}>{t('models.emptyText')}</Empty>
        </Card>
      )}
    </div>
  )
}
