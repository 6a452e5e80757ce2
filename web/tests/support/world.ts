import type { Browser, Page } from 'playwright-core'
import { inject } from 'vitest'
import { launch } from './browser.mjs'
import { tradepost } from './demo.mjs'
import { patience } from './walk.mjs'

export const widths = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } } as const

/** The server that all tests share. */
export const demo = {
  ...inject('demo'),
  /** Runs a command beside the server, on its store. */
  tradepost: (...args: readonly string[]): Promise<string> => tradepost(inject('demo').data, ...args),
}

/** A window of a browser of its own, in which nobody has signed in. */
export async function open(): Promise<{ browser: Browser; page: Page }> {
  const browser = await launch()
  const context = await browser.newContext({
    viewport: widths.desktop,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(patience)
  return { browser, page }
}

/** Somebody new signs in. */
export async function enter(page: Page, name: string, role = 'admin') {
  const email = `${name}@example.com`
  await demo.tradepost('users', 'add', email, '--role', role)
  const { link } = JSON.parse(await demo.tradepost('users', 'password', email, '--json')) as { link: string }
  await page.goto(`${demo.address}/sign-in#${link.split('#')[1]}`)
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor()
}
