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
export function changesOfPerson(patient: PatientInput, coverages: readonly Coverage[], terms: Terms): PersonChanges {
  const { before, now } = terms
  const found: Pick<PersonChanges, 'changes' | 'kept'> = { changes: [], kept: [] }
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

interface Terms {
  before: Listed | null
  now: Listed
  today: IsoDate
  memberUnknown: string
}

function plansOf(
  coverages: readonly Coverage[],
  terms: Terms,
  { changes, kept }: Pick<PersonChanges, 'changes' | 'kept'>,
): PlanWork[] {
  const { before, now, today, memberUnknown } = terms
  const was = (plan: SaidPlan) =>
    before?.plans.find((one) => isSamePlan(one, plan)) ?? before?.plans.find((one) => isRenamed(one, plan)) ?? null
  const on = new Map<SaidPlan, Coverage>()
  const taken = new Set<Coverage>()
  for (const plan of now.plans) {
    const coverage = coverageOf(
      plan,
      coverages.filter((one) => !taken.has(one)),
      terms,
    )
    if (coverage) on.set(plan, coverage)
    if (coverage) taken.add(coverage)
  }
  // A plan that left the list has ended in the practice system: the cases keep it, and warn.
  const ended: { coverage: Coverage; payer: string }[] = []
  for (const plan of before?.plans ?? []) {
    if (now.plans.some((one) => was(one) === plan)) continue
    const free = coverages.filter((one) => !taken.has(one))
    const coverage =
      free.find((one) => isCoverageOf(one, plan, memberUnknown)) ??
      free.find((one) => isRenamed({ ...one, payer: one.payerName }, plan))
    if (!coverage || coverage.validTo !== null) continue
    taken.add(coverage)
    ended.push({ coverage, payer: plan.payer })
  }
  const isOpen = ({ validTo }: Pick<Coverage, 'validTo'>) => validTo === null || validTo >= today
  const isEnded = (one: Coverage) => ended.some(({ coverage }) => coverage === one)
  const ordersOf = (some: readonly Coverage[]) =>
    new Set(some.flatMap((one) => (isOpen(one) && !isEnded(one) ? [one.order] : [])))
  const typed = ordersOf(coverages.filter((one) => !taken.has(one)))
  const settings = [...on].map(([plan, coverage]) => {
    const set = settingOf(coverage, plan, { was: was(plan), isNew: before !== null && was(plan) === null, today })
    if (coverage.memberId === memberUnknown && plan.memberId !== '') set.memberId = plan.memberId
    if (set.order && typed.has(set.order)) delete set.order
    return { plan, coverage, set }
  })
  const orders = new Set(typed)
  for (const { coverage, set } of settings)
    if (isOpen(coverage) && isOpen({ ...coverage, ...set })) orders.add(set.order ?? coverage.order)
  const work: PlanWork[] = []
  for (const { plan, coverage, set } of settings) {
    // It is valid again: its place may be another plan's by now.
    if (!isOpen(coverage) && isOpen({ ...coverage, ...set })) {
      const order = freeOrder(plan.order ?? coverage.order, orders)
      orders.add(order)
      if (order !== coverage.order) set.order = order
    }
    const isOtherName = payerKey(plan.payer) !== payerKey(coverage.payerName)
    if (isOtherName && payerKey(was(plan)?.payer ?? '') !== payerKey(plan.payer))
      kept.push({ label: 'Payer', from: coverage.payerName, to: plan.payer })
    if (Object.keys(set).length === 0) continue
    work.push({ do: 'set', coverage, set })
    for (const key of Object.keys(set) as (keyof typeof set)[])
      changes.push({
        label: `${plan.payer}: ${COVERAGE_LABELS[key]}`,
        from: dayOr(coverage[key] ?? ''),
        to: dayOr(set[key] ?? 'none'),
      })
  }
  for (const plan of now.plans) {
    // What was brought before and has no coverage was taken away here since.
    if (on.has(plan) || was(plan)) continue
    const order = freeOrder(plan.order, orders)
    orders.add(order)
    work.push({ do: 'add', plan, order })
    changes.push({ label: 'Plan', from: '', to: [plan.payer, plan.memberId].filter(Boolean).join(' ') })
  }
  const validTo = addDays(today, -1)
  for (const { coverage, payer } of ended) {
    work.push({ do: 'set', coverage, set: { validTo } })
    changes.push({ label: `${payer}: coverage to`, from: '', to: formatDate(validTo) })
  }
  return work
}

/** The coverage that is meant: of the same group before another; none of the group that the person left. */
function coverageOf(plan: SaidPlan, free: readonly Coverage[], { before, memberUnknown }: Terms): Coverage | undefined {
  const own = free.filter((one) => isCoverageOf(one, plan, memberUnknown))
  const left = (before?.plans ?? []).filter((one) => isSameMember(one, plan) && !isSameGroup(one, plan))
  return (
    own.find((one) => one.groupNumber === plan.groupNumber) ??
    own.find((one) => !left.some(({ groupNumber }) => groupNumber === one.groupNumber)) ??
    free.find((one) => isRenamed({ ...one, payer: one.payerName }, plan))
  )
}

const COVERAGE_LABELS = {
  memberId: 'member ID',
  validFrom: 'coverage from',
  validTo: 'coverage to',
  order: 'order',
} as const

/**
 * What a coverage on file takes from the list: what is blank here, or what the list changed and nobody edited.
 * @param isNew the last list was without it: an end that has passed is no more true
 */
function settingOf(
  coverage: Coverage,
  plan: SaidPlan,
  { was, isNew, today }: { was: SaidPlan | null; isNew: boolean; today: IsoDate },
) {
  const set: Partial<Pick<Coverage, 'memberId' | 'validFrom' | 'validTo' | 'order'>> = {}
  for (const key of ['validFrom', 'validTo'] as const) {
    const isFree = was === null ? coverage[key] === null : coverage[key] === was[key]
    if (isFree && plan[key] !== coverage[key] && (plan[key] !== null || was !== null)) set[key] = plan[key]
  }
  const isPast = (day: IsoDate | null) => day !== null && day < today
  if (isNew && isPast(coverage.validTo) && !isPast(plan.validTo)) set.validTo = plan.validTo
  if (plan.order && was?.order && plan.order !== was.order && coverage.order === was.order) set.order = plan.order
  return set
}

type Member = Pick<SaidPlan, 'payer' | 'memberId' | 'groupNumber'>
const isSameMember = (one: Member, other: Member) =>
  payerKey(one.payer) === payerKey(other.payer) && one.memberId === other.memberId
/** What one list leaves out makes no other group. */
const isSameGroup = (one: Member, other: Member) =>
  one.groupNumber === other.groupNumber || one.groupNumber === '' || other.groupNumber === ''
const isSamePlan = (one: Member, other: Member) => isSameMember(one, other) && isSameGroup(one, other)
/** `Delta Dental of CA`, `Delta Dental of California`: member ID and group are the same, and the name begins alike. */
const isRenamed = (one: Member, other: Member) =>
  one.memberId !== '' &&
  one.memberId === other.memberId &&
  one.groupNumber === other.groupNumber &&
  firstWord(one.payer) === firstWord(other.payer)
const firstWord = (text: string) => /[\p{L}\p{N}]+/u.exec(text.toLowerCase())?.[0] ?? ''
const isCoverageOf = ({ payerName, memberId }: Coverage, plan: SaidPlan, memberUnknown: string) =>
  payerKey(payerName) === payerKey(plan.payer) &&
  (memberId === plan.memberId || memberId === memberUnknown || plan.memberId === '')

/** The order that the list says, when no other plan has it; else the next one. */
export function freeOrder(wanted: PaymentOrder | null, taken: ReadonlySet<PaymentOrder>): PaymentOrder {
  if (wanted && !taken.has(wanted)) return wanted
  return PLAN_ORDERS.find((one) => !taken.has(one)) ?? 'fourth'
}
