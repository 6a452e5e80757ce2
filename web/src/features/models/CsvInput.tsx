import { FileUp } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { useFormat } from '@/shared/format'
import { Button } from '@/shared/ui/button'
import { Field, type Option, Select } from '@/shared/ui/field'
import { Notice } from '@/shared/ui/notice'
import { type CsvHead, decode, headOf, sample } from './csv'
import { useText } from './texts'

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
  const dates: readonly Option[] = [
    ['', t('models.asInFile')],
    ['day/month/year', t('models.dayFirst')],
    ['month/day/year', t('models.monthFirst')],
  ]
  const decimals: readonly Option[] = [
    ['', t('models.asInFile')],
    ['point', t('models.point')],
    ['comma', t('models.comma')],
  ]
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
          {(
            [
              ['time', t('models.time'), 'w-36', choice.head.columns],
              ['value', t('models.value'), 'w-36', choice.head.columns],
              ['dateFormat', t('models.dates'), 'w-40', dates],
              ['decimal', t('models.decimal'), 'w-32', decimals],
            ] as const
          ).map(([name, label, width, options]) => (
            <Field key={name} label={label} className={width}>
              {(own) => (
                <Select
                  {...own}
                  value={choice[name]}
                  onChange={(event) => onChange({ ...choice, [name]: event.target.value })}
                  options={options}
                />
              )}
            </Field>
          ))}
          {children}
        </>
      )}
    </div>
  )
}
