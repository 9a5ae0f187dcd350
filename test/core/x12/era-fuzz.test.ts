// A damaged remittance neither stops the reader nor changes an amount without a word. `npm run fuzz` tries 50,000 of each.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyDamage, oneDamage } from '#test/helpers/era-fuzz.ts'

it('any damage ends in warnings, not in a crash or a guessed amount', () => {
  expect(() => fc.assert(anyDamage, { numRuns: 400 })).not.toThrow()
})
it('no single piece of damage changes an amount silently', () => {
  expect(() => fc.assert(oneDamage, { numRuns: 400 })).not.toThrow()
})
