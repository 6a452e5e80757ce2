/** How long something may take on a busy machine before it is taken for missing, in milliseconds. */
export const patience = 60_000

export const themes = /** @type {const} */ (['light', 'dark'])

/** Errors of the console and requests that leave the origin are noted. */
export function watch(page, origin, wrong) {
  page.on('console', (message) => {
    // A refusal by the server is shown on the page; the browser's own line about its status says nothing more.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) wrong.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`))
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !/^(blob|data):/.test(request.url())) wrong.push(`request: ${request.url()}`)
  })
}

/** Puts the page into a theme as a person does it, where there is a button for it: what is drawn on a canvas is drawn anew. */
export async function choose(page, theme) {
  const button = page.getByRole('button', { name: theme === 'dark' ? 'Dark theme' : 'Light theme' })
  if (await button.count()) await button.click()
  await paint(page, theme)
}

/** Puts the page into a theme behind its back, where a dialog stands before the button, and waits until it is painted in it. */
export async function paint(page, theme) {
  await page.evaluate(async (chosen) => {
    localStorage.setItem('tradepost.theme', chosen)
    document.documentElement.classList.toggle('dark', chosen === 'dark')
    for (let frames = 0; frames < 10; frames++) await new Promise(requestAnimationFrame)
  }, theme)
}
