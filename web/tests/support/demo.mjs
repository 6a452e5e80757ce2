// The built program with the demo's data, in a folder of its own and on a free port.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../../src/App/bin/Release/program/Tradepost.App.dll', import.meta.url))
const patience = 180_000

/** Runs a command of the program, beside a server that may run on the same data. */
export function tradepost(data, ...args) {
  return run([program, ...args, '--data', data], data)
}

/** @returns {Promise<{address: string, link: string, data: string, tradepost: (...args: string[]) => Promise<string>, stop: () => Promise<void>}>} */
export async function startDemo(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tradepost-page-'))
  const environment = { ...process.env, TRADEPOST_URLS: 'http://127.0.0.1:0', TRADEPOST_RATE_LIMIT: '100000', ...settings }
  const server = spawn('dotnet', [program, 'demo', '--no-browser', '--data', folder], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const said = await new Promise((resolve, reject) => {
    let text = ''
    const timer = setTimeout(() => reject(new Error(`The demo did not come up:\n${text}`)), patience)
    server.stderr.on('data', (chunk) => {
      text += chunk
      if (!/sign-in#\S+\n/.test(text)) return
      clearTimeout(timer)
      resolve(text)
    })
    server.once('exit', (code) => reject(new Error(`The demo ended with ${code}:\n${text}`)))
  })
  const link = /(\S+\/sign-in#\S+)/.exec(said)[1].replace('localhost', '127.0.0.1')
  return {
    address: new URL(link).origin,
    link,
    data: join(folder, 'demo'),
    /** Runs a command beside the server, on its store. */
    tradepost: (...args) => tradepost(join(folder, 'demo'), ...args),
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function run(args, cwd) {
  return new Promise((resolve, reject) => {
    const process = spawn('dotnet', args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    let [output, errors] = ['', '']
    process.stdout.on('data', (chunk) => (output += chunk))
    process.stderr.on('data', (chunk) => (errors += chunk))
    process.once('exit', (code) => (code === 0 ? resolve(output) : reject(new Error(errors || output))))
  })
}
