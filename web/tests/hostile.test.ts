import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { others, pages, tabs } from './support/pages.mjs'
import { demo, enter, open } from './support/world'

const addresses = [...pages, ...tabs, ...others]
const payloads = [
  '<img src=x onerror="window.ran=1">',
  '"><script>window.ran=1</script>',
  "javascript:window.ran=1//'-alert(1)-'",
  '</textarea><svg onload="window.ran=1">',
  '{{window.ran=1}}${window.ran=1}',
  '\u202egpj.exe\u2066 \u200b\u0007\u001b[31m\u2028',
]

/** Fields that hold what somebody typed: names, messages, cells. What the page goes by (states, kinds, keys, times) stays. */
const typed = new Set([
  'name',
  'message',
  'problem',
  'error',
  'description',
  'symbol',
  'exchange',
  'customer',
  'region',
  'manager',
  'category',
  'product',
  'sku',
  'email',
  'asked_by',
  'cancel_asked_by',
  'actor',
  'subject',
  'client',
  'rule',
  'table',
  'key',
  'natural_key',
  'row',
  'note',
  'reason',
  'step',
  'worker',
  'changed_by',
  'created_by',
  'decided_by',
  'last_error',
  'destination',
  'url',
  'payment_method',
  'label',
  'file',
  'text',
])

let browser: Browser
let page: Page
let payload = ''
let changed = 0
const wrong: string[] = []

function soil(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => soil(item, name))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, soil(inner, key)]))
  if (typeof value !== 'string' || !typed.has(name) || /^[a-z]+\.[a-z-]+$/.test(value)) return value
  changed++
  return value + payload
}

beforeAll(async () => {
  ;({ browser, page } = await open())
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) wrong.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(demo.address) && !/^(blob|data):/.test(request.url())) wrong.push(`request: ${request.url()}`)
  })
  await enter(page, 'hilda')
  await page.route('**/api/v1/**', async (route) => {
    if (
      payload === '' ||
      route.request().method() !== 'GET' ||
      /auth/.test(route.request().url()) ||
      /event-stream/.test(route.request().headers()['accept'] ?? '')
    )
      return route.continue()
    const response = await route.fetch()
    if (!/json/.test(response.headers()['content-type'] ?? '')) return route.fulfill({ response })
    return route.fulfill({ response, json: soil(await response.json()) })
  })
})

afterAll(() => browser?.close())

/** What of the payload became part of the page. */
async function found() {
  return page.evaluate(() => ({
    ran: (window as unknown as { ran?: number }).ran ?? null,
    elements: [
      ...document.querySelectorAll('img[src="x"], script:not([src]), svg[onload], [onerror], [onload], iframe, object, embed'),
    ].map((element) => element.outerHTML.slice(0, 200)),
    links: [...document.querySelectorAll('[href], [src], [action]')]
      .map((element) => element.getAttribute('href') ?? element.getAttribute('src') ?? element.getAttribute('action') ?? '')
      .filter((address) => /^\s*(javascript|vbscript|data:text)/i.test(address)),
  }))
}

// Each text gets all of them, in both orders: none hides behind another.
test.each([
  ['one after the other', payloads],
  ['the last one first', payloads.toReversed()],
])(
  'no page runs or links what a name, a message or a cell holds: %s',
  async (_, hostile) => {
    payload = hostile.join(' ')
    changed = 0
    for (const path of addresses) {
      await page.goto(demo.address + path, { waitUntil: 'load' })
      await page.locator('#root > *').first().waitFor({ state: 'attached' })
      await page.waitForTimeout(1_000)
      expect(await found(), path).toEqual({ ran: null, elements: [], links: [] })
    }
    expect(changed).toBeGreaterThan(20)
    expect(wrong).toEqual([])
  },
  240_000,
)

test('columns and cells of a query are texts, and the CSV of it runs in no spreadsheet', async () => {
  payload = ''
  await page.goto(`${demo.address}/data?tab=sql`)
  const box = page.getByRole('textbox').first()
  await box.fill(
    `select '<img src=x onerror="window.ran=1">' as "<img src=x onerror=window.ran=1>", '=1+1' as "=cmd|' /C calc'!A0", 'javascript:window.ran=1' as "@link", -1.5 as number`,
  )
  await page.keyboard.press('Control+Enter')
  await page.getByText('javascript:window.ran=1').last().waitFor()

  expect(await found()).toEqual({ ran: null, elements: [], links: [] })
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: /CSV/ }).click()
  const stream = await (await download).createReadStream()
  let csv = ''
  for await (const part of stream) csv += String(part)
  expect(csv).toContain("'=cmd|")
  expect(csv).toContain("'=1+1")
  expect(csv).toContain("'@link")
  expect(csv).toContain('-1.5')
  expect(wrong).toEqual([])
}, 240_000)

test('a text that turns the direction of writing turns its own element only', async () => {
  payload = '\u202e'
  await page.goto(`${demo.address}/runs`, { waitUntil: 'load' })
  await page.getByText('\u202e').first().waitFor()
  const leaking = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const bad: string[] = []
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement!
      const style = getComputedStyle(element)
      if (/\u202e/.test(walker.currentNode.nodeValue ?? '') && style.display === 'inline' && !/isolate/.test(style.unicodeBidi))
        bad.push(element.outerHTML.slice(0, 120))
    }
    return bad
  })
  expect(leaking).toEqual([])
}, 240_000)
