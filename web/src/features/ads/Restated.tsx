/** A number as it was known, and below it what it is now where that is something else. */
export function Restated({ before, after }: { readonly before: string; readonly after: string | null }) {
  return (
    <>
      <span className="block">{before}</span>
      {after !== null && after !== before && <span className="block text-xs text-warn">→ {after}</span>}
    </>
  )
}
