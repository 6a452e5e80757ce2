import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// The link that the demo prints is good for a while only: who signs in with it comes first.
const first = /\/page\.test\.ts$/

class LinkFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    return (await super.sort(files)).toSorted((a, b) => Number(first.test(b.moduleId)) - Number(first.test(a.moduleId)))
  }
}

// The tests share one server and its data: they run one after the other.
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/setup.ts',
    sequence: { sequencer: LinkFirst },
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 60_000 } },
  },
})
