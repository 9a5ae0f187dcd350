// What a list says anew of a person on file. What was edited here since the last list stays; both are shown.
import { addDays, formatDate, type IsoDate } from '../dates.ts'
import { type Coverage, payerKey, type PatientInput, PLAN_ORDERS, type PaymentOrder } from '../patient.ts'
import { phoneDigits } from '../phone.ts'
import type { SaidPerson, SaidPlan } from './families.ts'
import { personLabelOf } from './fields.ts'

export interface Change {
  label: string
  from: string
  to: string
}
/** A person as a list says it: name and birth date with the rest. */
export type Listed = SaidPerson & Pick<PatientInput, 'lastName' | 'firstName' | 'birthDate'>

/** What becomes of a coverage on file, or of one that is new. */
export type PlanWork =
  | { do: 'add'; plan: SaidPlan; order: PaymentOrder }
  | { do: 'set'; coverage: Coverage; set: Partial<Pick<Coverage, 'memberId' | 'validFrom' | 'validTo' | 'order'>> }

export interface PersonChanges {
  patient: PatientInput
  plans: PlanWork[]
  changes: Change[]
  /** What the list says otherwise than it stands here, where somebody edited it. */
  kept: Change[]
}

const FIELDS = [
  ['lastName', 'lastName'],
  ['firstName', 'firstName'],
  ['birthDate', 'birthDate'],
  ['gender', 'gender'],
  ['phone', 'phone'],
  ['mobile', 'mobile'],
  ['email', 'email'],
  ['guarantor', 'guarantor'],
  ['externalId', 'externalId'],
] as const
const PLACES = ['street', 'city', 'state', 'zip'] as const

/**
 * @param before what the last list said of the person; null when none did
 * @param memberUnknown what stands for a member ID that nobody knows yet
 */
export function changesOfPerson(
  patient: PatientInput,
  coverages: readonly Coverage[],
  { before, now, today, memberUnknown }: { before: Listed | null; now: Listed; today: IsoDate; memberUnknown: string },
): PersonChanges {
  const found: Pick<PersonChanges, 'changes' | 'kept'> = { changes: [], kept: [] }
  const next: PatientInput = { ...patient, address: { ...patient.address } }
  for (const [key, field] of FIELDS) {
    const said = decide(personLabelOf(field), patient[key], before?.[key] ?? null, now[key], found)
    if (said !== null) Object.assign(next, { [key]: said })
  }
  for (const key of PLACES) {
    const said = decide(personLabelOf(key), patient.address[key], before?.address[key] ?? null, now.address[key], found)
    if (said !== null) next.address[key] = said
  }
  return { patient: next, plans: plansOf(coverages, { before, now, today, memberUnknown }, found), ...found }
}

/** @returns what is to stand here; null when it stays */
function decide(
  label: string,
  here: string,
  before: string | null,
  now: string,
  { changes, kept }: Pick<PersonChanges, 'changes' | 'kept'>,
): string | null {
  // What the list does not hold takes nothing away, unless it was the list that brought it.
  if (isSame(now, here) || now === before || (now === '' && before === null)) return null
  const shown = { label, from: dayOr(here), to: dayOr(now) }
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
const dayOr = (text: string) => (/^\d{4}-\d\d-\d\d$/.test(text) ? formatDate(text) : text)

function plansOf(
  coverages: readonly Coverage[],
  { before, now, today, memberUnknown }: { before: Listed | null; now: Listed; today: IsoDate; memberUnknown: string },
  { changes }: Pick<PersonChanges, 'changes'>,
): PlanWork[] {
  const work: PlanWork[] = []
  const taken = new Set<Coverage>()
  const orders = new Set(
    coverages.filter((one) => one.validTo === null || one.validTo >= today).map((one) => one.order),
  )
  const was = (plan: SaidPlan) => before?.plans.find((one) => isSamePlan(one, plan)) ?? null
  for (const plan of now.plans) {
    const coverage = coverages.find((one) => !taken.has(one) && isCoverageOf(one, plan, memberUnknown))
    if (coverage) {
      taken.add(coverage)
      const set = settingOf(coverage, plan, was(plan), memberUnknown)
      if (Object.keys(set).length === 0) continue
      work.push({ do: 'set', coverage, set })
      for (const key of Object.keys(set) as (keyof typeof set)[])
        changes.push({
          label: `${plan.payer}: ${COVERAGE_LABELS[key]}`,
          from: dayOr(coverage[key] ?? ''),
          to: dayOr(set[key] ?? 'none'),
        })
      continue
    }
    // It was brought before and taken away here since.
    if (was(plan)) continue
    const order = freeOrder(plan.order, orders)
    orders.add(order)
    work.push({ do: 'add', plan, order })
    changes.push({ label: 'Plan', from: '', to: [plan.payer, plan.memberId].filter(Boolean).join(' ') })
  }
  // A plan that left the list has ended in the practice system: the cases keep it, and warn.
  for (const plan of before?.plans ?? []) {
    if (now.plans.some((one) => isSamePlan(one, plan))) continue
    const coverage = coverages.find((one) => !taken.has(one) && isCoverageOf(one, plan, memberUnknown))
    if (!coverage || coverage.validTo !== null) continue
    taken.add(coverage)
    const validTo = addDays(today, -1)
    work.push({ do: 'set', coverage, set: { validTo } })
    changes.push({ label: `${plan.payer}: coverage to`, from: '', to: formatDate(validTo) })
  }
  return work
}

const COVERAGE_LABELS = {
  memberId: 'member ID',
  validFrom: 'coverage from',
  validTo: 'coverage to',
  order: 'order',
} as const

/** What a coverage on file takes from the list: what is blank here, or what the list changed and nobody edited. */
function settingOf(coverage: Coverage, plan: SaidPlan, was: SaidPlan | null, memberUnknown: string) {
  const set: Partial<Pick<Coverage, 'memberId' | 'validFrom' | 'validTo' | 'order'>> = {}
  if (coverage.memberId === memberUnknown && plan.memberId !== '') set.memberId = plan.memberId
  for (const key of ['validFrom', 'validTo'] as const) {
    const isFree = was === null ? coverage[key] === null : coverage[key] === was[key]
    if (isFree && plan[key] !== coverage[key] && (plan[key] !== null || was !== null)) set[key] = plan[key]
  }
  if (plan.order && was?.order && plan.order !== was.order && coverage.order === was.order) set.order = plan.order
  return set
}

const isSamePlan = (one: SaidPlan, other: SaidPlan) =>
  payerKey(one.payer) === payerKey(other.payer) && one.memberId === other.memberId
const isCoverageOf = ({ payerName, memberId }: Coverage, plan: SaidPlan, memberUnknown: string) =>
  payerKey(payerName) === payerKey(plan.payer) &&
  (memberId === plan.memberId || memberId === memberUnknown || plan.memberId === '')

/** The order that the list says, when no other plan has it; else the next one. */
export function freeOrder(wanted: PaymentOrder | null, taken: ReadonlySet<PaymentOrder>): PaymentOrder {
  if (wanted && !taken.has(wanted)) return wanted
  return PLAN_ORDERS.find((one) => !taken.has(one)) ?? 'fourth'
}
