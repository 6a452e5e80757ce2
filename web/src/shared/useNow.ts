import { useEffect, useState } from 'react'

/** The time, again every few seconds, for what is said relative to it. */
export function useNow(pause = 5000) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), pause)
    return () => clearInterval(timer)
  }, [pause])
  return now
}
