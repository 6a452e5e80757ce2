import { create } from 'zustand'
import { en, type Texts } from './en'

export type Language = 'en' | 'uk' | 'ru'
export type TextKey = keyof Texts

export const languages: readonly { readonly code: Language; readonly name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'uk', name: 'Українська' },
  { code: 'ru', name: 'Русский' },
]

const key = 'tradepost.language'
const others = { uk: () => import('./uk').then((module) => module.uk), ru: () => import('./ru').then((module) => module.ru) }

export const useLanguage = create<{ readonly language: Language; readonly texts: Texts }>(() => ({ language: 'en', texts: en }))

export async function setLanguage(language: Language) {
  const texts = language === 'en' ? en : await others[language]()
  localStorage.setItem(key, language)
  document.documentElement.lang = language
  useLanguage.setState({ language, texts })
}

/** The language that was chosen before, or the first of the browser's that there is. */
export function firstLanguage(chosen: string | null, browser: readonly string[]): Language {
  const known = (code: string | undefined | null): code is Language => languages.some((language) => language.code === code)
  return known(chosen) ? chosen : (browser.map((code) => code.split('-')[0]).find(known) ?? 'en')
}

export const startLanguage = () => setLanguage(firstLanguage(localStorage.getItem(key), navigator.languages))

/** A text with its {placeholders} filled. */
export function fill(text: string, values: Readonly<Record<string, string | number>> = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}

export function useText() {
  const texts = useLanguage((state) => state.texts)
  return (name: TextKey, values?: Readonly<Record<string, string | number>>) => fill(texts[name], values)
}
