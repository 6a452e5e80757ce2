import { TrendingDown, TrendingUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFormat } from '@/shared/format'

interface Props {
  readonly label: string
  readonly value: ReactNode
  readonly detail?: ReactNode
  /** Against the period before, as a share of it. */
  readonly change?: number | null
  readonly changeLabel?: string
  /** Whether more of it is worse. */
  readonly inverse?: boolean
}

export function Stat({ label, value, detail, change, changeLabel, inverse }: Props) {
  const format = useFormat()
  const isGood = change !== null && change !== undefined && (inverse ? change < 0 : change > 0)
  return (
    <div className="min-w-0 rounded-lg border border-line bg-surface px-4 py-3">
      <p className="text-xs text-muted">{label}</p>
      <p className="mt-1 truncate text-xl font-semibold tracking-tight tabular-nums">{value}</p>
      {change !== undefined && (
        <p className="mt-1 flex flex-wrap items-center gap-x-1.5 text-xs text-muted">
          {change === null || !Number.isFinite(change) ? (
            '—'
          ) : (
            <span className={`inline-flex items-center gap-1 font-medium ${change === 0 ? '' : isGood ? 'text-good' : 'text-bad'}`}>
              {change > 0 ? (
                <TrendingUp aria-hidden className="size-3.5" />
              ) : change < 0 ? (
                <TrendingDown aria-hidden className="size-3.5" />
              ) : null}
              {format.change(change)}
            </span>
          )}
          {changeLabel}
        </p>
      )}
      {detail && <p className="mt-1 text-xs text-muted">{detail}</p>}
    </div>
  )
}
