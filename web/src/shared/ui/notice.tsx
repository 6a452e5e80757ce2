import type { ReactNode } from 'react'
import { cn } from '@/shared/cn'

const looks = {
  good: 'border-good/40 bg-good-soft text-good',
  bad: 'border-bad/40 bg-bad-soft text-bad',
  warn: 'border-warn/40 bg-warn-soft text-warn',
  accent: 'border-accent/40 bg-accent-soft text-accent',
}

/** Why the server refused something, if it did. */
export const Refusal = ({ error, className }: { readonly error: Error | null | undefined; readonly className?: string }) =>
  error ? (
    <Notice tone="bad" className={className}>
      {error.message}
    </Notice>
  ) : null

export function Notice({
  tone,
  children,
  className,
}: {
  readonly tone: keyof typeof looks
  readonly children: ReactNode
  readonly className?: string
}) {
  return (
    <div role={tone === 'bad' ? 'alert' : 'status'} className={cn('rounded-md border px-3 py-2 text-[13px]', looks[tone], className)}>
      {children}
    </div>
  )
}
