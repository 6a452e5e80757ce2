import { renderHook } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { fetchTexts, fill, firstLanguage, setLanguage, useTexts } from '.'

const own = { 'part.greeting': 'Hello, {name}' }
const greetingOf = (t: ReturnType<typeof useTexts<typeof own>>) => t('part.greeting', { name: 'Anna' })

beforeEach(() => setLanguage('en'))

test('the texts of a part are there once they are fetched, and in each language that is chosen afterwards', async () => {
  await fetchTexts({
    en: { texts: own },
    uk: () => Promise.resolve({ texts: { 'part.greeting': 'Вітаю, {name}' } }),
    ru: () => Promise.resolve({ texts: { 'part.greeting': 'Привет, {name}' } }),
  })
  expect(greetingOf(renderHook(() => useTexts<typeof own>()).result.current)).toBe('Hello, Anna')

  await setLanguage('uk')

  expect(greetingOf(renderHook(() => useTexts<typeof own>()).result.current)).toBe('Вітаю, Anna')
  expect(document.documentElement.lang).toBe('uk')
})

test('a part that is fetched while the language changes has its texts in both', async () => {
  const asked: string[] = []
  const file = (language: string) => () => {
    asked.push(language)
    return Promise.resolve({ texts: {} })
  }
  const change = setLanguage('ru')
  await fetchTexts({ en: file('en'), uk: file('uk'), ru: file('ru') })
  await change

  expect(asked).toEqual(['en', 'ru'])
})

test('a word that is given as it is needs no texts', () => {
  const { current: t } = renderHook(() => useTexts<object>()).result

  expect(t({ en: 'Runs', uk: 'Запуски', ru: 'Запуски' })).toBe('Runs')
  expect(t('action.more')).toBe('Show more')
})

test('the chosen language wins over the browser, whose first known one is taken', () => {
  expect(firstLanguage('ru', ['uk-UA'])).toBe('ru')
  expect(firstLanguage(null, ['de-DE', 'uk-UA', 'en'])).toBe('uk')
  expect(firstLanguage('xx', ['de'])).toBe('en')
})

test('places are filled, and unknown ones stay', () => {
  expect(fill('{a} of {b}', { a: 1 })).toBe('1 of {b}')
})
