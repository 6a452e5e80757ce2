// Measures the page of a server in a browser, and prints JSON: how long each page takes until its largest content is painted, how long until the
// next frame is painted after what people do, and how the live trading page moves.
//   node measure.mjs ADDRESS EMAIL PASSWORD RUNS LIVE_SECONDS
import { launch } from '../tests/support/browser.mjs'
import { pages, tabs } from '../tests/support/pages.mjs'

const [address, email, password, runs, liveSeconds] = [...process.argv.slice(2, 5), ...process.argv.slice(5, 7).map(Number)]
const paths = [...pages, ...tabs]
const patience = 60_000

const browser = await launch()
try {
  const measured = { browser: `Chromium ${browser.version()}`, pages: {}, interactions: {}, live: null }
  for (let run = 1; run <= runs; run++) {
    for (const path of ['/sign-in', ...paths]) add(measured.pages, path, await load(path))
    for (const [name, times] of Object.entries(await interact(run))) add(measured.interactions, name, times)
    console.error(`run ${run} of ${runs} is done`)
  }
  measured.live = await watch()
  console.log(JSON.stringify(measured))
} finally {
  await browser.close()
}

function add(all, name, times) {
  all[name] ??= {}
  for (const [what, value] of Object.entries(times)) (all[name][what] ??= []).push(value)
}

/** A browser profile that has never seen the page; signed in, unless told otherwise. */
async function profile(isSignedIn = true) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'UTC' })
  if (isSignedIn) {
    let answer
    // So many sign-ins in a minute are more than the server takes from one address.
    while ((answer = await context.request.post(`${address}/api/v1/auth/session`, { data: { email, password } })).status() === 429) {
      await new Promise((resolve) => setTimeout(resolve, 1000 * Number(answer.headers()['retry-after'])))
    }
    if (!answer.ok()) throw new Error(`Nobody could be signed in: ${answer.status()}`)
  }
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  await page.addInitScript(observe)
  return { context, page }
}

/** Milliseconds from the navigation to the largest contentful paint, and until nothing is awaited any more. */
async function load(path) {
  const { context, page } = await profile(path !== '/sign-in')
  await page.goto(address + path)
  await page.locator('h1').waitFor()
  await page.waitForFunction(() => globalThis.measure.isReady())
  const ready = await page.evaluate(() => performance.now())
  await page.waitForTimeout(1000)
  const lcp = await page.evaluate(() => globalThis.measure.lcp)
  await context.close()
  return { lcp, ready }
}

/** What people do, each with the milliseconds to the next painted frame, and to its data where they come from the server. */
async function interact(run) {
  const { context, page } = await profile()
  const times = {}
  const act = async (name, action, until) => {
    await page.evaluate(() => globalThis.measure.begin())
    const answered = until?.answer ? page.waitForResponse((response) => response.url().includes(until.answer) && response.ok()) : null
    await action()
    await page.waitForTimeout(100)
    if (answered) await answered
    if (until?.shown) await page.locator(until.shown).first().waitFor()
    await page.waitForFunction(() => globalThis.measure.isReady())
    times[name] = await page.evaluate((hasData) => globalThis.measure.end(hasData), until !== undefined)
    await page.waitForTimeout(400)
  }

  await page.goto(`${address}/retail`)
  const period = page.getByLabel('Period')
  await page.getByRole('region', { name: 'By region' }).waitFor()
  await page.waitForFunction(() => globalThis.measure.isReady())
  await act('Retail: a year instead of 90 days', () => period.selectOption('365'), { answer: '/retail/kpi' })
  await act('Retail: all days', () => period.selectOption('all'), { answer: '/retail/kpi' })
  await period.selectOption('own')
  await page.getByLabel('From').fill(`2026-0${1 + (run % 5)}-0${1 + (run % 9)}`)
  await act('Retail: an interval that nobody has asked for', () => page.getByLabel('To').fill(`2026-10-1${run % 10}`), {
    answer: '/retail/kpi',
  })
  const bar = page.getByRole('region', { name: 'By category' }).getByRole('button').first()
  await act('Retail: from a bar to its rows', () => bar.click(), { answer: '/retail/sales', shown: '[role=dialog] tbody tr' })
  await act('Retail: the next rows', () => page.getByRole('dialog').getByRole('button', { name: 'Show more' }).click(), {
    answer: '/retail/sales',
  })
  await act('Retail: back from the rows', () => page.keyboard.press('Escape'))

  await act('navigation: to Runs', () => page.getByRole('link', { name: 'Runs' }).click(), { shown: 'main tbody tr' })
  await act('Runs: only those that failed', () => page.getByLabel('State').selectOption('failed'), { answer: '/runs?' })
  await act('Runs: the schedules', () => page.getByRole('tab', { name: 'Schedules' }).click(), { shown: 'button:has-text("New schedule")' })

  await act('navigation: to Data', () => page.getByRole('link', { name: 'Data' }).click(), { shown: 'main tbody tr' })
  await act('Data: a search among the tables', () => page.getByLabel('Search tables and columns').pressSequentially('fact', { delay: 30 }))
  await act('Data: the diagrams', () => page.getByRole('tab', { name: 'Diagrams' }).click(), { shown: 'main img' })
  await act("Data: the statement's tab", () => page.getByRole('tab', { name: 'SQL' }).click())
  const statement = page.getByLabel('Statement')
  await statement.fill('')
  await act('Data: typing a statement', () => statement.pressSequentially('SELECT * FROM fact_sales LIMIT 500', { delay: 30 }))
  await act('Data: running it', () => statement.press('Control+Enter'), { answer: '/query', shown: 'main tbody tr' })

  await act('the other theme', () => page.getByRole('button', { name: /theme$/ }).click())
  await act('another language', () => page.locator('aside select').selectOption('uk'))
  await page.locator('aside select').selectOption('en')

  await act('navigation: to Trading', () => page.getByRole('link', { name: 'Trading' }).click(), { shown: 'main tbody tr' })
  await act('Trading: another symbol', () => page.getByRole('group', { name: 'Quotes', exact: true }).getByRole('button').nth(2).click(), {
    answer: '/trading/quotes',
  })
  await act('Trading: another window', () => page.getByLabel('Window').selectOption('60'), { answer: '/trading/quotes' })
  await act('navigation: to Retail', () => page.getByRole('link', { name: 'Retail' }).click(), { shown: 'main canvas' })
  await context.close()
  return times
}

/** Frames painted and quotes drawn in each second of the live page. */
async function watch() {
  const { context, page } = await profile()
  await page.goto(`${address}/trading`)
  await page.getByText('Live', { exact: true }).waitFor()
  await page.getByRole('group', { name: 'Best levels of the order book' }).waitFor()
  await page.waitForTimeout(5000)
  // What the page's thread computes, in time of the processor: other programs that want it change nothing about that.
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const computed = async () =>
    (await devtools.send('Performance.getMetrics')).metrics.find((metric) => metric.name === 'TaskDuration').value
  const before = await computed()
  const live = await page.evaluate((seconds) => globalThis.measure.live(seconds), liveSeconds)
  const processor = ((await computed()) - before) / liveSeconds
  await context.close()
  return { ...live, processor }
}

/** What runs in the page. */
function observe() {
  const measure = { lcp: 0, slowest: 0, began: 0, onPushed: () => {} }
  globalThis.measure = measure

  // The page decodes event streams with this class; here it tells of each change of quotes that goes through.
  const Decoder = globalThis.TextDecoderStream
  globalThis.TextDecoderStream = class {
    constructor() {
      const decoder = new Decoder()
      const counter = new TransformStream({
        transform: (text, controller) => {
          for (const _ of text.matchAll(/^event: quotes$/gm)) measure.onPushed()
          controller.enqueue(text)
        },
      })
      ;[this.writable, this.readable] = [decoder.writable, decoder.readable.pipeThrough(counter)]
    }
  }

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) measure.lcp = entry.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.startTime >= measure.began && entry.interactionId) measure.slowest = Math.max(measure.slowest, entry.duration)
  }).observe({ type: 'event', durationThreshold: 16, buffered: true })

  // Input that a script makes is not among the browser's own entries: from the event to the first task behind the next frame.
  for (const type of ['pointerdown', 'click', 'keydown', 'input', 'change']) {
    addEventListener(
      type,
      (event) => {
        const { timeStamp } = event
        requestAnimationFrame(() => {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => {
            measure.slowest = Math.max(measure.slowest, performance.now() - timeStamp)
          }
          channel.port2.postMessage(null)
        })
      },
      { capture: true, passive: true },
    )
  }

  measure.isReady = () => !document.querySelector('[role=status] .animate-pulse, div[aria-hidden].animate-pulse, [aria-busy=true]')
  measure.begin = () => {
    ;[measure.slowest, measure.began] = [0, performance.now()]
  }
  measure.end = (hasData) => {
    const data = performance.now() - measure.began
    return hasData ? { paint: measure.slowest, data } : { paint: measure.slowest }
  }
  measure.live = (seconds) =>
    new Promise((resolve) => {
      const [frames, pushed, quotes, books] = [[], [], [], []]
      const count = (list) => {
        const second = Math.floor((performance.now() - began) / 1000)
        list[second] = (list[second] ?? 0) + 1
      }
      const table = document.querySelector('main [role=group][aria-label=Quotes] tbody')
      const row = [...table.rows].find((one) => one.querySelector('[aria-pressed=true]'))
      const began = performance.now()
      measure.onPushed = () => count(pushed)
      const settings = { subtree: true, childList: true, characterData: true }
      new MutationObserver(() => count(quotes)).observe(row, settings)
      new MutationObserver(() => count(books)).observe(
        document.querySelector("main [role=group][aria-label^='Best levels'] tbody"),
        settings,
      )
      const paint = () => {
        if (performance.now() - began >= seconds * 1000) {
          const whole = (list) => Array.from({ length: seconds }, (_, i) => list[i] ?? 0)
          resolve({ symbols: table.rows.length, frames: whole(frames), pushed: whole(pushed), quotes: whole(quotes), books: whole(books) })
          return
        }
        count(frames)
        requestAnimationFrame(paint)
      }
      requestAnimationFrame(paint)
    })
}
