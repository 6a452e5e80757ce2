import type { ReactNode } from 'react'

interface Bar {
  readonly key: string
  readonly label: string
  readonly value: number
  readonly shown: ReactNode
  readonly detail?: ReactNode
}

/** Values side by side; each can be chosen, where there is something behind it. */
export function Bars({
  bars,
  onChoose,
  hint,
}: {
  readonly bars: readonly Bar[]
  readonly onChoose?: (key: string) => void
  readonly hint?: string
}) {
  const most = Math.max(...bars.map((bar) => Math.abs(bar.value)), 1e-9)
  return (
    <ul className="space-y-0.5">
      {bars.map((bar) => {
        const content = (
          <>
            <span className="flex items-baseline gap-3">
              <span className="min-w-0 truncate">{bar.label}</span>
              <span className="ms-auto shrink-0 tabular-nums">{bar.shown}</span>
            </span>
            <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-raised">
              <span className="block h-full rounded-full bg-accent" style={{ width: `${(Math.abs(bar.value) / most) * 100}%` }} />
            </span>
            {bar.detail && <span className="mt-0.5 block text-xs text-muted">{bar.detail}</span>}
          </>
        )
        return (
          <li key={bar.key} className="text-[13px]">
            {onChoose ? (
              <button
                type="button"
                title={hint}
                onClick={() => onChoose(bar.key)}
                className="block w-full rounded-md px-2 py-1.5 text-start hover:bg-raised"
              >
                {content}
              </button>
            ) : (
              <div className="px-2 py-1.5">{content}</div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
