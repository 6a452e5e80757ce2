import { lazy, Suspense } from 'react'
import type { ChartProps } from './UplotChart'

const Chart = lazy(() => import('./UplotChart'))

/** A chart over time; its library is loaded when the first one is shown. */
export function TimeChart(props: ChartProps) {
  return (
    <Suspense fallback={<div aria-hidden className="animate-pulse rounded-md bg-raised" style={{ height: props.height ?? 240 }} />}>
      <Chart {...props} />
    </Suspense>
  )
}
