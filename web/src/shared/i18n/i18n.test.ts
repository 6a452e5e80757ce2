import { expect, test } from 'vitest'
import { fill, firstLanguage } from '.'
import { en } from './en'
import { ru } from './ru'
import { uk } from './uk'

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

test.each([
  ['uk', uk],
  ['ru', ru],
] as const)('%s has every text with the same places to fill', (_, texts) => {
  for (const [key, text] of Object.entries(en)) {
    expect([key, places(texts[key as keyof typeof en])]).toEqual([key, places(text)])
  }
})

test('the chosen language wins over the browser, whose first known one is taken', () => {
  expect(firstLanguage('ru', ['uk-UA'])).toBe('ru')
  expect(firstLanguage(null, ['de-DE', 'uk-UA', 'en'])).toBe('uk')
  expect(firstLanguage('xx', ['de'])).toBe('en')
})

test('places are filled, and unknown ones stay', () => {
  expect(fill('{a} of {b}', { a: 1 })).toBe('1 of {b}')
})
