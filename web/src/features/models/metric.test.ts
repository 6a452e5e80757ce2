import { expect, test } from 'vitest'
import { formatter } from '@/shared/format'
import { difference, figure } from './metric'

const format = formatter('en')

test('an error is written with four digits, a coverage in percent, and what is missing as a dash', () => {
  expect(figure({ aim: 'lower' }, 49_990.329, format)).toBe('49,990')
  expect(figure({ aim: 'lower' }, 0.756581, format)).toBe('0.7566')
  expect(figure({ aim: 'nearest' }, 0.798, format)).toBe('79.8%')
  expect(figure({ aim: 'lower' }, null, format)).toBe('—')
})

test('the difference is a share of production, and none of a coverage or without production', () => {
  expect(difference({ aim: 'lower', compared: 0.6, production: 0.8 })).toBeCloseTo(-0.25)
  expect(difference({ aim: 'nearest', compared: 0.6, production: 0.8 })).toBeNull()
  expect(difference({ aim: 'lower', compared: 0.6, production: null })).toBeNull()
  expect(difference({ aim: 'higher', compared: 1, production: 0 })).toBeNull()
})
