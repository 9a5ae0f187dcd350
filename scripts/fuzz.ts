// `npm run fuzz [-- runs]`: damaged remittance files by the ten thousand; stops at the first that breaks a promise.
import fc from 'fast-check'
import { anyDamage, oneDamage } from '#test/helpers/era-fuzz.ts'

const numRuns = Number(process.argv[2] ?? 50_000)
for (const [name, property] of Object.entries({ 'any damage': anyDamage, 'one piece of damage': oneDamage })) {
  const begun = performance.now()
  fc.assert(property, { numRuns })
  console.log(
    `${name}: ${numRuns.toLocaleString('en-US')} files in ${((performance.now() - begun) / 1000).toFixed(1)} s, nothing found`,
  )
}
