import type { DepthLevel } from '@/shared/api/schema'

export interface Step {
  readonly price: number
  /** What is offered up to here, from the best price on. */
  readonly total: number
}

/** The levels of a side with what they come to together, best first. */
export function cumulated(levels: readonly DepthLevel[]): Step[] {
  let total = 0
  return levels.map((level) => ({ price: Number(level.price), total: (total += Number(level.amount)) }))
}

/** Where prices and totals lie on a plane of some size: bids fall to the left, asks rise to the right. */
export function planeOf(bids: readonly Step[], asks: readonly Step[], width: number, height: number) {
  const [low, high] = [bids.at(-1)?.price ?? asks[0]?.price ?? 0, asks.at(-1)?.price ?? bids[0]?.price ?? 0]
  const most = Math.max(bids.at(-1)?.total ?? 0, asks.at(-1)?.total ?? 0, Number.MIN_VALUE)
  return {
    x: (price: number) => (high === low ? width / 2 : ((price - low) / (high - low)) * width),
    y: (total: number) => height - (total / most) * height,
  }
}
