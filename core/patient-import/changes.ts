// What a list says anew of a person on file. What was edited here since the last list stays; both are shown.
import type { Coverage, PatientInput } from '../patient.ts'
import { phoneDigits } from '../phone.ts'
import { personLabelOf } from './fields.ts'
import { plansOf, type PlanTerms, type PlanWork } from './plans.ts'
import { type Change, type Compared, dayOr } from './said.ts'

export interface PersonChanges extends Compared {
  patient: PatientInput
  plans: PlanWork[]
}

const FIELDS = [
  'lastName',
  'firstName',
  'birthDate',
  'gender',
  'phone',
  'mobile',
  'email',
  'guarantor',
  'externalId',
] as const
const PLACES = ['street', 'city', 'state', 'zip'] as const

/**
 * @param before what the last list said of the person; null when none did
 * @param memberUnknown what stands for a member ID that nobody knows yet
 */
export function changesOfPerson(
  patient: PatientInput,
  coverages: readonly Coverage[],
  terms: PlanTerms,
): PersonChanges {
  const { before, now } = terms
  const found: Compared = { changes: [], kept: [] }
  const next: PatientInput = { ...patient, address: { ...patient.address } }
  for (const key of FIELDS) {
    const said = decide(personLabelOf(key), patient[key], before?.[key] ?? null, now[key], found)
    if (said !== null) Object.assign(next, { [key]: said })
  }
  for (const key of PLACES) {
    const said = decide(personLabelOf(key), patient.address[key], before?.address[key] ?? null, now.address[key], found)
    if (said !== null) next.address[key] = said
  }
  return { patient: next, plans: plansOf(coverages, terms, found), ...found }
}

/** @returns what is to stand here; null when it stays */
function decide(
  label: string,
  here: string,
  before: string | null,
  now: string,
  { changes, kept }: Compared,
): string | null {
  // What the list does not hold takes nothing away, unless it was the list that brought it.
  if (isSame(now, here) || now === before || (now === '' && before === null)) return null
  const shown: Change = { label, from: dayOr(here), to: dayOr(now) }
  const isOurs = before === null ? here !== '' && here !== 'U' : !isSame(here, before)
  if (isOurs) {
    if (now !== '' && now !== 'U') kept.push(shown)
    return null
  }
  changes.push(shown)
  return now
}

const plain = (text: string) => phoneDigits(text) ?? text.trim().toLowerCase()
const isSame = (one: string, other: string) => one === other || plain(one) === plain(other)
