import type { Browser, Page, Request } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { violations } from './support/axe.mjs'
import { others, pages, tabs } from './support/pages.mjs'
import { choose, patience, watch } from './support/walk.mjs'
import { demo, enter, open } from './support/world'

/** Those that tests of their own look at more closely. */
const elsewhere = /^\/(marketplace|ads)\b|^\/trading\?tab=returns/
const addresses = [...pages, ...tabs, ...others, '/runs/nowhere/else'].filter((address) => !elsewhere.test(address))

let browser: Browser
let page: Page
const wrong: string[] = []

beforeAll(async () => {
  ;({ browser, page } = await open())
  watch(page, demo.address, wrong)
})

afterAll(() => browser?.close())

afterEach(() => {
  expect(wrong.splice(0)).toEqual([])
})

const go = (path: string) => page.goto(demo.address + path)
const heading = (name: string) => page.getByRole('heading', { level: 1, name })
const state = (name: string) => page.getByRole('region', { name: 'Run', exact: true }).getByText(name, { exact: true })

describe('signing in', () => {
  test('who has not signed in sees the form, and a wrong password is refused in words', async () => {
    await go('/retail')
    await page.getByLabel('E-mail').fill('nobody@example.com')
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('button', { name: 'Sign in' }).click()

    await page.getByText('The e-mail or the password is wrong.').waitFor()
  })

  test('the form is accessible in either theme', async () => {
    expect(await violations(page)).toEqual([])
  })

  test('the link of the demo signs in, leaves no code in the address and no token in storage', async () => {
    await page.goto(demo.link)
    await heading('Overview').waitFor()

    expect(page.url()).toBe(`${demo.address}/`)
    const kept = await page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]))
    expect(kept).not.toMatch(/eyJ|session/)
  })

  test('a reload stays signed in, at any address', async () => {
    await go('/data')
    await page.reload()
    await heading('Data').waitFor()
  })

  test('two tabs at once stay signed in', async () => {
    const other = await page.context().newPage()
    watch(other, demo.address, wrong)
    await Promise.all([page.reload(), other.goto(`${demo.address}/runs`)])
    await other.getByRole('heading', { level: 1, name: 'Runs' }).waitFor()
    await heading('Data').waitFor()
    await other.close()
  })
})

describe('runs', () => {
  test('an ETL is started from its form, watched to its end, and changes the key figures', async () => {
    await go('/retail')
    await page.getByLabel('Period').selectOption('all')
    const orders = page.getByText('Orders', { exact: true }).first().locator('xpath=following-sibling::p[1]')
    await orders.waitFor()
    const before = await orders.innerText()
    await demo.tradepost('retail', 'generate', '--advance', '1')

    await page.getByRole('link', { name: 'Load now' }).click()
    await page.getByLabel('mode').selectOption('incremental')
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
    await state('Succeeded').waitFor()
    await page.getByRole('log').getByText('commit').waitFor()
    await page.getByText('ended', { exact: true }).waitFor()

    await page.getByRole('link', { name: 'Retail' }).click()
    await page.getByLabel('Period').selectOption('all')
    await expect.poll(() => orders.innerText()).not.toBe(before)
  })

  test('the last load says what the API and its run say', async () => {
    const answered = page.waitForResponse((response) => response.url().includes('/api/v1/retail/loads'))
    await go('/retail')
    const load = (
      (await (await answered).json()) as { items: { run_id: string; result: { rows_read: number; differing: number; tables: object } }[] }
    ).items[0]!
    const card = page.getByRole('region', { name: 'Last load' }).first()

    await card.getByText(load.result.rows_read.toLocaleString('en-GB'), { exact: true }).first().waitFor()
    expect(load.result.differing).toBe(0)
    await card.getByText('all rows agree').waitFor()
    expect(await card.getByRole('row').count()).toBe(Object.keys(load.result.tables).length + 1)
    await card.getByRole('link', { name: / ago$|^now$/ }).click()
    await page.waitForURL(`**/runs/${load.run_id}`)
    await state('Succeeded').waitFor()
  })

  test('a period has the same figures on the page, over HTTP and in a terminal', async () => {
    const answered = page.waitForResponse(
      (response) => response.url().includes('/api/v1/retail/kpi?from=') && response.url().includes('top=10'),
    )
    await go('/retail')
    await page.getByLabel('Period').selectOption('90')
    const answer = await answered
    const asked = new URL(answer.url()).searchParams
    const [from, to] = [asked.get('from')!, asked.get('to')!]
    const served = (await answer.json()) as { revenue: string; orders: number; from: string; to: string }
    const printed = JSON.parse(
      await demo.tradepost('retail', 'kpi', '--from', from, '--to', to, '--by', asked.get('by')!, '--without-cohorts', '--json'),
    ) as typeof served

    expect(printed).toEqual(served)
    expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBe(90)
    const figure = (name: string) => page.getByText(name, { exact: true }).first().locator('xpath=following-sibling::p[1]')
    await expect.poll(() => figure('Orders').innerText()).toBe(served.orders.toLocaleString('en-GB'))
    expect((await figure('Revenue').innerText()).replaceAll(/[^\d.]/g, '')).toBe(Number(served.revenue).toFixed(2))
  })

  test('a backfill, its days and its runs are the same on the page, over HTTP and in a terminal', async () => {
    const now = Date.now()
    const day = (ago: number) => new Date(now - ago * 86_400_000).toISOString().slice(0, 10)
    const [first, last] = [day(5), day(4)]
    await demo.tradepost('jobs', 'backfill', 'retail.etl', '--from', first, '--to', last, '--json')
    const planned = JSON.parse(
      await demo.tradepost('jobs', 'backfill', 'retail.etl', '--from', day(6), '--to', day(3), '--dry-run', '--json'),
    ) as { days: readonly { day: string; state: string; run_id: string | null }[] }
    await go('/runs?tab=backfills')
    await page.getByLabel('From', { exact: true }).fill(day(6))
    const answered = page.waitForResponse(
      (response) => response.url().includes(`from=${day(6)}`) && response.url().includes(`to=${day(3)}`),
    )
    await page.getByLabel('To', { exact: true }).fill(day(3))
    const served = ((await (await answered).json()) as { items: typeof planned.days }).items

    expect(planned.days.map((one) => one.day)).toEqual([day(6), day(5), day(4), day(3)])
    expect(served).toEqual(planned.days)
    const run = served[1]!.run_id!
    await page.locator(`a[href$="/runs/${run}"]`).first().click()
    await state('Succeeded').waitFor()
    expect((JSON.parse(await demo.tradepost('jobs', 'show', run, '--json')) as { state: string }).state).toBe('succeeded')
  })

  test('days that cannot be shown say why', async () => {
    await go('/retail')
    await page.getByLabel('Period').selectOption('own')
    await page.getByLabel('From', { exact: true }).fill('2025-03-02')
    await page.getByLabel('To', { exact: true }).fill('2025-03-01')
    await page.getByText('The first day lies after the last.').waitFor()
    await page.getByLabel('From', { exact: true }).fill('2090-01-01')
    await page.getByLabel('To', { exact: true }).fill('2090-01-31')
    await page.getByText(/There are no orders in these days/).waitFor()
  })

  test('what the server refuses stands at the field it is about', async () => {
    await go('/runs?start=retail.etl')
    await page.getByLabel('overlap').fill('long')
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()

    await expect.poll(() => page.getByLabel('overlap').getAttribute('aria-invalid')).toBe('true')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('a schedule is made, paused and removed', async () => {
    await go('/runs?tab=schedules')
    await page.getByRole('button', { name: 'New schedule' }).click()
    await page.getByLabel('Name').fill('hourly')
    await page.getByLabel('Cron').fill('0 * * * *')
    await page.getByLabel('Time zone').fill('UTC')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Pause: hourly' }).click()
    await page
      .getByRole('row', { name: /hourly/ })
      .getByText('Paused')
      .waitFor()
    await page.getByRole('button', { name: 'Remove: hourly' }).click()
    await page.getByRole('button', { name: 'Remove: hourly' }).waitFor({ state: 'detached' })
  })
})

describe('data', () => {
  test('a query gives a table, a chart and a file', async () => {
    await go('/data?tab=sql')
    await page.getByLabel('Statement').fill('SELECT order_status, count(*) AS lines FROM fact_sales GROUP BY 1')
    await page.getByLabel('Statement').press('Control+Enter')
    await page.getByRole('cell', { name: 'paid' }).first().waitFor()
    await page.getByRole('tab', { name: 'Chart' }).click()
    await page.getByRole('listitem').filter({ hasText: 'paid' }).first().waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()])

    expect(download.suggestedFilename()).toBe('query.csv')
  })

  test('a write is refused', async () => {
    await page.getByLabel('Statement').fill('DELETE FROM fact_sales')
    await page.getByRole('button', { name: 'Run', exact: true }).click()

    await page.getByRole('alert').waitFor()
    const left = await demo.tradepost('db', 'query', 'SELECT count(*) FROM fact_sales', '--json')
    expect(Number(/\d\d+/.exec(left)?.[0])).toBeGreaterThan(1000)
  })

  test('a diagram is moved and enlarged by keyboard, and leads to the tables that are in the store', async () => {
    await go('/data?tab=diagrams')
    const diagram = page.getByRole('img', { name: /Entity diagram of Warehouse: .*fact_sales/ })
    await expect.poll(() => diagram.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
    const box = page.getByRole('group', { name: 'Diagrams' })
    await box.focus()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => box.evaluate((one) => one.scrollTop)).toBeGreaterThan(0)
    const width = () => diagram.evaluate((image) => image.clientWidth)
    const before = await width()
    await page.getByRole('button', { name: 'Larger' }).press('Enter')
    await expect.poll(width).toBeGreaterThan(before)

    await page.getByLabel('Diagram', { exact: true }).selectOption({ label: 'Source: payments' })
    await page.getByRole('button', { name: /^payments/ }).press('Enter')
    await page.getByRole('region', { name: 'stg_payments' }).waitFor()
  })

  test('a bar leads to the rows behind it', async () => {
    await go('/retail')
    await page.getByRole('region', { name: 'By region' }).getByRole('button').first().click()
    await page.getByRole('dialog').getByRole('row').nth(5).waitFor()
    await page.keyboard.press('Escape')
  })
})

describe('live', () => {
  test('quotes move by themselves', async () => {
    await go('/trading')
    await page.getByText('Live', { exact: true }).waitFor()
    const table = page.getByRole('group', { name: 'Quotes', exact: true })
    const before = await table.innerText()
    await expect.poll(() => table.innerText()).not.toBe(before)
    await page.getByRole('button', { name: 'SIM03' }).click()
    await page.getByRole('heading', { name: 'SIM03' }).waitFor()
    await page.locator('canvas').first().waitFor()
  })

  test('quotes are pushed: the page asks once, however often they move', async () => {
    let asked = 0
    const count = (request: Request) => (asked += request.url().includes('/trading/feeds') ? 1 : 0)
    page.on('request', count)
    await go('/trading')
    const table = page.getByRole('group', { name: 'Quotes', exact: true })
    for (let moved = 0; moved < 5; moved++) {
      const before = await table.innerText()
      await expect.poll(() => table.innerText()).not.toBe(before)
    }
    page.off('request', count)

    expect(asked).toBe(1)
  })

  test('the order book of the chosen symbol moves, and agrees with its quotes', async () => {
    await page.getByRole('button', { name: 'SIM02' }).click()
    const ladder = page.getByRole('region', { name: 'Order book' }).getByRole('group', { name: 'Best levels of the order book' })
    await page.getByRole('img', { name: /Order book of SIM02/ }).waitFor()
    const before = await ladder.innerText()
    await expect.poll(() => ladder.innerText()).not.toBe(before)
    await page.getByText('100% as quoted').waitFor()

    expect(await ladder.getByRole('row').count()).toBe(11)
  })

  test('a lost connection is said, and mends itself', async () => {
    await page.context().setOffline(true)
    await page.getByText('The server cannot be reached.').waitFor()
    wrong.length = 0 // the browser writes each request that it could not send
    await page.context().setOffline(false)
    await page.getByText('The server cannot be reached.').waitFor({ state: 'detached' })
    await page.getByText('Live', { exact: true }).waitFor()
    wrong.length = 0
  })

  test('the models forecast a series and mark what does not fit', async () => {
    await go('/models?tab=forecast')
    await page.getByRole('button', { name: 'Use the sample' }).click()
    await page.getByRole('button', { name: 'Forecast', exact: true }).click()
    await page.getByRole('heading', { name: 'Components' }).waitFor()
    await page.getByRole('tab', { name: 'Anomalies' }).click()
    await page.getByRole('button', { name: 'Use the sample' }).click()
    await page.getByRole('button', { name: 'Find anomalies' }).click()
    await page
      .getByRole('cell', { name: '27 Oct 2024, 00:00:00' })
      .or(page.getByRole('cell', { name: /26 Oct 2024/ }))
      .first()
      .waitFor()
  })
})

describe('versions of a model', () => {
  const model = 'Prophet_daily_revenue'
  const row = (text: RegExp) => page.getByRole('group', { name: 'What was in production when' }).getByRole('row', { name: text })
  const ask = (version: number) => page.getByRole('button', { name: `Promote: Version ${version}` }).click()
  const promote = () => page.getByRole('dialog').getByRole('button', { name: 'Promote', exact: true }).click()
  let better: number
  let worse: number

  beforeAll(async () => {
    const { versions } = JSON.parse(await demo.tradepost('models', 'show', model, '--json')) as {
      versions: { version: number; metrics: { name: string; verdict: string }[] }[]
    }
    const isBetter = versions.find(({ version }) => version === 2)!.metrics.find(({ name }) => name === 'mase')!.verdict !== 'worse'
    ;[better, worse] = isBetter ? [2, 1] : [1, 2]
    if (!isBetter) await demo.tradepost('models', 'promote', model, '2', '--force') // which of the two it is depends on the day
  })

  test('the better one is promoted with a reason, and the history says so', async () => {
    await go('/models')
    await ask(better)
    await page.getByLabel('Why').fill('its error is lower')
    await promote()
    await row(/its error is lower/)
      .getByText('promoted')
      .waitFor()

    await page
      .getByRole('group', { name: `Versions of ${model}` })
      .getByRole('row', { name: new RegExp(`^${better} Production`) })
      .waitFor()
    await page.getByRole('group', { name: 'Side by side' }).getByText('worse').first().waitFor()
  })

  test('the worse one is refused in words, and goes in by force', async () => {
    await ask(worse)
    await promote()
    await page.getByRole('dialog').getByText(`is worse than version ${better}`).waitFor()
    await page.getByLabel('Promote it although it is worse').check()
    await promote()
    await row(new RegExp(`Version ${worse} Version ${better} forced`)).waitFor()
  })

  test('rolling back brings the better one back', async () => {
    await page.getByRole('button', { name: 'Roll back' }).click()
    await page.getByLabel('Why').fill('it was only to see')
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click()
    await row(/it was only to see/)
      .getByText('rolled back')
      .waitFor()

    expect(await demo.tradepost('models', 'list', '--json')).toContain(`"production":${better}`)
  })

  test('its forecast goes on where revenue ends', async () => {
    await go('/retail')
    await page.getByRole('link', { name: `Forecast by version ${better}` }).click()
    await heading('Models').waitFor()
  })
})

describe('preferences', () => {
  test.each([
    ['uk', 'Огляд'],
    ['ru', 'Обзор'],
    ['en', 'Overview'],
  ])('the language %s is chosen and stays', async (code, title) => {
    await go('/')
    await page.locator('aside select').selectOption(code)
    await heading(title).waitFor()
    await page.reload()
    await heading(title).waitFor()

    expect(await page.evaluate(() => document.documentElement.lang)).toBe(code)
  })

  test('the theme is chosen and stays', async () => {
    await choose(page, 'light')
    await page.reload()
    await page.getByRole('button', { name: 'Dark theme' }).click()
    await page.reload()
    await page.getByRole('button', { name: 'Light theme' }).waitFor()

    expect(await page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(true)
  })

  test('the first key leads past the navigation', async () => {
    await go('/')
    await heading('Overview').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')

    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
  })
})

test.each(addresses)('axe finds nothing on %s, in either theme', async (path) => {
  await go(path)
  await page.locator('h1').waitFor()
  await expect.poll(() => page.locator('[role=status] .animate-pulse').count()).toBe(0)
  expect(await violations(page)).toEqual([])
})

test('a viewer sees no button that the server would refuse', async () => {
  const context = await browser.newContext({ locale: 'en-GB' })
  const other = await context.newPage()
  watch(other, demo.address, wrong)
  other.setDefaultTimeout(patience)
  await enter(other, 'vera', 'viewer')
  await other.goto(`${demo.address}/data`)
  await other.getByRole('tab', { name: 'Tables' }).waitFor()

  expect(await other.getByRole('tab', { name: 'SQL' }).count()).toBe(0)
  await other.goto(`${demo.address}/models`)
  await other
    .getByRole('button', { name: /^Promote/ })
    .first()
    .waitFor()
  expect(await other.getByRole('button', { name: /^(Promote|Roll back)/, disabled: false }).count()).toBe(0)
  expect(await other.getByRole('tab', { name: 'Forecast' }).count()).toBe(0)
  await context.close()
})

test('a run is cancelled', async () => {
  // A run of minutes, so that it is there to be cancelled however fast the machine and however slow the browser.
  await go('/runs?start=retail.verify')
  await page.getByLabel('scale').fill('100')
  await page.getByLabel('kills').fill('100')
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
  await page.getByRole('button', { name: 'Cancel run' }).click()
  await state('Cancelled').waitFor()
})
