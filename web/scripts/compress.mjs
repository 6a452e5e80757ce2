// Puts a .br and a .gz beside each text file of dist/ that is worth it; the server sends the smallest that a browser takes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url).pathname
for (const name of readdirSync(join(dist, 'assets'))) {
  const path = join(dist, 'assets', name)
  const content = readFileSync(path)
  if (content.length < 1024) continue
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
}
