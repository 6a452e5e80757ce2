import { render, screen, within } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import type { ReturnComparison, ReturnMetrics } from '@/shared/api/schema'
import { fetchTexts } from '@/shared/i18n'
import { texts } from '../texts'
import { Models } from './Models'

const model = (name: string, rmse: number, isChampion: boolean): ReturnMetrics => ({
  model: `${name}_log_return_6h`,
  version: 1,
  symbol: 'AAA',
  horizon: 6,
  trained_at: '2026-01-01T00:00:00Z',
  train_from: '2025-01-01T00:00:00Z',
  test_from: '2025-07-01T00:00:00Z',
  test_to: '2025-12-31T00:00:00Z',
  data_fingerprint: 'a',
  feature_fingerprint: 'b',
  is_champion: isChampion,
  figures: {
    n: 4000,
    rmse,
    mae: 0.004,
    rmse_zero: 0.01,
    r2_zero: 0.002,
    r2_mean: null,
    directional_accuracy: 0.512,
    up_share: 0.504,
    ic: 0.031,
    rank_ic: 0.029,
    ic_ir: null,
    sharpe_gross: 1.5,
    sharpe_net: null,
    turnover: 0.8,
    max_drawdown: 0.2,
    calibration_slope: null,
    coverage_80: 0.799,
    width_80: 0.02,
    acted_share: 0,
    acted_accuracy: null,
    acted_sharpe_gross: null,
    acted_sharpe_net: null,
    acted_turnover: 0,
  },
  live: { predictions: 0, known: 0, rmse: null, coverage_80: null },
})

const comparison = (best: number): ReturnComparison => ({
  trained: [{ symbol: 'AAA', horizons: [6] }],
  symbol: 'AAA',
  horizon: 6,
  champion: {
    symbol: 'AAA',
    horizon: 6,
    model: 'Ridge_log_return_6h',
    version: 1,
    rmse: best,
    rmse_zero: 0.01,
    beats_zero: best < 0.01,
    note: '',
  },
  models: [model('Ridge', best, true), model('Zero', 0.01, false)],
  canaries: [],
  years: [],
  folds: [],
})

beforeAll(() => fetchTexts(texts))

test('where nothing beats forecasting no change, the page says so', () => {
  render(<Models comparison={comparison(0.0101)} />)

  expect(screen.getByRole('status').textContent).toBe(
    'Nothing beats forecasting no change: the best model, Ridge_log_return_6h, has an error of 1.010%, no change 1.000%.',
  )
})

test('a champion that beats no change is said to, is marked, and every figure stands beside what it is held against', () => {
  render(<Models comparison={comparison(0.0099)} />)

  expect(screen.getByRole('status').textContent).toBe(
    'Ridge_log_return_6h beats forecasting no change: its error is 0.990%, that of no change 1.000%.',
  )
  const [champion, zero] = screen.getAllByRole('row').slice(1) as [HTMLElement, HTMLElement]
  within(champion).getByText('Champion')
  within(champion).getByText('50.4%')
  expect(
    within(champion)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  ).toEqual(['4,000', '0.990%1.000%', '0.200%', '51.2%50.4%', '0.031', '0.029', '1.50', '—', '0.80', '79.9%', '—'])
  expect(within(zero).queryByText('Champion')).toBeNull()
})
