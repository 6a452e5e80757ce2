import { type ReactNode, useId } from 'react'
import { cn } from '@/shared/cn'

interface Props {
  readonly title?: ReactNode
  readonly note?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly className?: string
  /** Without padding, for tables that reach the edges. */
  readonly flush?: boolean
}

export function Card({ title, note, actions, children, className, flush }: Props) {
  const id = useId()
  return (
    <section aria-labelledby={title ? id : undefined} className={cn('min-w-0 rounded-lg border border-line bg-surface', className)}>
      {title && (
        <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5">
          <h2 id={id} className="text-[13px] font-semibold">
            {title}
          </h2>
          {note && <p className="text-xs text-muted">{note}</p>}
          {actions && <div className="ms-auto flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={flush ? '' : 'p-4'}>{children}</div>
    </section>
  )
}
