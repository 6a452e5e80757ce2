import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { fetchTexts } from '@/shared/i18n'
import { texts } from '../texts'
import { Returns } from './Returns'

const nothing = {
  trained: [],
  symbol: null,
  horizon: null,
  champion: null,
  model: null,
  models: [],
  canaries: [],
  years: [],
  folds: [],
  forecasts: [],
  equity: [],
  cost_basis_points: 5,
  decision_factor: 2,
  acted_share: null,
}

beforeAll(() => fetchTexts(texts))
afterEach(() => vi.unstubAllGlobals())

function show(address: string, status: number, body: object) {
  const asked: string[] = []
  vi.stubGlobal('fetch', (target: string) => {
    asked.push(new URL(target).search)
    return Promise.resolve(new Response(JSON.stringify(body), { status }))
  })
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MemoryRouter initialEntries={[address]}>
        <Returns />
      </MemoryRouter>
    </QueryClientProvider>,
  )
  return asked
}

test('before anything was trained the page says how to train', async () => {
  show('/trading?tab=returns', 200, nothing)

  await screen.findByText('No model was trained yet')
  screen.getByText('Train them: tradepost trading train')
})

test('the address says the symbol and the horizon, and a refusal of the server is shown', async () => {
  const error = 'The symbol is "NONE"; models were trained of AAA.'
  const asked = show('/trading?tab=returns&symbol=NONE&horizon=6', 422, { status: 'error', error, details: { field: 'symbol' } })

  await screen.findByText(error)
  expect(new Set(asked)).toEqual(new Set(['?symbol=NONE&horizon=6']))
})
