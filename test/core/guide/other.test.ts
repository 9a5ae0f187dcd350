// The guide of codes without a guide: it recommends nothing of its own, and its letters fit any code.
import { expect, it } from 'vitest'
import { templatesFor } from '#core/guide/narrative.ts'
import { ask, codes, other, periodontal } from './guides.ts'

it('leaves the code to the dentist, and names the unlisted one only when none exists', () => {
  expect(ask(other, {}).missing.map((one) => one.fact)).toEqual(['has_code'])
  const named = ask(other, { has_code: true }, { plannedCodes: ['D5110'] })
  expect([codes(named), named.needsDentist, named.rejected]).toEqual([[], true, []])
  expect(codes(ask(other, { has_code: false }))).toEqual(['D9999'])
})
it('drafts for a code that it does not know', () => {
  expect(templatesFor(other, 'D5110', 'claim')).toHaveLength(1)
  expect(templatesFor(periodontal, 'D5110')).toEqual([])
})
