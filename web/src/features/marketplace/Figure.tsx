import type { MarketFigure } from '@/shared/api/schema'
import { useText } from './texts'

/** A figure with its interval below it; or why it cannot be said. */
export function Figure({ figure, format }: { readonly figure: MarketFigure; readonly format: (value: number) => string }) {
  const t = useText()
  const { value, lower, upper, reason } = figure
  if (value === null) return <span className="text-muted">{reason ? t(`reason.${reason}`) : '—'}</span>
  return (
    <>
      <span className="block">{format(value)}</span>
      {lower !== null && upper !== null && lower !== upper && (
        <span className="block text-xs text-muted">
          {format(lower)} – {format(upper)}
        </span>
      )}
    </>
  )
}
