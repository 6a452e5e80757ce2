import { useCallback, useSyncExternalStore } from 'react'
import type { LatestQuote } from '@/shared/api/schema'
import type { LiveQuotes } from './live'

/** Calls back when a symbol has a new quote, but no more often than every so many milliseconds; gives what ends it. */
export function watchCalmly(live: LiveQuotes, key: string, pause: number, callback: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const leave = live.watch(key, () => {
    timer ??= setTimeout(() => {
      timer = undefined
      callback()
    }, pause)
  })
  return () => {
    leave()
    clearTimeout(timer)
  }
}

/** A symbol's quote; its component alone is drawn anew when it changes. */
export function useQuote(live: LiveQuotes, key: string): LatestQuote | undefined {
  const watch = useCallback((callback: () => void) => live.watch(key, callback), [live, key])
  return useSyncExternalStore(watch, () => live.find(key))
}

/** The same, drawn anew no more often than every so many milliseconds. */
export function useCalmQuote(live: LiveQuotes, key: string, pause: number): LatestQuote | undefined {
  const watch = useCallback((callback: () => void) => watchCalmly(live, key, pause, callback), [live, key, pause])
  return useSyncExternalStore(watch, () => live.find(key))
}
