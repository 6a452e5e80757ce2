// A newer ClickHouse than distributions have: the engine of chdb behind as much of ClickHouse's HTTP interface as its clients here use.
//   node clickhouse.mjs FOLDER PORT USER PASSWORD
import { createServer } from 'node:http'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Session } from 'chdb'

const [folder, port, user, password] = process.argv.slice(2)
const session = new Session(join(folder, 'data'))
session.query('SET output_format_decimal_trailing_zeros = 1') // amounts are written as version 18.16 does
const bodies = join(folder, 'bodies')
mkdirSync(bodies, { recursive: true })
const allowed = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
let inserts = 0

createServer(async (request, response) => {
  const body = await readBody(request)
  if (body === null) return // who asked has gone
  const [status, answer] = answerTo(request, body)
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(answer)
}).listen(Number(port), '127.0.0.1')

/** The whole body; null if it was cut off, of which nothing is done. */
async function readBody(request) {
  const parts = []
  try {
    for await (const part of request) parts.push(part)
  } catch (error) {
    if (error.code === 'ECONNRESET') return null
    throw error
  }
  return Buffer.concat(parts)
}

function answerTo(request, sent) {
  if (request.headers.authorization !== allowed)
    return [401, 'Code: 516. DB::Exception: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED)']
  const asked = new URL(request.url, 'http://localhost').searchParams.get('query')
  const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent
  try {
    return [200, asked === null ? session.query(body.toString(), 'TabSeparated') : insert(asked, body)]
  } catch (error) {
    return [500, error.message.replace(/^Query failed: /, '')]
  }
}

/** Runs an insert whose rows came in the body: chdb takes bytes from a file alone. */
function insert(sql, rows) {
  const file = join(bodies, `${++inserts}`)
  writeFileSync(file, rows)
  try {
    return session.query(sql.replace(/ FORMAT (\w+)$/i, ` FROM INFILE '${file}' FORMAT $1`))
  } finally {
    rmSync(file)
  }
}
