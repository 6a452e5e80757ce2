import { create } from 'zustand'
import * as en from './en'

export type Language = 'en' | 'uk' | 'ru'
type Texts = Readonly<Record<string, string>>
interface TextFile {
  readonly texts: Texts
}

/** Where the texts of a part of the page are; those of the first load are there already. */
export type TextFiles = Readonly<Record<Language, TextFile | (() => Promise<TextFile>)>>

/** A word in every language, for what is shown before the texts of its part are loaded. */
export type Word = Readonly<Record<Language, string>>
export type SharedKey = keyof typeof en.texts

export const languages: readonly { readonly code: Language; readonly name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'uk', name: 'Українська' },
  { code: 'ru', name: 'Русский' },
]

const key = 'tradepost.language'
const known: Record<Language, Record<string, string>> = { en: { ...en.texts }, uk: {}, ru: {} }
const parts = new Set<TextFiles>([{ en, uk: () => import('./uk'), ru: () => import('./ru') }])

/** The language that was chosen before, or the first of the browser's that there is. */
export function firstLanguage(chosen: string | null, browser: readonly string[]): Language {
  const isKnown = (code: string | undefined | null): code is Language => languages.some((language) => language.code === code)
  return isKnown(chosen) ? chosen : (browser.map((code) => code.split('-')[0]).find(isKnown) ?? 'en')
}

export const useLanguage = create<{ readonly language: Language }>(() => ({
  language: firstLanguage(localStorage.getItem(key), navigator.languages),
}))

/** The language that is shown, or will be as soon as its texts are there. */
let wanted = useLanguage.getState().language

async function add(files: TextFiles, language: Language) {
  const file = files[language]
  Object.assign(known[language], (typeof file === 'function' ? await file() : file).texts)
}

/** Loads the texts of a part of the page, in the language of now and from now on in each that is chosen. */
export async function fetchTexts(files: TextFiles) {
  parts.add(files)
  await Promise.all([...new Set([useLanguage.getState().language, wanted])].map((language) => add(files, language)))
}

export async function setLanguage(language: Language) {
  wanted = language
  await Promise.all([...parts].map((files) => add(files, language)))
  if (wanted !== language) return
  localStorage.setItem(key, language)
  document.documentElement.lang = language
  useLanguage.setState({ language })
}

export const startLanguage = () => setLanguage(wanted)

/** A text with its {placeholders} filled. */
export function fill(text: string, values: Readonly<Record<string, string | number>> = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole))
}

/** Says the texts of a part of the page, the shared ones, and words that are given as they are. */
export function useTexts<Own>() {
  const language = useLanguage((state) => state.language)
  return (text: keyof Own | SharedKey | Word, values?: Readonly<Record<string, string | number>>) =>
    fill(typeof text === 'object' ? text[language] : (known[language][text as string] ?? String(text)), values)
}

export const useText = useTexts<object>
