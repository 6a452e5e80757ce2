import { afterEach, expect, test, vi } from 'vitest'
import { useConnection } from './connection'
import { follow } from './events'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  useConnection.setState({ isLost: false })
})

test('a stream that falls silent counts as a lost connection, and is asked for again', async () => {
  vi.useFakeTimers()
  const end = new AbortController()
  const asked = vi.fn(
    async (_address: string) =>
      new Response(
        new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new TextEncoder().encode('event: log\ndata: {}\n\n')) }),
      ),
  )
  vi.stubGlobal('fetch', asked)
  const heard: string[] = []

  void follow('GET /api/v1/trading/feeds', { patience: 5_000 }, (event) => void heard.push(event.type), end.signal)
  await vi.advanceTimersByTimeAsync(4_000)
  expect([heard.length, useConnection.getState().isLost]).toEqual([1, false])
  await vi.advanceTimersByTimeAsync(2_000)

  expect(asked.mock.calls.filter(([address]) => address.endsWith('/trading/feeds')).length).toBe(2)
  expect(heard).toEqual(['log', 'log'])
  end.abort()
})
