import { FileUp } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { useFormat } from '@/shared/format'
import { useText } from '@/shared/i18n'
import { Button } from '@/shared/ui/button'
import { Field, Select } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'
import { type CsvHead, decode, headOf, sample } from './csv'

export interface CsvChoice {
  readonly name: string
  readonly text: string
  readonly head: CsvHead
  readonly time: string
  readonly value: string
  readonly dateFormat: string
  readonly decimal: string
}

/** What the server is sent of a choice; what is not said it finds out. */
export const bodyOf = (choice: CsvChoice) => ({
  csv: choice.text,
  time: choice.time,
  value: choice.value,
  ...(choice.dateFormat && { date_format: choice.dateFormat }),
  ...(choice.decimal && { decimal: choice.decimal }),
})

const choiceOf = (name: string, text: string): CsvChoice => {
  const head = headOf(text)
  return { name, text, head, time: head.time, value: head.value, dateFormat: '', decimal: '' }
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
  const [isUnreadable, setUnreadable] = useState(false)
  const pick = async (file: File) => {
    const text = decode(new Uint8Array(await file.arrayBuffer()))
    setUnreadable(text === null)
    if (text !== null) onChange(choiceOf(file.name, text))
  }
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
          if (file) await pick(file)
        }}
      />
      <Button onClick={() => picker.current?.click()}>
        <FileUp aria-hidden />
        {t('models.choose')}
      </Button>
      <Button onClick={() => onChange(choiceOf(t('models.sample'), sample()))}>{t('models.useSample')}</Button>
      {isUnreadable && <Notice tone="bad">{t('models.unreadable')}</Notice>}
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
          <Field label={t('models.dates')} className="w-40">
            {(own) => (
              <Select {...own} value={choice.dateFormat} onChange={(event) => onChange({ ...choice, dateFormat: event.target.value })}>
                <option value="">{t('models.asInFile')}</option>
                <option value="day/month/year">{t('models.dayFirst')}</option>
                <option value="month/day/year">{t('models.monthFirst')}</option>
              </Select>
            )}
          </Field>
          <Field label={t('models.decimal')} className="w-32">
            {(own) => (
              <Select {...own} value={choice.decimal} onChange={(event) => onChange({ ...choice, decimal: event.target.value })}>
                <option value="">{t('models.asInFile')}</option>
                <option value="point">{t('models.point')}</option>
                <option value="comma">{t('models.comma')}</option>
              </Select>
            )}
          </Field>
          {children}
        </>
      )}
    </div>
  )
}
