// Which claim or request of ours a claim of a remittance file is, in the order of x12.md, with the evidence (“What to build”, 2).
import type { AuthorizationId, ClaimId } from '#core/ids.ts'
import { readLineControl } from '#core/remittance/from-era.ts'
import type { EraClaim, EraHeader } from '#core/x12/era-schema.ts'
import type { EraMatch } from '#core/contract/remittance.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import {
  claimsBeginning,
  claimsMatchedBefore,
  claimsNumbered,
  claimsOfPayer,
  listPayerNames,
  OUR_LENGTH,
  type Ours,
  requestsNumbered,
  requestsReferenced,
  searchOurs,
} from '../era-match-rows.ts'

type Db = QueryContext['db']
/** The plan that a status speaks for; others say nothing about it. */
const ORDERS: Readonly<Record<string, string>> = {
  '1': 'primary',
  '19': 'primary',
  '2': 'secondary',
  '20': 'secondary',
  '3': 'tertiary',
  '21': 'tertiary',
}
const PREDETERMINATION = '25'
/** Payers keep 20 characters and may add or cut; shorter prefixes are too common. */
const SHORTEST_PREFIX = 15

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}|[^A-Za-z0-9]/gu, '')
    .toUpperCase()
const sameLastName = (era: EraClaim, ours: Ours) => plain(era.patient.lastName) === plain(ours.lastName)
/** First name and middle initial, where there is one behind it. */
function firstNameOf(text: string): { name: string; initial: string } {
  const [, name = text, initial = ''] = /^(.*\S)\s+(\p{L})\.?$/u.exec(text.trim()) ?? []
  return { name: plain(name), initial: plain(initial) }
}
/** An initial that only one of both has says nothing. */
function sameFirstName(one: string, other: string): boolean {
  const [a, b] = [firstNameOf(one), firstNameOf(other)]
  return a.name === b.name && (a.initial === '' || b.initial === '' || a.initial === b.initial)
}
/** The first name in full, or none in the file: brothers and sisters share its beginning, and all the rest. */
const sameName = (era: EraClaim, ours: Ours) =>
  sameLastName(era, ours) &&
  (era.patient.firstName.trim() === '' || sameFirstName(era.patient.firstName, ours.firstName))
/** The last one or two characters may name the person within the family. */
const membersIn = (era: EraClaim) =>
  [era.subscriber?.memberId ?? '', era.patient.memberId].map(plain).filter((id) => id !== '')
const sameMember = (era: EraClaim, ours: Ours) => {
  const other = plain(ours.memberId)
  return membersIn(era).some((one) => {
    const length = Math.max(one.length, other.length) - 2
    return one === other || (length >= 4 && one.slice(0, length) === other.slice(0, length))
  })
}
const sameCharge = (era: EraClaim, ours: Ours) =>
  era.chargeCents !== null && Math.abs(era.chargeCents) === ours.totalCents
const daysIn = (era: EraClaim) => [era.serviceFrom, ...era.lines.map((line) => line.serviceDate)]
const sameDate = (era: EraClaim, ours: Ours) => ours.serviceDate !== null && daysIn(era).includes(ours.serviceDate)

/** What the file says otherwise than we do; what it leaves out says nothing. Our number alone is no proof (issue 13). */
function contradictions(era: EraClaim, ours: Ours): string[] {
  const { serviceDate: first, lastDate: last } = ours
  const named = era.patient.lastName.trim() !== '' && !sameName(era, ours)
  const member = plain(ours.memberId) !== '' && membersIn(era).length > 0 && !sameMember(era, ours)
  const dated = first !== null && daysIn(era).some((day) => day !== null && (day < first || day > (last ?? first)))
  return [named ? 'patient' : [], member ? 'member ID' : [], dated ? 'date of service' : []].flat()
}

/** Our payers that sent a payment, by electronic id or name; empty when the file names none of them. */
export async function payersOf(db: Db, { payer, payerIds }: EraHeader): Promise<string[]> {
  const ids = new Set(payerIds.map(plain))
  const all = await listPayerNames(db)
  const known = (code: string) => code !== '' && ids.has(plain(code))
  return all.filter((one) => known(one.code) || plain(one.name) === plain(payer)).map((one) => one.id)
}
const fitsPayer = (payers: readonly string[], ours: Ours) =>
  payers.length === 0 || ours.payerId === null || payers.includes(ours.payerId)

/** What speaks for and against a candidate, for the person who chooses. */
export function evidenceOf(era: EraClaim, ours: Ours, payers: readonly string[]): { fits: boolean; words: string }[] {
  const wanted = ORDERS[era.status]
  const say = (fits: boolean, words: string) => ({ fits, words: fits ? words : `${words} differs` })
  return [
    say(ours.number !== '' && era.claimId.toUpperCase() === ours.number.toUpperCase(), 'Claim number'),
    say(sameName(era, ours), 'Patient'),
    say(sameMember(era, ours), 'Member ID'),
    say(sameCharge(era, ours), 'Charge'),
    ...(ours.serviceDate === null ? [] : [say(sameDate(era, ours), 'Date of service')]),
    ...(payers.length === 0
      ? [{ fits: false, words: 'The payer in the file is not one of yours' }]
      : ours.payerId === null
        ? []
        : [say(fitsPayer(payers, ours), 'Payer')]),
    ...(wanted && ours.order ? [say(wanted === ours.order, `Plan order (${ours.order})`)] : []),
    ...(ours.state === 'draft' ? [{ fits: false, words: 'Not sent yet' }] : []),
  ]
}

/** An estimate, by its status or by the amount it announces (CARC 101). */
export const isPredetermination = (era: EraClaim) =>
  era.status === PREDETERMINATION || [era, ...era.lines].some((of) => of.adjustments.some((one) => one.carc === '101'))
/** Why a payment may not go to a request: its money would be nowhere. */
export const NO_PREDETERMINATION = 'It is no answer to a predetermination: choose the claim.'
function fitsOrder(era: EraClaim, ours: Ours): boolean {
  const wanted = ORDERS[era.status]
  return wanted === undefined || ours.order === null || wanted === ours.order
}

const BY_PAYER_NUMBER = 'The payer’s own claim number'
const BY_EARLIER = 'An earlier remittance'
const BY_PERSON = 'Patient, member ID, date and charge'
const BY_PERSON_AND_FEE = 'Patient, member ID and fee'
/** What is no number of ours: it speaks of this patient or of nobody. */
const NEEDS_NAME = [BY_PAYER_NUMBER, BY_EARLIER, BY_PERSON, BY_PERSON_AND_FEE]

/** Numbers of ours that the lines of a claim carry. */
const controlsOf = (era: EraClaim) => [
  ...new Set(era.lines.flatMap((line) => readLineControl(line.lineId)?.number ?? [])),
]
/** Our claims that these of a file name by their number: most need nothing else, and are found together. */
export async function namedIn(db: Db, claims: readonly EraClaim[]): Promise<ReadonlyMap<string, Ours>> {
  const numbers = claims.flatMap((era) => [...controlsOf(era), era.claimId.toUpperCase()])
  return claimsNumbered(db, [...new Set(numbers)])
}

/** Claims found by one kind of evidence, the strongest first, with words for it. */
async function* findings(
  db: Db,
  era: EraClaim,
  named: ReadonlyMap<string, Ours>,
): AsyncGenerator<[basis: string, found: Ours[]]> {
  const numbers = controlsOf(era)
  const numbered = (all: readonly string[]) => all.flatMap((one) => named.get(one) ?? [])
  if (isPredetermination(era)) {
    // An estimate never lands on a claim: it would count as its decision.
    yield* requestFindings(db, era, numbers)
    return
  }
  if (numbers.length > 0) yield ['Line ids (REF 6R)', numbered(numbers)]
  const number = era.claimId.toUpperCase()
  if (number !== '' && number !== '0') {
    yield ['Claim number', numbered([number])]
    if (number.length >= SHORTEST_PREFIX) yield ['Beginning of the claim number', await claimsBeginning(db, number)]
  }
  if (era.payerClaimId !== '') {
    // Two payers may give the same number, so the patient must be the same too.
    const theirs = (all: readonly Ours[]) => all.filter((ours) => sameLastName(era, ours))
    yield [BY_PAYER_NUMBER, theirs(await claimsOfPayer(db, era.payerClaimId))]
    yield [BY_EARLIER, theirs(await claimsMatchedBefore(db, era.payerClaimId))]
  }
  const people = (await byName(db, era)).filter((ours) => ours.kind === 'claim' && sameCharge(era, ours))
  yield [
    BY_PERSON,
    people.filter(
      (ours) => sameLastName(era, ours) && sameMember(era, ours) && (sameDate(era, ours) || ours.serviceDate === null),
    ),
  ]
}
async function* requestFindings(db: Db, era: EraClaim, controls: string[]): AsyncGenerator<[string, Ours[]]> {
  const number = era.claimId.toUpperCase()
  const numbers = [...controls, number, number.slice(0, OUR_LENGTH)]
  yield ['Number of the request', await requestsNumbered(db, numbers)]
  const references = [era.predeterminationNumber, era.payerClaimId].filter(Boolean)
  if (references.length > 0) yield ['Predetermination number', await requestsReferenced(db, references)]
  const open = (await byName(db, era)).filter(
    (ours) => ours.kind === 'authorization' && ['submitted', 'info_requested'].includes(ours.state),
  )
  yield [
    BY_PERSON_AND_FEE,
    open.filter((ours) => sameLastName(era, ours) && sameMember(era, ours) && sameCharge(era, ours)),
  ]
}

/** Claims and requests of patients whose name begins like this one: where to look, no proof. */
async function byName(db: Db, era: EraClaim): Promise<Ours[]> {
  const name = era.patient.lastName.toLowerCase()
  return name === '' ? [] : searchOurs(db, `${name}, ${era.patient.firstName.slice(0, 3).toLowerCase()}`)
}
/** Every candidate with any evidence, without doubles. */
export async function candidatesOf(db: Db, era: EraClaim): Promise<Ours[]> {
  const all = new Map<string, Ours>()
  for await (const [, found] of findings(db, era, await namedIn(db, [era])))
    for (const ours of found) all.set(ours.id, ours)
  for (const ours of await byName(db, era)) all.set(ours.id, ours)
  return [...all.values()]
}

export type Match = EraMatch & { state: 'matched' | 'choose' | 'unmatched'; reason: string }
const NOBODY = { claimId: null, authorizationId: null, caseId: null }

/**
 * The match of a claim: sure, to be chosen by a person, or none.
 * @param named what `namedIn` found for it
 */
export async function matchOf(
  db: Db,
  era: EraClaim,
  payers: readonly string[],
  named: ReadonlyMap<string, Ours>,
): Promise<Match> {
  for await (const [basis, found] of findings(db, era, named)) {
    const fitting = found.filter((ours) => fitsOrder(era, ours) && fitsPayer(payers, ours))
    const [ours] = fitting
    if (!ours) {
      if (found.length > 0) return choose(basis, 'What was found belongs to another plan or payer.')
      continue
    }
    if (fitting.length > 1) return choose(basis, `${fitting.length} of our claims match.`)
    if (NEEDS_NAME.includes(basis) && !sameFirstName(era.patient.firstName, ours.firstName))
      return choose(basis, 'The first name differs or is missing: it may be another patient of that family.')
    if (ours.state === 'draft') return choose(basis, `${ours.number} fits, but is not sent yet.`)
    if (!sameName(era, ours) && !sameCharge(era, ours))
      return choose(basis, 'The number fits, the patient and the charge do not.')
    const other = contradictions(era, ours)
    if (other.length > 0) return choose(basis, `${ours.number} fits, but not the ${other.join(', ')} in the file.`)
    if (payers.length === 0 && !(sameName(era, ours) && sameCharge(era, ours)))
      return choose(basis, 'The payer in the file is not one of yours, and patient or charge differ.')
    const { caseId } = ours
    return ours.kind === 'claim'
      ? { ...NOBODY, kind: 'claim', claimId: ours.id as ClaimId, caseId, basis, state: 'matched', reason: '' }
      : {
          ...NOBODY,
          kind: 'authorization',
          authorizationId: ours.id as AuthorizationId,
          caseId,
          basis,
          state: 'matched',
          reason: '',
        }
  }
  return { ...NOBODY, kind: 'none', basis: '', state: 'unmatched', reason: 'None of our claims match.' }
}
function choose(basis: string, reason: string): Match {
  return { ...NOBODY, kind: 'choose', basis, state: 'choose', reason: `${basis}: ${reason}` }
}
