import { Link } from 'react-router'
import { cn } from '@/shared/cn'
import { offsetInWeek } from '@/shared/days'
import { useFormat } from '@/shared/format'

export interface CalendarDay {
  readonly day: string
  /** Classes of its cell. */
  readonly look: string
  readonly text: string
  readonly to?: string
}

/** Days in weeks, Monday first; each says in words what its colour says. */
export function Calendar({ days, label }: { readonly days: readonly CalendarDay[]; readonly label: string }) {
  const format = useFormat()
  const weekday = new Intl.DateTimeFormat(format.locale, { weekday: 'short', timeZone: 'UTC' })
  return (
    <div role="group" aria-label={label} className="max-w-2xl">
      <div aria-hidden className="mb-1 grid grid-cols-7 gap-1 text-center text-xs text-muted">
        {Array.from({ length: 7 }, (_, i) => (
          <span key={i}>{weekday.format(new Date(Date.UTC(2024, 0, 1 + i)))}</span>
        ))}
      </div>
      <ul className="grid grid-cols-7 gap-1">
        {days.map(({ day, look, text, to }, i) => {
          const content = (
            <>
              <span className="block text-[11px]">{format.shortDay(day)}</span>
              <span className="block truncate text-[11px] font-medium">{text}</span>
            </>
          )
          const className = cn('block h-11 overflow-hidden rounded-md px-1.5 py-1 text-center leading-tight', look)
          return (
            <li key={day} style={i === 0 ? { gridColumnStart: offsetInWeek(day) + 1 } : undefined} title={`${format.day(day)}: ${text}`}>
              {to ? (
                <Link to={to} className={cn(className, 'hover:brightness-95')}>
                  {content}
                </Link>
              ) : (
                <span className={className}>{content}</span>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
