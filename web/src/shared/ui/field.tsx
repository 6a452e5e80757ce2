import { type ComponentProps, type ReactNode, useId } from 'react'
import { cn } from '@/shared/cn'

export const control =
  'h-8 w-full min-w-0 rounded-md border border-strong/60 bg-surface px-2.5 text-[13px] text-ink ' +
  'placeholder:text-muted aria-[invalid=true]:border-bad disabled:opacity-60'

interface FieldProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: string
  readonly className?: string
  readonly children: (own: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean }) => ReactNode
}

/** A label, its control, a hint and what is wrong with it, tied together for screen readers. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <div className={cn('min-w-0 space-y-1', className)}>
      <label htmlFor={id} className="block text-xs font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': described, 'aria-invalid': error !== undefined })}
      {hint && (
        <p id={`${id}-hint`} className="text-xs text-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-xs text-bad">
          {error}
        </p>
      )}
    </div>
  )
}

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cn(control, className)} {...rest} />
}

/** A choice: its value, and where that is something else what is shown for it, and in which language. */
export type Option = string | readonly [value: string | number, shown: ReactNode, language?: string]

export function Select({ className, options, ...rest }: ComponentProps<'select'> & { readonly options: readonly Option[] }) {
  return (
    <select className={cn(control, 'pe-6', className)} {...rest}>
      {options
        .map((option) => (typeof option === 'string' ? ([option, option] as const) : option))
        .map(([value, shown, language]) => (
          <option key={value} value={value} lang={language}>
            {shown}
          </option>
        ))}
    </select>
  )
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cn(control, 'h-auto py-2 font-mono leading-relaxed', className)} {...rest} />
}
