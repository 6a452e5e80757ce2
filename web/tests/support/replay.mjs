// The built program as the Marketing API, on a free port.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../../src/App/bin/Release/program/Tradepost.App.dll', import.meta.url))

/** @returns {Promise<{settings: Record<string, string>, stop: () => Promise<void>}>} The settings of a server that is to ask it. */
export async function startReplay() {
  const server = spawn('dotnet', [program, 'ads', 'replay-server', '--port', '0', '--campaigns', '3'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const settings = await new Promise((resolve, reject) => {
    let text = ''
    server.stderr.on('data', (chunk) => {
      text += chunk
      const found = [...text.matchAll(/(META_\w+)=(\S+)\n/g)].map((match) => [match[1], match[2]])
      if (found.length === 3) resolve(Object.fromEntries(found))
    })
    server.once('exit', (code) => reject(new Error(`The replay server ended with ${code}:\n${text}`)))
  })
  return {
    settings,
    stop: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGINT')
      await ended
    },
  }
}
