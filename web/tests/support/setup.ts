import type { TestProject } from 'vitest/node'
import { startDemo } from './demo.mjs'
import { startReplay } from './replay.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    demo: { address: string; link: string; data: string }
  }
}

/** One server for all tests, whose ad platform is another one. */
export default async function setup(project: TestProject) {
  const replay = await startReplay()
  const demo = await startDemo({ ...replay.settings, ADS_MAX_DAILY_BUDGET: '500' })
  project.provide('demo', { address: demo.address, link: demo.link, data: demo.data })
  return async () => {
    await demo.stop()
    await replay.stop()
  }
}
