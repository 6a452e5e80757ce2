import { useEffect, useRef, useState } from 'react'
import type { MarketDepth } from '@/shared/api/schema'
import { useTheme } from '@/shared/theme'
import { cumulated, planeOf, type Step } from './depth'

const height = 150

/** What is offered up to each price, bids to the left and asks to the right. */
export function DepthChart({ depth, label }: { readonly depth: MarketDepth; readonly label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [width, setWidth] = useState(0)
  const theme = useTheme((state) => state.theme)
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry!.contentRect.width)))
    observer.observe(canvas.current!.parentElement!)
    return () => observer.disconnect()
  }, [])
  useEffect(() => {
    if (width > 0) draw(canvas.current!, depth, width)
  }, [depth, width, theme])
  return (
    <div className="w-full min-w-0">
      <canvas ref={canvas} role="img" aria-label={label} style={{ width, height }} />
    </div>
  )
}

function draw(canvas: HTMLCanvasElement, depth: MarketDepth, width: number) {
  const scale = devicePixelRatio
  const [pixels, lines] = [Math.round(width * scale), Math.round(height * scale)]
  if (canvas.width !== pixels || canvas.height !== lines) [canvas.width, canvas.height] = [pixels, lines]
  const plane = canvas.getContext('2d')!
  plane.setTransform(scale, 0, 0, scale, 0, 0)
  plane.clearRect(0, 0, width, height)
  const [bids, asks] = [cumulated(depth.bids), cumulated(depth.asks)]
  const place = planeOf(bids, asks, width, height - 8)
  side(plane, bids, place, 'good', 0)
  side(plane, asks, place, 'bad', width)
}

function side(
  plane: CanvasRenderingContext2D,
  steps: readonly Step[],
  place: ReturnType<typeof planeOf>,
  tone: 'good' | 'bad',
  edge: number,
) {
  if (steps.length === 0) return
  const style = getComputedStyle(plane.canvas)
  const path = new Path2D()
  path.moveTo(place.x(steps[0]!.price), height)
  for (const [i, step] of steps.entries()) {
    path.lineTo(place.x(step.price), place.y(step.total) + 8)
    path.lineTo(steps[i + 1] ? place.x(steps[i + 1]!.price) : edge, place.y(step.total) + 8)
  }
  const area = new Path2D(path)
  area.lineTo(edge, height)
  area.closePath()
  plane.fillStyle = style.getPropertyValue(`--${tone}-soft`)
  plane.fill(area)
  plane.strokeStyle = style.getPropertyValue(`--${tone}`)
  plane.lineWidth = 1.5
  plane.stroke(path)
}
