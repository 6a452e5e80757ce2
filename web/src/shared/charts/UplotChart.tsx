import { useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import uPlot from 'uplot'
import { useFormat } from '@/shared/format'
import { useTheme } from '@/shared/theme'

export type SeriesTone = 'accent' | 'muted' | 'good' | 'bad' | 'warn'

export interface ChartSeries {
  readonly label: string
  readonly values: readonly (number | null)[]
  readonly tone: SeriesTone
  readonly kind?: 'line' | 'dashed' | 'points' | 'bars'
  readonly width?: number
}

export interface ChartProps {
  /** Seconds since 1970. */
  readonly times: readonly number[]
  readonly series: readonly ChartSeries[]
  /** Indexes of the lower and the upper series between which the plane is filled; it covers series that stand before the upper one. */
  readonly band?: readonly [number, number]
  readonly height?: number
  readonly label: string
  readonly value: (value: number) => string
  readonly moment: (time: Date) => string
}

/** What the last moment's label needs to the right of its tick. */
const LABEL_HALF = 36

export default function UplotChart({ times, series, band, height = 240, label, value, moment }: ChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>(null)
  const theme = useTheme((state) => state.theme)
  const { locale } = useFormat()
  const data = useMemo(() => [times, ...series.map((one) => one.values)] as uPlot.AlignedData, [times, series])
  const shown = useRef({ value, moment })
  useLayoutEffect(() => {
    shown.current = { value, moment }
  })
  const shape = JSON.stringify([series.map(({ label: name, tone, kind, width }) => [name, tone, kind, width]), band, height, theme, locale])

  useEffect(() => {
    const box = place.current!
    const created = new uPlot(options(box, series, band, height, shown), data, box)
    chart.current = created
    const observer = new ResizeObserver(() => created.setSize({ width: box.clientWidth, height }))
    observer.observe(box)
    return () => {
      observer.disconnect()
      created.destroy()
    }
    // What the chart looks like is in shape; its data follow below without a new chart.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [shape])

  useEffect(() => chart.current?.setData(data), [data])

  return (
    <div
      ref={place}
      role="img"
      aria-label={label}
      className="w-full min-w-0 [&_.u-legend]:text-xs [&_.u-legend]:text-muted [&_.u-legend_th]:font-medium [&_.u-unnamed]:hidden"
    />
  )
}

function options(
  box: HTMLElement,
  series: readonly ChartSeries[],
  band: readonly [number, number] | undefined,
  height: number,
  shown: { current: Pick<ChartProps, 'value' | 'moment'> },
): uPlot.Options {
  const style = getComputedStyle(document.documentElement)
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
  const axis = {
    stroke: colour('muted'),
    grid: { stroke: colour('line'), width: 1 },
    ticks: { show: false },
    font: `11px ${getComputedStyle(box).fontFamily}`,
  }
  return {
    width: box.clientWidth,
    height,
    padding: [8, LABEL_HALF, 0, 0],
    cursor: { y: false, points: { size: 6 } },
    legend: { live: true },
    axes: [
      { ...axis, space: 90, values: (_, splits) => splits.map((split) => shown.current.moment(new Date(split * 1000))) },
      { ...axis, size: 68, values: (_, splits) => splits.map((split) => shown.current.value(split)) },
    ],
    series: [
      { label: '', class: 'u-time', value: (_, time) => (time === null ? '' : shown.current.moment(new Date(time * 1000))) },
      ...series.map(({ label, tone, kind, width }): uPlot.Series => ({
        label,
        class: width === 0 ? 'u-unnamed' : undefined,
        stroke: colour(tone),
        width: width ?? 1.75,
        dash: kind === 'dashed' ? [5, 4] : undefined,
        points: { show: kind === 'points', size: 7, fill: colour(tone), stroke: colour('surface') },
        paths: kind === 'points' ? () => null : kind === 'bars' ? uPlot.paths.bars!({ size: [0.7, 48] }) : undefined,
        fill: kind === 'bars' ? colour(tone) : undefined,
        spanGaps: false,
        value: (_, one) => (one === null || one === undefined ? '—' : shown.current.value(one)),
      })),
    ],
    bands: band ? [{ series: [band[1] + 1, band[0] + 1], fill: colour('accent-soft') }] : [],
  }
}
