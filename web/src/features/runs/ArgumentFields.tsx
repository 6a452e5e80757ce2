import { Field, Input, Select } from '@/shared/ui/field'
import type { ArgumentField } from './schema'
import { useText } from './texts'

interface Props {
  readonly fields: readonly ArgumentField[]
  readonly values: Readonly<Record<string, string>>
  readonly onChange: (name: string, value: string) => void
  readonly wrong?: { readonly field?: string; readonly message: string }
}

/** A control for each argument of a job. */
export function ArgumentFields({ fields, values, onChange, wrong }: Props) {
  const t = useText()
  if (fields.length === 0) return <p className="text-[13px] text-muted">{t('runs.noArguments')}</p>
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {fields.map((field) => (
        <Field
          key={field.name}
          label={
            <>
              <span className="font-mono">{field.name}</span>
              {field.isRequired && <span className="ms-1 font-normal text-muted">({t('form.required')})</span>}
            </>
          }
          hint={field.description}
          error={wrong?.field === field.name ? wrong.message : undefined}
        >
          {(own) => {
            const shared = {
              ...own,
              value: values[field.name] ?? '',
              required: field.isRequired,
              onChange: (event: { target: { value: string } }) => onChange(field.name, event.target.value),
            }
            if (field.kind === 'choice')
              return <Select {...shared} options={[['', field.usual ? t('form.usual', { value: field.usual }) : '—'], ...field.choices]} />
            if (field.kind === 'flag')
              return (
                <Select
                  {...shared}
                  options={[
                    ['', t('form.no')],
                    ['true', t('form.yes')],
                  ]}
                />
              )
            const type = field.kind === 'date' ? 'date' : field.kind === 'integer' || field.kind === 'number' ? 'number' : 'text'
            return (
              <Input
                {...shared}
                type={type}
                step={field.kind === 'number' ? 'any' : undefined}
                min={field.least}
                max={field.most}
                placeholder={field.usual}
              />
            )
          }}
        </Field>
      ))}
    </div>
  )
}
