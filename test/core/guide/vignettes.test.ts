// What offices wrote in their notes, and the code that fits: stories of public sources, answered as the wizard asks them.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { StatedFacts } from '#core/guide/condition.ts'
import { ask, codes, loadGuide, rejectedCodes } from './guides.ts'

interface Vignette {
  id: string
  guide: string
  text: string
  facts: StatedFacts
  serviceDate?: string
  main: string | null
  /** With their count: `D9223*4`. */
  additional: string[]
  rejected: string[]
  /** What one of the findings speaks of. */
  finding?: string
  dentist?: boolean
  source: string
}
const VIGNETTES = JSON.parse(readFileSync('test/fixtures/vignettes.json', 'utf8')) as Vignette[]

it.each(VIGNETTES.map((one) => [one.id, one.text, one] as const))('%s: %s', (_id, _text, vignette) => {
  const { facts, serviceDate, main, additional, rejected, finding, dentist } = vignette
  const choice = ask(loadGuide(vignette.guide), facts, serviceDate ? { serviceDate } : {})
  expect(codes(choice)).toEqual([...(main ? [main] : []), ...additional.map((code) => `+${code.replace('*', 'x')}`)])
  expect(rejectedCodes(choice)).toEqual(expect.arrayContaining(rejected))
  if (finding) expect(choice.findings.map((one) => one.message).join('\n')).toMatch(new RegExp(finding, 'i'))
  if (dentist) expect(choice.needsDentist).toBe(true)
})
