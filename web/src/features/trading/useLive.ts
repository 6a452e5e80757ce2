import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { LatestQuote } from '@/shared/api/schema'
import type { LiveQuotes } from './live'

/** A symbol's quote; its component alone is drawn anew when it changes. */
export function useQuote(live: LiveQuotes, key: string): LatestQuote | undefined {
  const watch = useCallback((callback: () => void) => live.watch(key, callback), [live, key])
  return useSyncExternalStore(watch, () => live.find(key))
}

/** The same, drawn anew no more often than every so many milliseconds. */
export function useCalmQuote(live: LiveQuotes, key: string, pause: number): LatestQuote | undefined {
  const [quote, show] = useState(() => live.find(key))
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    show(live.find(key))
    const leave = live.watch(key, () => {
      timer.current ??= setTimeout(() => {
        timer.current = undefined
        show(live.find(key))
      }, pause)
    })
    return () => {
      leave()
      clearTimeout(timer.current)
      timer.current = undefined
    }
  }, [live, key, pause])
  return quote
}
