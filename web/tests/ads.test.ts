import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { violations } from './support/axe.mjs'
import { paint, watch } from './support/walk.mjs'
import { demo, enter, open, widths } from './support/world'

const tabs = ['campaigns', 'restatements', 'feeds', 'completion', 'changes', 'erasure'] as const
const wrong: string[] = []

let browser: Browser
let page: Page

beforeAll(async () => {
  ;({ browser, page } = await open())
  watch(page, demo.address, wrong)
  await enter(page, 'ada')
})

afterAll(() => browser?.close())

afterEach(() => {
  expect(wrong.splice(0)).toEqual([])
})

async function go(tab: (typeof tabs)[number]) {
  await page.goto(`${demo.address}/ads?tab=${tab}`)
  await page.getByRole('heading', { level: 1, name: 'Advertising' }).waitFor()
  await expect.poll(() => page.locator('[role=status] .animate-pulse').count()).toBe(0)
}

const table = (name: string) => page.getByRole('group', { name, exact: true })
const rows = (name: string) => table(name).locator('tbody tr')
const numbers = async (name: string, column: number) =>
  (await rows(name).locator(`td:nth-child(${column}) span:first-child`).allInnerTexts()).map((text) => Number(text.replace(/,/g, '')))

describe('figures', () => {
  test('campaigns add up, and the head of a column puts them into its order', async () => {
    await go('campaigns')
    const clicks = await numbers('Campaigns', 3)
    const total = page.getByText('Clicks', { exact: true }).first().locator('xpath=following-sibling::p[1]')
    expect(Number((await total.innerText()).replace(/,/g, ''))).toBe(clicks.reduce((sum, one) => sum + one, 0))

    await table('Campaigns').getByRole('button', { name: 'Clicks' }).click()
    await expect.poll(() => numbers('Campaigns', 3)).toEqual([...clicks].sort((a, b) => b - a))
    await table('Campaigns').getByRole('button', { name: 'Clicks' }).click()
    await expect.poll(() => numbers('Campaigns', 3)).toEqual([...clicks].sort((a, b) => a - b))
  })

  test('as of some days ago it is what was known then, and days that were restated since have both', async () => {
    await page.getByLabel('Period').selectOption('28')
    await page.getByLabel('By', { exact: true }).selectOption('campaign_date')
    await page.getByRole('slider').fill('10')
    await page.getByText(/^\d+ restated since$/).waitFor()

    expect(await table('Campaigns').getByText(/^→ /).count()).toBeGreaterThan(0)
  })

  test('restatements, feeds and completion curves are there', async () => {
    await go('restatements')
    expect(await rows('Restatements').count()).toBeGreaterThan(10)
    expect(await table('Restatements').getByText(/^→ /).count()).toBeGreaterThan(10)

    await go('feeds')
    await expect.poll(() => rows('Feeds').locator('th').allInnerTexts()).toEqual(['Files', 'Own events'])

    await go('completion')
    await page
      .getByRole('img', { name: /^Share known after days/ })
      .locator('canvas')
      .first()
      .waitFor()
  })
})

test('a change that the server cannot make is refused in words, beside what was asked for', async () => {
  await go('changes')
  await page.getByRole('button', { name: 'Change: 1', exact: true }).click()
  await page
    .getByRole('dialog')
    .getByLabel(/^Daily budget/)
    .fill('120')
  await page.getByRole('dialog').getByRole('button', { name: 'Show what would change' }).click()
  await page.getByRole('alert').getByText('META_ACCESS_TOKEN').waitFor()
  expect(await violations(page, paint)).toEqual([])
  await page.keyboard.press('Escape')
})

test('a person is erased only once the id is typed again, and the receipt says what went', async () => {
  const [person] = JSON.parse(await demo.tradepost('db', 'query', 'SELECT min(user_id) AS id FROM ad_events', '--json')).rows[0] as [string]
  await go('erasure')
  await page.getByLabel("The person's user_id").fill(person)
  await page.getByRole('button', { name: 'Erase' }).click()
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Erase' })
  expect(await confirm.isDisabled()).toBe(true)
  await page.getByLabel('Type the user_id again').fill(person)
  await confirm.click()

  await expect.poll(() => rows('Receipt').filter({ hasText: 'ad_events' }).locator('td').innerText()).toMatch(/^[1-9]/)
})

describe.each(Object.entries(widths))('at the width of a %s', (_, viewport) => {
  beforeAll(() => page.setViewportSize(viewport))

  test.each(tabs)('axe finds nothing among the %s in either theme, and the page is no wider than its window', async (tab) => {
    await go(tab)
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
  })
})
