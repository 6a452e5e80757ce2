import { afterEach, expect, test, vi } from 'vitest'
import { address, ApiError, call } from './client'
import { begin, forget, useSession } from './session'

const user = { id: '1', email: 'anna@example.com', role: 'admin' } as const
const json = (status: number, body: unknown) => new Response(status === 204 ? null : JSON.stringify(body), { status })

afterEach(() => {
  vi.unstubAllGlobals()
  forget()
})

test('paths and queries are escaped, and what is empty is left out', () => {
  expect(address('/api/v1/runs/{id}', { id: 'a/b' }, { job: 'x&y', state: undefined, limit: 0 })).toBe(
    `${document.baseURI}api/v1/runs/a%2Fb?job=x%26y&limit=0`,
  )
})

test('each of several values of a query stands by itself', () => {
  expect(address('/a', {}, { by: ['campaign', 'date'] })).toBe(`${document.baseURI}a?by=campaign&by=date`)
})

test('an expired token is renewed once and the call goes on', async () => {
  begin({ access_token: 'old', expires_in: 900, user })
  const fetched = vi.fn(async (url: string, options?: RequestInit) => {
    if (url.endsWith('/session/refresh')) return json(200, { access_token: 'new', expires_in: 900, user })
    return (options!.headers as Record<string, string>).Authorization === 'Bearer new'
      ? json(200, { items: [] })
      : json(401, { error: 'expired', details: {} })
  })
  vi.stubGlobal('fetch', fetched)

  expect(await call('GET /api/v1/jobs')).toEqual({ items: [] })
  expect(fetched).toHaveBeenCalledTimes(3)
})

test('when the session is over the user is signed out', async () => {
  begin({ access_token: 'old', expires_in: 900, user })
  vi.stubGlobal('fetch', async (url: string) =>
    url.endsWith('/session/refresh') ? json(204, null) : json(401, { error: 'expired', details: {} }),
  )

  await expect(call('GET /api/v1/jobs')).rejects.toThrow('expired')
  expect(useSession.getState().state).toBe('signed-out')
})

test('an error says what the server says, and about which field', async () => {
  vi.stubGlobal('fetch', async () => json(422, { error: 'mode is "ful".', details: { field: 'mode' } }))

  const error = await call('GET /api/v1/jobs').catch((thrown: unknown) => thrown as ApiError)
  expect(error).toMatchObject({ status: 422, message: 'mode is "ful".', field: 'mode' })
})
