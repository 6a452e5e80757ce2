// Writes docs/images/page-*.png: every page in both themes, over the demo's data.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { launch } from '../tests/support/browser.mjs'
import { startDemo } from '../tests/support/demo.mjs'

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const warmUp = 20_000
const pages = [
  ['overview', '/'],
  ['retail', '/retail'],
  ['trading', '/trading'],
  [
    'depth',
    async (page, address) => {
      await page.goto(`${address}/trading`)
      await page.getByRole('group', { name: 'Best levels of the order book' }).scrollIntoViewIfNeeded()
    },
  ],
  ['returns', '/trading?tab=returns&symbol=SIMCOIN1&horizon=6'],
  ['marketplace', '/marketplace'],
  ['market', '/marketplace?tab=market'],
  ['suspects', '/marketplace?tab=suspects'],
  ['accuracy', '/marketplace?tab=accuracy'],
  ['ads', '/ads'],
  ['completion', '/ads?tab=completion'],
  ['runs', '/runs'],
  [
    'run',
    async (page) => {
      await page.goto(new URL('runs', page.url()).toString())
      await page.getByRole('link', { name: 'retail.etl' }).first().click()
      await page.getByText('ended').waitFor()
    },
  ],
  ['versions', '/models'],
  [
    'models',
    async (page, address) => {
      await page.goto(`${address}/models?tab=forecast`)
      await page.getByRole('button', { name: 'Use the sample' }).click()
      await page.getByRole('button', { name: 'Forecast', exact: true }).click()
      await page.locator('canvas').nth(2).waitFor()
    },
  ],
  [
    'data',
    async (page, address) => {
      await page.goto(
        `${address}/data?tab=sql&sql=${encodeURIComponent('SELECT r.name AS region, sum(f.net) AS net FROM fact_sales f JOIN dim_region r USING (region_key) GROUP BY 1 ORDER BY 2 DESC')}`,
      )
      await page.getByRole('tab', { name: 'Chart' }).click()
    },
  ],
  [
    'diagrams',
    async (page, address) => {
      await page.goto(`${address}/data?tab=diagrams`)
      await page.getByLabel('Diagram', { exact: true }).selectOption({ label: 'Source: orders and customers' })
      await page.waitForFunction(() => document.querySelector('main img')?.complete)
    },
  ],
  ['schedules', '/runs?tab=schedules'],
  ['backfills', '/runs?tab=backfills'],
  ['settings', '/settings?tab=users'],
]

const demo = await startDemo()
const browser = await launch()
try {
  mkdirSync(images, { recursive: true })
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, locale: 'en-GB', timezoneId: 'UTC' })
  await page.goto(demo.address)
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  for (const theme of ['light', 'dark']) {
    await setTheme(page, theme)
    await shoot(page, 'sign-in', theme)
  }
  await page.goto(demo.link)
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  await demo.tradepost('users', 'add', 'anna@example.com', '--role', 'analyst')
  await demo.tradepost('trading', 'train', '--symbols', 'SIMCOIN1', '--horizons', '1,6', '--models', 'Ridge,Lasso')
  await demo.tradepost('trading', 'predict')
  await page.waitForTimeout(Number(process.env.WARM_UP ?? warmUp)) // the simulated market fills its charts
  for (const theme of ['light', 'dark']) {
    await setTheme(page, theme)
    for (const [name, way] of pages) {
      await (typeof way === 'string' ? page.goto(demo.address + way) : way(page, demo.address))
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForFunction(() => !document.querySelector('[role=status] .animate-pulse, div[aria-hidden].animate-pulse'))
      await page.waitForTimeout(900) // charts are drawn after their data came
      await shoot(page, name, theme)
    }
  }
} finally {
  await browser.close()
  await demo.stop()
}

async function setTheme(page, theme) {
  await page.evaluate((chosen) => {
    localStorage.setItem('tradepost.theme', chosen)
    document.documentElement.classList.toggle('dark', chosen === 'dark')
  }, theme)
}

async function shoot(page, name, theme) {
  await page.screenshot({ path: join(images, `page-${name}-${theme}.png`) })
}
