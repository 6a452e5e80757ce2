import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const source = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
const imports = files.flatMap((file) =>
  [...readFileSync(join(source, file), 'utf8').matchAll(/(?:from|import)\s*\(?'(@\/[^']+|\.[^']*)'/g)].map(
    (match) => [file, match[1]!.startsWith('@/') ? match[1]!.slice(2) : join(file, '..', match[1]!)] as const,
  ),
)

test('app → features → shared: nothing points the other way, and no feature into another', () => {
  const [layer, part] = [(path: string) => path.split('/')[0]!, (path: string) => path.split('/').slice(0, 2).join('/')]
  const wrong = imports.filter(([file, target]) =>
    layer(file) === 'shared'
      ? layer(target) !== 'shared'
      : layer(file) === 'features'
        ? layer(target) === 'app' || (layer(target) === 'features' && part(target) !== part(file))
        : layer(target) === 'features' && file !== 'app/features.ts',
  )

  expect(imports.length).toBeGreaterThan(100)
  expect(wrong).toEqual([])
})

test('every text that is used is there, and every text that is there is used by its part of the page', () => {
  const textOf = (own: readonly string[]) => own.map((file) => readFileSync(join(source, file), 'utf8')).join('\n')
  const unused = files
    .filter((file) => /\/(texts|i18n)\/en\.ts$/.test(file))
    .flatMap((file) => {
      const part = file.startsWith('shared/') ? '' : file.slice(0, file.indexOf('texts/'))
      const all = textOf(files.filter((one) => one.startsWith(part) && !/\/(texts|i18n)\//.test(one) && !one.endsWith('.test.ts')))
      const keys = [...textOf([file]).matchAll(/^ {2}'([^']+)':/gm)].map((match) => match[1]!)
      const prefixes = [...all.matchAll(/t\(`([a-zA-Z.]+)\.?\$\{/g)].map((match) => match[1]!)
      expect([file, keys.length > 0]).toEqual([file, true])
      return keys.filter((key) => !all.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)))
    })

  expect(unused).toEqual([])
})
