import { FileUp } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Field, Select } from '@/shared/ui/field'
import { type CsvHead, headOf, sample } from './csv'

export interface CsvChoice {
  readonly name: string
  readonly text: string
  readonly head: CsvHead
  readonly time: string
  readonly value: string
}

const choiceOf = (name: string, text: string): CsvChoice => {
  const head = headOf(text)
  return { name, text, head, time: head.time, value: head.value }
}

/** A CSV file of the user's own, or the sample, and which of its columns are meant. */
export function CsvInput({
  choice,
  onChange,
  children,
}: {
  readonly choice: CsvChoice | null
  readonly onChange: (choice: CsvChoice) => void
  readonly children?: ReactNode
}) {
  const t = useText()
  const format = useFormat()
  const picker = useRef<HTMLInputElement>(null)
  return (
    <div className="flex flex-wrap items-end gap-3">
      <input
        ref={picker}
        type="file"
        accept=".csv,text/csv"
        className="sr-only"
        tabIndex={-1}
        aria-label={t('models.file')}
        onChange={async (event) => {
          const file = event.target.files?.[0]
          if (file) onChange(choiceOf(file.name, await file.text()))
        }}
      />
      <Button onClick={() => picker.current?.click()}>
        <FileUp aria-hidden />
        {t('models.choose')}
      </Button>
      <Button onClick={() => onChange(choiceOf(t('models.sample'), sample()))}>{t('models.useSample')}</Button>
      {choice && (
        <>
          <p className="self-center text-[13px]">
            <span className="font-medium">{choice.name}</span>{' '}
            <span className="text-muted">{t('models.rows', { count: format.whole(choice.head.rows) })}</span>
          </p>
          <Field label={t('models.time')} className="w-36">
            {(own) => (
              <Select {...own} value={choice.time} onChange={(event) => onChange({ ...choice, time: event.target.value })}>
                {choice.head.columns.map((column) => (
                  <option key={column}>{column}</option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t('models.value')} className="w-36">
            {(own) => (
              <Select {...own} value={choice.value} onChange={(event) => onChange({ ...choice, value: event.target.value })}>
                {choice.head.columns.map((column) => (
                  <option key={column}>{column}</option>
                ))}
              </Select>
            )}
          </Field>
          {children}
        </>
      )}
    </div>
  )
}
