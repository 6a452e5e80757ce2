import type { TestProject } from 'vitest/node'
import { startDemo } from './demo.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    demo: { address: string; link: string; data: string }
  }
}

/** One server for all tests. */
export default async function setup(project: TestProject) {
  const { address, link, data, stop } = await startDemo()
  project.provide('demo', { address, link, data })
  return stop
}
