import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const source = fileURLToPath(new URL('../src/', import.meta.url))
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
const imports = files.flatMap((file) =>
  [...readFileSync(join(source, file), 'utf8').matchAll(/(?:from|import)\s*\(?'(@\/[^']+)'/g)].map(
    (match) => [file, match[1]!.slice(2)] as const,
  ),
)

test('app → features → shared: nothing points the other way, and no feature into another', () => {
  const [layer, part] = [(path: string) => path.split('/')[0]!, (path: string) => path.split('/').slice(0, 2).join('/')]
  const wrong = imports.filter(([file, target]) =>
    layer(file) === 'shared'
      ? layer(target) !== 'shared'
      : layer(file) === 'features'
        ? layer(target) === 'app' || (layer(target) === 'features' && part(target) !== part(file))
        : false,
  )

  expect(imports.length).toBeGreaterThan(100)
  expect(wrong).toEqual([])
})

test('every text that is used is there, and every text that is there is used', () => {
  const all = files
    .filter((file) => !file.startsWith('shared/i18n/') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(source, file), 'utf8'))
    .join('\n')
  const keys = [...readFileSync(join(source, 'shared/i18n/en.ts'), 'utf8').matchAll(/^ {2}'([^']+)':/gm)].map((match) => match[1]!)
  const prefixes = [...all.matchAll(/t\(`([a-zA-Z.]+)\.?\$\{/g)].map((match) => match[1]!)

  expect(keys.filter((key) => !all.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)))).toEqual([])
})
