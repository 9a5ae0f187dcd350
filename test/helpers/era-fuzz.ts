// Damaged remittance files, and what must hold for every one of them.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { AppError } from '#core/errors.ts'
import { readWholeEra } from '#core/x12/era-read.ts'
import type { Era } from '#core/x12/era-schema.ts'

/** Samples that add up and carry no warning, so that damage cannot hide behind what was odd before. */
const SAMPLES = [
  'own-835-reversal-and-correction.edi',
  'own-835-predetermination.edi',
  'own-835-plb-forward-balance.edi',
  '835-dental-stupidedi-era-sample.edi',
  '835-dental-stupidedi-multiple-claims-single-check.edi',
  '835-med-tp-multi-line-not-delimited.edi',
].map((name) => readFileSync(`test/fixtures/x12/${name}`, 'utf8'))

/** Every amount that money is posted from, in an order that does not depend on the file's. */
function amountsOf(era: Era): string {
  const amounts = era.payments.flatMap((payment) => [
    `payment ${payment.amountCents}`,
    ...payment.providerAdjustments.map((one) => `plb ${one.cents}`),
    ...payment.claims.flatMap((claim) => [
      `claim ${claim.chargeCents} ${claim.paidCents} ${claim.patientCents}`,
      ...claim.adjustments.map((one) => `cas ${one.cents}`),
      ...claim.lines.flatMap((line) => [
        `line ${line.chargeCents} ${line.paidCents}`,
        ...line.adjustments.map((one) => `cas ${one.cents}`),
      ]),
    ]),
  ])
  return amounts.sort().join('\n')
}

const NOISE = '~*:^|\n\r\u0000 0123456789.-+,ABCISAGESTPLBxyz\uFEFFé€'.split('')
type Damage = (text: string) => string
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const at = (text: string, share: number) => Math.floor(text.length * share)
const segmentsOf = (text: string) => text.split(text.includes('~') ? /(?<=~)/ : /(?<=\n)/)

const damages: Record<string, fc.Arbitrary<Damage>> = {
  mutate: fc.tuple(place, fc.constantFrom(...NOISE)).map(
    ([share, char]) =>
      (text) =>
        text.slice(0, at(text, share)) + char + text.slice(at(text, share) + 1),
  ),
  insert: fc.tuple(place, fc.constantFrom(...NOISE)).map(
    ([share, char]) =>
      (text) =>
        text.slice(0, at(text, share)) + char + text.slice(at(text, share)),
  ),
  remove: fc.tuple(place, fc.integer({ min: 1, max: 40 })).map(
    ([share, length]) =>
      (text) =>
        text.slice(0, at(text, share)) + text.slice(at(text, share) + length),
  ),
  cut: place.map((share) => (text) => text.slice(0, at(text, share))),
  behead: place.map((share) => (text) => text.slice(at(text, share))),
  splice: fc.tuple(place, place, fc.constantFrom(...SAMPLES)).map(
    ([mine, theirs, other]) =>
      (text) =>
        text.slice(0, at(text, mine)) + other.slice(at(other, theirs)),
  ),
  reorder: fc.tuple(place, place).map(([one, two]) => (text) => {
    const segments = segmentsOf(text)
    const [a, b] = [Math.floor(segments.length * one), Math.floor(segments.length * two)]
    ;[segments[a], segments[b]] = [segments[b]!, segments[a]!]
    return segments.join('')
  }),
  repeat: fc.tuple(place).map(([share]) => (text) => {
    const segments = segmentsOf(text)
    const index = Math.floor(segments.length * share)
    segments.splice(index, 0, segments[index]!)
    return segments.join('')
  }),
}

function read(text: string): Era | null {
  try {
    return readWholeEra(text)
  } catch (error) {
    if (error instanceof AppError && error.code === 'FILE_REJECTED') return null
    throw error
  }
}

/** Any amount of damage: never a crash, only refusal or warnings, and nothing posted from what cannot be read. */
export const anyDamage = fc.property(
  fc.constantFrom(...SAMPLES),
  fc.array(fc.oneof(...Object.values(damages)), { minLength: 1, maxLength: 8 }),
  (sample, steps) => {
    const era = read(steps.reduce((text, damage) => damage(text), sample))
    if (!era) return true
    return era.payments.every((payment) =>
      payment.claims.every((claim) => {
        const amounts = [
          claim.chargeCents,
          claim.paidCents,
          ...[...claim.adjustments, ...claim.lines.flatMap((line) => line.adjustments)].map((one) => one.cents),
        ]
        const readable = amounts.every((cents) => cents === null || Number.isSafeInteger(cents))
        return readable && !(claim.balanced && amounts.includes(null))
      }),
    )
  },
)

/** One piece of damage: every amount stands as it stood, or the file says that something is wrong. */
export const oneDamage = fc.property(
  fc.constantFrom(...SAMPLES),
  fc.oneof(
    damages['mutate']!,
    damages['insert']!,
    damages['remove']!,
    damages['cut']!,
    damages['reorder']!,
    damages['repeat']!,
  ),
  (sample, damage) => {
    const text = damage(sample)
    const era = read(text)
    if (!era || era.warnings.length > 0) return true
    return amountsOf(era) === amountsOf(readWholeEra(sample))
  },
)
