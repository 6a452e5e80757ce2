import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { violations } from './support/axe.mjs'
import { paint, watch } from './support/walk.mjs'
import { demo, enter, open, widths } from './support/world'

const tabs = ['products', 'market', 'suspects', 'accuracy'] as const
const wrong: string[] = []

let browser: Browser
let page: Page

beforeAll(async () => {
  ;({ browser, page } = await open())
  watch(page, demo.address, wrong)
  await enter(page, 'marta')
})

afterAll(() => browser?.close())

afterEach(() => {
  expect(wrong.splice(0)).toEqual([])
})

async function go(tab: (typeof tabs)[number]) {
  await page.goto(`${demo.address}/marketplace?tab=${tab}`)
  await page.getByRole('heading', { level: 1, name: 'Marketplace' }).waitFor()
  await expect.poll(() => page.locator('[role=status] .animate-pulse').count()).toBe(0)
}

const table = (name: string) => page.getByRole('group', { name, exact: true })
const rows = (name: string) => table(name).locator('tbody tr')

describe('products', () => {
  test('a search and a category leave those that they say', async () => {
    await go('products')
    await expect.poll(() => rows('Products').count()).toBe(50)
    expect(
      await rows('Products')
        .getByRole('img', { name: /^Reviews from / })
        .count(),
    ).toBeGreaterThan(25)
    const key = (await rows('Products').nth(7).locator('.font-mono').innerText()).trim()
    await page.getByLabel('Search title, brand or key').fill(key)
    await expect.poll(() => rows('Products').count()).toBe(1)
    expect(await rows('Products').first().innerText()).toContain(key)

    await page.getByLabel('Search title, brand or key').fill('')
    const filter = page.getByLabel('Category', { exact: true })
    const category = (await filter.locator('option').nth(1).innerText()).trim()
    await filter.selectOption(category)
    const names = () => rows('Products').locator('td:nth-child(3)').allInnerTexts()
    await expect.poll(async () => new Set(await names())).toEqual(new Set([category]))
    await page.getByLabel('Search title, brand or key').fill('no product has this text')
    await page.getByText('No products').waitFor()
  })

  test('more of them come a page at a time', async () => {
    await go('products')
    await page.getByRole('button', { name: 'Show more' }).click()
    await expect.poll(() => rows('Products').count()).toBe(100)
  })

  test('a product shows its price, reviews, units with their interval, suspect values and offers', async () => {
    const found = await demo.tradepost(
      'db',
      'query',
      "SELECT s.sku FROM suspects s JOIN sales_estimates e ON e.sku = s.sku WHERE s.field = 'price' AND e.units > 0 ORDER BY s.sku LIMIT 1",
      '--json',
    )
    const sku = /sim-\d+/.exec(found)![0]
    await go('products')
    await page.getByLabel('Search title, brand or key').fill(sku)
    await page.getByRole('button', { name: `Show: ${sku}` }).click()
    const dialog = page.getByRole('dialog')

    await dialog
      .getByRole('img', { name: `Price of ${sku}` })
      .locator('canvas')
      .waitFor()
    await dialog
      .getByRole('img', { name: `Price of ${sku}` })
      .getByText('Suspect')
      .waitFor()
    await dialog
      .getByRole('img', { name: `Reviews of ${sku}` })
      .locator('canvas')
      .waitFor()
    await dialog
      .getByRole('img', { name: `Units a day of ${sku}, with their interval` })
      .locator('canvas')
      .waitFor()
    expect(await dialog.getByRole('group', { name: 'Offers' }).locator('tbody tr').count()).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  })
})

describe('the market', () => {
  test('categories have units, changes, elasticity, new products and what was lost, each with an interval or why not', async () => {
    const answered = page.waitForResponse((response) => response.url().includes('/marketplace/market?by=category'))
    await go('market')
    const { items } = (await (await answered).json()) as {
      items: readonly { name: string; elasticity: { value: number | null }; units_change: { lower: number | null } }[]
    }

    await expect.poll(() => rows('Market').count()).toBe(items.length)
    expect(items.filter((item) => item.units_change.lower !== null).length).toBeGreaterThan(0)
    expect(items.filter((item) => item.elasticity.value !== null).length).toBeGreaterThan(0)
    const told = items.find((item) => item.elasticity.value !== null)!
    const row = rows('Market').filter({ has: page.getByText(told.name, { exact: true }) })
    expect(await row.innerText()).toContain(told.elasticity.value!.toFixed(2))
    await row.getByText('by known sales').waitFor()
  })

  test('by brand, few products have a reason in place of an elasticity', async () => {
    await page.getByLabel('By', { exact: true }).selectOption('brand')
    await page.getByRole('columnheader', { name: 'Brand' }).waitFor()
    await table('Market').getByText('prices hardly moved').first().waitFor()
  })
})

describe('the guard', () => {
  const first = (name: RegExp) => table('Suspects').getByRole('button', { name }).first()

  test.each([
    ['Release', 'released'],
    ['Confirm', 'confirmed'],
  ])('%s asks for a reason, and the value is %s from then on', async (action, state) => {
    await go('suspects')
    const button = first(new RegExp(`^${action}: `))
    const [sku, date, field] = (await button.getAttribute('aria-label'))!.replace(`${action}: `, '').split(' ') as [string, string, string]
    await button.click()
    await page.getByRole('dialog').getByLabel('Reason').fill(`to see that it is ${state}`)
    await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: `${action}: ${sku} ${date} ${field}`, exact: true }).waitFor({ state: 'detached' })

    const kept = await demo.tradepost(
      'db',
      'query',
      `SELECT state, reason FROM suspects WHERE sku = '${sku}' AND date = DATE '${date}' AND field = '${field}'`,
      '--json',
    )
    expect(kept).toContain(`to see that it is ${state}`)
    expect(kept).toContain(`"${state}"`)
  })
})

describe('accuracy', () => {
  test('the error stands by horizon and by units sold, beside last month again and one constant', async () => {
    const answered = page.waitForResponse((response) => response.url().includes('/marketplace/backtest'))
    await go('accuracy')
    const { backtest } = (await (await answered).json()) as {
      backtest: { horizons: readonly { horizon_days: number }[]; bands: readonly object[] }
    }

    expect(backtest.horizons.map((one) => one.horizon_days)).toContain(30)
    expect(await rows('Error by horizon').count()).toBe(backtest.horizons.length)
    expect(await rows('Error by units sold').count()).toBe(backtest.bands.length)
    expect(await rows('Error by horizon').first().innerText()).toMatch(/%\s.*% · /s)
  })
})

describe.each(Object.entries(widths))('at the width of a %s', (_, viewport) => {
  beforeAll(() => page.setViewportSize(viewport))

  test.each(tabs)('axe finds nothing among the %s in either theme, and the page is no wider than its window', async (tab) => {
    await go(tab)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  })

  test.each(['products', 'suspects'] as const)('axe finds nothing in the dialog of the %s in either theme', async (tab) => {
    await go(tab)
    await table(tab === 'products' ? 'Products' : 'Suspects')
      .getByRole('button', { name: tab === 'products' ? /^Show: / : /^Release: / })
      .first()
      .click()
    await page.getByRole('dialog').waitFor()
    await expect.poll(() => page.locator('[role=status] .animate-pulse').count()).toBe(0)
    expect(await violations(page, paint)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})
