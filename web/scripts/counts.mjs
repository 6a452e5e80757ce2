// Writes the counts of a vitest report as dotnet writes those of a test project; fails when there is none.
import { readFileSync } from 'node:fs'

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const { numFailedTests: failed, numPassedTests: passed, numPendingTests: skipped, numTotalTests: total } = report
console.log(
  `${failed > 0 || !report.success ? 'Failed' : 'Passed'}!  - Failed: ${failed}, Passed: ${passed}, Skipped: ${skipped}, Total: ${total}, page`,
)
