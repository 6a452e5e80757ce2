import { expect, test } from 'vitest'
import { receiptOf } from './receipt'

test('a run that has no receipt yet, or failed, has none', () => {
  expect([undefined, null, {}, { user: 'u' }, 'text'].map(receiptOf)).toEqual([null, null, null, null, null])
})

test('a receipt has its places', () => {
  const receipt = receiptOf({ user: 'u', erased_at: '2026-01-01T00:00:00Z', places: [{ place: 'ad_events', rows: 3 }] })

  expect(receipt?.places).toEqual([{ place: 'ad_events', rows: 3 }])
  expect(receipt?.models_to_retrain).toEqual([])
})
