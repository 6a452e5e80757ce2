import axe from 'axe-core'
import { choose, themes } from './walk.mjs'

/** The rules that find something else in another theme. */
const ofColours = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds wrong on a page in either theme, in one line each.
 * @param {import('playwright-core').Page} page
 * @param {(page: import('playwright-core').Page, theme: string) => Promise<void>} put How the page is put into a theme.
 */
export async function violations(page, put = choose) {
  await page.evaluate(axe.source)
  const lines = []
  for (const theme of themes) {
    await put(page, theme)
    const found = await page.evaluate(
      (rules) => globalThis.axe.run(globalThis.document, { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }),
      theme === themes[0] ? undefined : ofColours,
    )
    lines.push(
      ...found.violations.flatMap((violation) =>
        violation.nodes.map(
          (node) => `${theme}: ${violation.id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim()}`,
        ),
      ),
    )
  }
  return lines
}
