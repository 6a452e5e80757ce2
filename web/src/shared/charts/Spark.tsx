/** A line of some numbers in a row of a table; what it says stands in words beside it. */
export function Spark({ values, label }: { readonly values: readonly number[]; readonly label: string }) {
  if (values.length < 2) return null
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const height = most === least ? () => 10 : (value: number) => 18 - (16 * (value - least)) / (most - least)
  const points = values.map((value, i) => `${((78 * i) / (values.length - 1) + 1).toFixed(1)},${height(value).toFixed(1)}`).join(' ')
  return (
    <svg role="img" aria-label={label} viewBox="0 0 80 20" className="inline-block h-5 w-20 text-accent">
      <polyline points={points} fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  )
}
