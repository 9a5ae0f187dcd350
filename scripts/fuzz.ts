// `npm run fuzz [-- runs]`: damaged remittance files by the ten thousand; stops at the first that breaks a promise.
import fc from 'fast-check'
import { anyDamage, oneDamage } from '#test/helpers/era-fuzz.ts'

const numRuns = Number(process.argv[2] ?? 50_000)
const checks: [string, (runs: number) => void][] = [
  ['any damage', (runs) => fc.assert(anyDamage, { numRuns: runs })],
  ['one piece of damage', (runs) => fc.assert(oneDamage, { numRuns: runs })],
]
for (const [name, check] of checks) {
  const begun = performance.now()
  check(numRuns)
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`${name}: ${numRuns.toLocaleString('en-US')} files in ${seconds} s, nothing found`)
}
