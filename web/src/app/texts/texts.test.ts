import { expect, test } from 'vitest'

interface File {
  readonly texts: Readonly<Record<string, string>>
}

const files = {
  ...import.meta.glob<File>('../../shared/i18n/{en,uk,ru}.ts', { eager: true }),
  ...import.meta.glob<File>('../../{app,features/*}/texts/{en,uk,ru}.ts', { eager: true }),
  ...import.meta.glob<File>('./{en,uk,ru}.ts', { eager: true }),
}
const english = Object.keys(files).filter((path) => path.endsWith('/en.ts'))
const places = (text = '') => [...text.matchAll(/\{\w+\}/g)].map(String).sort()

test.each(['uk', 'ru'])('%s has every text of every part with the same places to fill, and no other', (language) => {
  expect(english.length).toBeGreaterThan(2)
  for (const path of english) {
    const [{ texts: en }, other] = [files[path]!, files[path.replace(/en\.ts$/, `${language}.ts`)]]
    expect([path, Object.keys(other?.texts ?? {}).sort()]).toEqual([path, Object.keys(en).sort()])
    for (const [key, text] of Object.entries(en)) expect([key, places(other?.texts[key])]).toEqual([key, places(text)])
  }
})

test('no two parts give one key to different texts', () => {
  const keys = english.flatMap((path) => Object.keys(files[path]!.texts))

  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
})
