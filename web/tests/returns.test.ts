import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { violations } from './support/axe.mjs'
import { watch } from './support/walk.mjs'
import { demo, enter, open, widths } from './support/world'

const wrong: string[] = []

let browser: Browser
let page: Page

beforeAll(async () => {
  ;({ browser, page } = await open())
  watch(page, demo.address, wrong)
  await enter(page, 'rita')
})

afterAll(() => browser?.close())

afterEach(() => {
  expect(wrong.splice(0)).toEqual([])
})

async function go(query = '') {
  await page.goto(`${demo.address}/trading?tab=returns${query}`)
  await page.getByRole('heading', { level: 1, name: 'Trading' }).waitFor()
  await expect.poll(() => page.locator('[role=status] .animate-pulse').count()).toBe(0)
}

const rows = (name: string) => page.getByRole('group', { name, exact: true }).locator('tbody tr')

test('before anything was trained the page says how to train', async () => {
  await go()
  await page.getByText('No model was trained yet').waitFor()
  await page.getByText('tradepost trading train').waitFor()
})

describe('after a training', () => {
  beforeAll(async () => {
    await demo.tradepost('trading', 'train', '--symbols', 'SIMCOIN1', '--horizons', '1,6', '--models', 'Ridge,Lasso', '--json')
    await demo.tradepost('trading', 'predict', '--json')
  })

  test('models stand beside no change, with a sentence on whether anything beats it, and one champion', async () => {
    const answered = page.waitForResponse((response) => /\/trading\/returns\?/.test(response.url()))
    await go('&symbol=SIMCOIN1&horizon=6')
    const { champion, models, canaries, years } = (await (await answered).json()) as {
      champion: { model: string; beats_zero: boolean }
      models: readonly { model: string }[]
      canaries: readonly object[]
      years: readonly { year: number }[]
    }

    expect(await rows('Models').count()).toBe(models.length)
    expect(await rows('Models').filter({ hasText: 'Zero' }).count()).toBe(1)
    const best = rows('Models').filter({ hasText: 'Champion' })
    expect(await best.count()).toBe(1)
    expect(await best.innerText()).toContain(champion.model.replace('_log_return_6h', ''))
    await page.getByText(champion.beats_zero ? 'beats forecasting no change' : 'Nothing beats forecasting no change').waitFor()
    expect(await rows('Checks for leaks').count()).toBe(canaries.length)
    expect(canaries.length).toBeGreaterThan(5)
    expect(await rows('Calibration of intervals').count()).toBe(years.length)
  })

  test('the price is drawn with its forecasts, for as many days as are asked for', async () => {
    const chart = page.getByRole('img', { name: 'Price of SIMCOIN1 with forecasts and their outcomes' })
    await chart.locator('canvas').waitFor()
    const answered = page.waitForResponse((response) => response.url().includes('/trading/candles?'))
    await page.getByLabel('Window').selectOption('30')
    const { items } = (await (await answered).json()) as { items: readonly object[] }

    expect(items.length).toBeGreaterThan(24 * 20)
    await chart.locator('canvas').waitFor()
  })

  test('another horizon stands in the address and in the figures', async () => {
    await page.getByLabel('Horizon').selectOption('1')
    await expect.poll(() => page.url()).toContain('horizon=1')
    await page.getByText(/^(Ridge|Lasso)_log_return_1h: each forecast stands/).waitFor()
  })

  test('a symbol that was not trained is said to be none', async () => {
    await page.goto(`${demo.address}/trading?tab=returns&symbol=NONE`)
    await page.getByText('The symbol is "NONE"; models were trained of SIMCOIN1.').waitFor()
  })

  describe.each(Object.entries(widths))('at the width of a %s', (_, viewport) => {
    test('axe finds nothing in either theme, and the page is no wider than its window', async () => {
      await page.setViewportSize(viewport)
      await go()
      await page.locator('canvas').first().waitFor()
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
    })
  })

  test.each([
    ['uk', 'Перевірки на витоки'],
    ['ru', 'Проверки на утечки'],
  ])('every text of it is there in %s', async (language, heading) => {
    await page.evaluate((code) => localStorage.setItem('tradepost.language', code), language)
    await page.goto(`${demo.address}/trading?tab=returns`)
    await page.getByRole('heading', { name: heading }).waitFor()

    expect(await page.locator('main').innerText()).not.toMatch(/(returns|canary)\.[a-z]/)
  })
})
