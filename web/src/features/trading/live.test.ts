import { expect, test } from 'vitest'
import type { LatestQuote } from '@/shared/api/schema'
import { LiveQuotes } from './live'

const quote = (symbol: string, bid: string) =>
  ({ exchange: 'simulator', symbol, bid_price: bid, per_minute: 1, age_seconds: 0 }) as LatestQuote
const event = (type: string, data: object) => ({ id: '', type, data: JSON.stringify(data) })

function open() {
  const frames: (() => void)[] = []
  const live = new LiveQuotes((draw) => frames.push(draw))
  live.take(event('feeds', { items: [quote('SIM02', '1'), quote('SIM01', '2')], log_bytes: 5, written_at: null }))
  return { live, frames, draw: () => frames.splice(0).forEach((frame) => frame()) }
}

test('the first event has all symbols, in order, and the log', () => {
  const { live } = open()

  expect(live.keys).toEqual(['simulator SIM01', 'simulator SIM02'])
  expect(live.log?.log_bytes).toBe(5)
})

test('what comes between two frames is told once, and only to who shows it', () => {
  const { live, draw, frames } = open()
  draw()
  let [one, other] = [0, 0]
  live.watch('simulator SIM01', () => one++)
  live.watch('simulator SIM02', () => other++)

  for (let i = 0; i < 10; i++) live.take(event('quotes', { items: [quote('SIM01', String(i))] }))
  expect(frames.length).toBe(1)
  draw()

  expect([one, other]).toEqual([1, 0])
  expect(live.find('simulator SIM01')?.bid_price).toBe('9')
})

test('who has left is told nothing more', () => {
  const { live, draw } = open()
  draw()
  let told = 0
  live.watch('simulator SIM01', () => told++)()
  live.take(event('quotes', { items: [quote('SIM01', '3')] }))
  draw()

  expect(told).toBe(0)
})

test('a symbol that comes later joins the others without a new list for the rest', () => {
  const { live } = open()
  const before = live.keys
  live.take(event('quotes', { items: [quote('SIM01', '3')] }))
  expect(live.keys).toBe(before)
  live.take(event('quotes', { items: [quote('SIM00', '3')] }))

  expect(live.keys).toEqual(['simulator SIM00', 'simulator SIM01', 'simulator SIM02'])
})
