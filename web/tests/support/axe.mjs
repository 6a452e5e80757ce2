import axe from 'axe-core'

/** What axe finds wrong on a page, in one line each. */
export async function violations(page) {
  await page.evaluate(axe.source)
  const found = await page.evaluate(() => globalThis.axe.run(globalThis.document, { resultTypes: ['violations'] }))
  return found.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim()}`),
  )
}
