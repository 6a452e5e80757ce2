import { AlertTriangle, Inbox, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/shared/cn'
import { useText } from '@/shared/i18n'
import { Button } from './button'

export function Empty({ title, children }: { readonly title: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-10 text-center">
      <Inbox aria-hidden className="size-6 text-strong" />
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-md text-[13px] text-muted">{children}</div>}
    </div>
  )
}

export function Failed({ error, onRetry }: { readonly error: Error; readonly onRetry?: () => void }) {
  const t = useText()
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-6 py-8 text-center">
      <AlertTriangle aria-hidden className="size-6 text-bad" />
      <p className="font-medium">{t('state.failed')}</p>
      <p className="max-w-lg text-[13px] text-muted">{error.message}</p>
      {onRetry && (
        <Button onClick={onRetry}>
          <RotateCw aria-hidden />
          {t('state.retry')}
        </Button>
      )}
    </div>
  )
}

export function Loading({ rows = 4, className }: { readonly rows?: number; readonly className?: string }) {
  const t = useText()
  return (
    <div role="status" className={cn('space-y-2.5 p-4', className)}>
      <span className="sr-only">{t('state.loading')}</span>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} aria-hidden className="h-4 animate-pulse rounded bg-raised" style={{ width: `${92 - ((i * 17) % 40)}%` }} />
      ))}
    </div>
  )
}

export interface Query<T> {
  readonly data: T | undefined
  readonly error: Error | null
  readonly refetch: () => unknown
}

/** What a query holds, or the state that it is in. What was there before an error stays. */
export function Fetched<T>({
  query,
  rows,
  children,
}: {
  readonly query: Query<T>
  readonly rows?: number
  readonly children: (data: T) => ReactNode
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.error) return <Failed error={query.error} onRetry={() => void query.refetch()} />
  return <Loading rows={rows} />
}
