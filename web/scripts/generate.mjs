// Writes src/shared/api/schema.ts from the API's OpenAPI document, which a server of the built program gives; with --check,
// fails when what is committed differs.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { typesOf } from './types.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const target = join(root, 'web/src/shared/api/schema.ts')
const program = join(root, 'src/App/bin/Release/program/Tradepost.App.dll')

async function document() {
  const data = mkdtempSync(join(tmpdir(), 'tradepost-types-'))
  const server = spawn('dotnet', [program, 'serve', '--urls', 'http://127.0.0.1:0', '--data', data, '--no-worker'], {
    cwd: data,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  try {
    const address = await new Promise((resolve, reject) => {
      let said = ''
      server.stderr.on('data', (chunk) => {
        said += chunk
        const found = /listens on (\S+)/.exec(said)
        if (found) resolve(found[1])
      })
      server.on('exit', (code) => reject(new Error(`The server ended with ${code}:\n${said}`)))
      server.on('error', reject)
    })
    return await (await fetch(`${address}/openapi/v1.json`)).json()
  } finally {
    server.removeAllListeners('exit')
    server.kill('SIGKILL')
    rmSync(data, { recursive: true, force: true })
  }
}

const text = typesOf(await document())
if (!process.argv.includes('--check')) {
  writeFileSync(target, text)
} else if (readFileSync(target, 'utf8') !== text) {
  console.error('web/src/shared/api/schema.ts is not that of the API: run `web/generate` and commit what it writes.')
  process.exit(1)
}
