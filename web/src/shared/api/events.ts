import { useEffect, useLayoutEffect, useRef } from 'react'
import { ApiError, ConnectionError, send } from './client'
import { connection } from './connection'
import { EventParser, type ServerEvent } from './eventParser'

const shortest = 500
const longest = 10_000

interface Followed {
  path?: Record<string, unknown>
  query?: Record<string, unknown>
  /** Milliseconds without anything after which the connection counts as lost; for streams that are never silent for long. */
  patience?: number
}

/**
 * Follows server-sent events, and goes on behind the last one when the connection breaks off. The browser's EventSource cannot
 * send a token, so the stream is read here.
 */
export async function follow(
  route: string,
  { patience, ...options }: Followed,
  onEvent: (event: ServerEvent) => boolean | void,
  signal: AbortSignal,
  onState?: (isOpen: boolean) => void,
) {
  let [lastId, wait] = ['', shortest]
  while (!signal.aborted) {
    try {
      const response = await send(route, {
        ...options,
        signal,
        headers: { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': lastId } : {}) },
      })
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
      const parser = new EventParser()
      onState?.(true)
      for (let part = await within(reader, patience); !part.done; part = await within(reader, patience)) {
        for (const event of parser.push(part.value)) {
          wait = shortest
          if (event.id) lastId = event.id
          if (onEvent(event)) return void reader.cancel()
        }
      }
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof ApiError && error.status < 500 && error.status !== 429) throw error
      if (!(error instanceof ApiError || error instanceof ConnectionError || error instanceof TypeError)) throw error
    }
    onState?.(false)
    await new Promise((resolve) => setTimeout(resolve, wait))
    wait = Math.min(wait * 2, longest)
  }
}

/** Reads on; ends the stream when nothing comes in time. */
async function within(reader: ReadableStreamDefaultReader<string>, patience: number | undefined) {
  const timer =
    patience === undefined
      ? undefined
      : setTimeout(() => {
          connection.failed()
          void reader.cancel()
        }, patience)
  try {
    return await reader.read()
  } finally {
    clearTimeout(timer)
  }
}

/** Follows a stream as long as the component is there and the key stays. */
export function useEvents(
  route: string | null,
  options: Followed,
  onEvent: (event: ServerEvent) => boolean | void,
  onState?: (isOpen: boolean) => void,
) {
  const latest = useRef({ onEvent, onState })
  useLayoutEffect(() => {
    latest.current = { onEvent, onState }
  })
  const key = JSON.stringify([route, options])
  useEffect(() => {
    const [target, given] = JSON.parse(key) as [string | null, typeof options]
    if (target === null) return
    const end = new AbortController()
    follow(
      target,
      given,
      (event) => latest.current.onEvent(event),
      end.signal,
      (isOpen) => latest.current.onState?.(isOpen),
    ).catch(() => latest.current.onState?.(false))
    return () => end.abort()
  }, [key])
}
