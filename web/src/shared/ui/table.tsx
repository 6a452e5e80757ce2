import type { ComponentProps, ReactNode } from 'react'
import { cn } from '@/shared/cn'

/** A table that scrolls by itself when it is wider than its place; the box can be reached by keyboard for that. */
export function Table({
  label,
  children,
  className,
  maxHeight,
}: {
  readonly label: string
  readonly children: ReactNode
  readonly className?: string
  readonly maxHeight?: string
}) {
  return (
    <div role="group" aria-label={label} tabIndex={0} className={cn('overflow-auto', className)} style={{ maxHeight }}>
      <table className="w-full border-collapse text-[13px]">{children}</table>
    </div>
  )
}

export function Head({ children }: { readonly children: ReactNode }) {
  return (
    <thead className="sticky top-0 z-10 bg-surface text-start text-xs text-muted shadow-[inset_0_-1px_0_var(--line)]">
      <tr>{children}</tr>
    </thead>
  )
}

export function Th({ className, numeric, ...rest }: ComponentProps<'th'> & { readonly numeric?: boolean }) {
  return (
    <th scope="col" className={cn('h-9 px-4 font-medium whitespace-nowrap', numeric ? 'text-end' : 'text-start', className)} {...rest} />
  )
}

export function Row({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={cn('border-b border-line last:border-b-0 hover:bg-raised/60', className)} {...rest} />
}

export function Td({ className, numeric, ...rest }: ComponentProps<'td'> & { readonly numeric?: boolean }) {
  return <td className={cn('px-4 py-2 align-middle', numeric && 'text-end whitespace-nowrap tabular-nums', className)} {...rest} />
}
