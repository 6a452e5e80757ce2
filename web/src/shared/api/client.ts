import { connection } from './connection'
import type { ErrorBody, Routes } from './schema'
import { bearer, forget, renew } from './session'
import { url } from './url'

export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.name = 'ApiError'
  }

  /** Which field the server did not like. */
  get field(): string | undefined {
    return typeof this.details.field === 'string' ? this.details.field : undefined
  }
}

/** The server was not reached at all. */
export class ConnectionError extends Error {}

type Part<K extends keyof Routes, P extends 'path' | 'query' | 'body'> = [Routes[K][P]] extends [never]
  ? Partial<Record<P, undefined>>
  : object extends Routes[K][P]
    ? Partial<Record<P, Routes[K][P]>>
    : Record<P, Routes[K][P]>

export type Call<K extends keyof Routes> = Part<K, 'path'> &
  Part<K, 'query'> &
  Part<K, 'body'> & { signal?: AbortSignal; headers?: Record<string, string> }

interface Loose {
  path?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  signal?: AbortSignal
  headers?: Record<string, string>
}

/** Calls a route of the API as its OpenAPI document describes it. */
export async function call<K extends keyof Routes>(
  route: K,
  ...[given]: object extends Call<K> ? [Call<K>?] : [Call<K>]
): Promise<Routes[K]['result']> {
  const options = (given ?? {}) as Loose
  const response = await send(route, options)
  if (response.status === 204) return undefined as Routes[K]['result']
  const text = await response.text()
  return (text ? JSON.parse(text) : undefined) as Routes[K]['result']
}

/** The response to a call, which is a success; renews the session once when its token has expired. */
export async function send(route: string, options: Loose): Promise<Response> {
  let response = await attempt(route, options)
  if (response.status === 401 && bearer() && (await renew())) response = await attempt(route, options)
  if (response.ok) return response
  if (response.status === 401 && bearer()) forget()
  throw await failure(response)
}

async function attempt(route: string, { path, query, body, signal, headers }: Loose): Promise<Response> {
  const [method, template] = route.split(' ') as [string, string]
  try {
    const response = await fetch(address(template, path, query), {
      method,
      signal,
      headers: {
        Accept: 'application/json',
        ...(bearer() ? { Authorization: `Bearer ${bearer()}` } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    connection.succeeded()
    return response
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    connection.failed()
    throw new ConnectionError('The server cannot be reached.')
  }
}

export function address(template: string, path: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string {
  const target = new URL(url(template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(path[name])))))
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      if (one !== undefined && one !== null && one !== '') target.searchParams.append(name, String(one))
    }
  }
  return target.toString()
}

async function failure(response: Response): Promise<ApiError> {
  try {
    const body = (await response.json()) as ErrorBody
    return new ApiError(response.status, body.error, body.details as Record<string, unknown>)
  } catch {
    return new ApiError(response.status, response.statusText || String(response.status))
  }
}
