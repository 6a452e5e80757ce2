import { create } from 'zustand'
import { url } from './url'
import type { Me, SessionToken } from './schema'

export type SessionState = 'unknown' | 'signed-in' | 'signed-out'

interface Session {
  readonly state: SessionState
  readonly user: Me | null
}

/** Who is signed in. The access token is kept beside it, in memory alone; the refresh token is a cookie that no script can read. */
export const useSession = create<Session>(() => ({ state: 'unknown', user: null }))

let accessToken = ''
let renewal: Promise<boolean> | null = null

export const bearer = () => accessToken

export function begin(token: SessionToken) {
  accessToken = token.access_token
  useSession.setState({ state: 'signed-in', user: token.user })
}

export function forget() {
  accessToken = ''
  useSession.setState({ state: 'signed-out', user: null })
}

/**
 * Asks for a new access token; false when the session is over. Tabs take turns: each refresh token is good once. The request outlives the
 * page, so that a page that is left meanwhile does not lose the next cookie.
 */
export function renew(): Promise<boolean> {
  renewal ??= exclusively(async () => {
    const response = await fetch(url('/api/v1/auth/session/refresh'), { method: 'POST', keepalive: true })
    if (response.status === 200) {
      begin((await response.json()) as SessionToken)
      return true
    }
    if (response.status === 204 || response.status === 401 || response.status === 403) {
      forget()
      return false
    }
    throw new TypeError(`The session could not be renewed: ${response.status}`)
  }).finally(() => (renewal = null))
  return renewal
}

// Browsers have locks where the page came over https or from this machine.
const locks = navigator.locks as LockManager | null | undefined

const exclusively = (work: () => Promise<boolean>): Promise<boolean> => (locks ? locks.request('tradepost.session', work) : work())
