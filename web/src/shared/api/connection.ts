import { create } from 'zustand'
import { url } from './url'

const pause = 2000

/** Whether the server was reached last time. */
export const useConnection = create<{ readonly isLost: boolean }>(() => ({ isLost: false }))

let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

async function look() {
  try {
    if ((await fetch(url('/health/live'))).ok) return connection.succeeded()
  } catch {
    // Still away: looked again below.
  }
  timer = setTimeout(() => void look(), pause)
}

// The browser knows at once when its network is gone; what it is told by the server's silence takes longer.
addEventListener('offline', () => connection.failed())

export const connection = {
  succeeded() {
    if (!useConnection.getState().isLost) return
    clearTimeout(timer)
    useConnection.setState({ isLost: false })
    for (const listener of listeners) listener()
  },
  failed() {
    if (useConnection.getState().isLost) return
    useConnection.setState({ isLost: true })
    timer = setTimeout(() => void look(), pause)
  },
  /** Calls back each time the server is back. */
  onBack(listener: () => void) {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}
