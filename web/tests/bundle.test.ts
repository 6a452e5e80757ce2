import { readdirSync, readFileSync, statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const dist = new URL('../dist/', import.meta.url)
const most = 300_000

test('the first load is less than 300 KB of compressed script', () => {
  const html = readFileSync(new URL('index.html', dist), 'utf8')
  const first = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => match[1]!)
  const size = first.reduce((sum, path) => sum + gzipSync(readFileSync(new URL(path, dist))).length, 0)

  expect(first.length).toBeGreaterThan(0)
  expect(size).toBeLessThan(most)
})

test('the chart library is not part of it', () => {
  const html = readFileSync(new URL('index.html', dist), 'utf8')
  const chart = readdirSync(new URL('assets/', dist)).find((name) => /^UplotChart.*\.js$/.test(name))!

  expect(statSync(new URL(`assets/${chart}`, dist)).size).toBeGreaterThan(0)
  expect(html).not.toContain(chart)
})
