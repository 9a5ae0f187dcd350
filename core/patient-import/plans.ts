// What becomes of a person's plans by a new list: set, added, ended. What was edited here stays, and is shown.
import { addDays, formatDate, type IsoDate } from '../dates.ts'
import { type Coverage, nameKey, payerKey, type PatientInput, PLAN_ORDERS, type PaymentOrder } from '../patient.ts'
import type { Listed, SaidPlan } from './families.ts'
import { type Compared, dayOr } from './said.ts'

type Setting = Partial<Pick<Coverage, 'memberId' | 'validFrom' | 'validTo' | 'order' | 'relation' | 'subscriber'>>
/** What becomes of a coverage on file, or of one that is new. */
export type PlanWork =
  { do: 'add'; plan: SaidPlan; order: PaymentOrder } | { do: 'set'; coverage: Coverage; set: Setting }

export interface PlanTerms {
  /** What the last list said of the person; null when none did. */
  before: Listed | null
  now: Listed
  today: IsoDate
  /** What stands for a member ID that nobody knows yet. */
  memberUnknown: string
}
interface Ended {
  coverage: Coverage
  payer: string
}
type Was = (plan: SaidPlan) => SaidPlan | null

export function plansOf(coverages: readonly Coverage[], terms: PlanTerms, found: Compared): PlanWork[] {
  const { before, now, today } = terms
  const was: Was = (plan) =>
    before?.plans.find((one) => isSamePlan(one, plan)) ?? before?.plans.find((one) => isRenamed(one, plan)) ?? null
  const on = matched(coverages, terms)
  const ended = endedOf(coverages, { terms, was, taken: new Set(on.values()) })
  const isOpen = ({ validTo }: Pick<Coverage, 'validTo'>) => validTo === null || validTo >= today
  const known = new Set([...on.values(), ...ended.map(({ coverage }) => coverage)])
  const typed = new Set(coverages.flatMap((one) => (isOpen(one) && !known.has(one) ? [one.order] : [])))
  const settings = [...on].map(([plan, coverage]) => {
    const last = was(plan)
    const set = settingOf(coverage, plan, { was: last, isNew: before !== null && last === null, today })
    if (coverage.memberId === terms.memberUnknown && plan.memberId !== '') set.memberId = plan.memberId
    if (set.order && typed.has(set.order)) delete set.order
    Object.assign(set, holderOf(coverage, plan, { last, before, now }, found))
    return { plan, coverage, set, last }
  })
  const orders = new Set(typed)
  for (const { coverage, set } of settings)
    if (isOpen(coverage) && isOpen({ ...coverage, ...set })) orders.add(set.order ?? coverage.order)
  const work: PlanWork[] = []
  for (const { plan, coverage, set, last } of settings) {
    // It is valid again: its place may be another plan's by now.
    if (!isOpen(coverage) && isOpen({ ...coverage, ...set })) {
      const order = freeOrder(plan.order ?? coverage.order, orders)
      orders.add(order)
      if (order !== coverage.order) set.order = order
    }
    const isOtherName = payerKey(plan.payer) !== payerKey(coverage.payerName)
    if (isOtherName && payerKey(last?.payer ?? '') !== payerKey(plan.payer))
      found.kept.push({ label: 'Payer', from: coverage.payerName, to: plan.payer })
    if (Object.keys(set).length === 0) continue
    work.push({ do: 'set', coverage, set })
    found.changes.push(...shownSetting(plan, coverage, set))
  }
  for (const plan of now.plans) {
    // What was brought before and has no coverage was taken away here since.
    if (on.has(plan) || was(plan)) continue
    const order = freeOrder(plan.order, orders)
    orders.add(order)
    work.push({ do: 'add', plan, order })
    found.changes.push({ label: 'Plan', from: '', to: [plan.payer, plan.memberId].filter(Boolean).join(' ') })
  }
  const validTo = addDays(today, -1)
  for (const { coverage, payer } of ended) {
    work.push({ do: 'set', coverage, set: { validTo } })
    found.changes.push({ label: `${payer}: coverage to`, from: '', to: formatDate(validTo) })
  }
  return work
}

/** Each plan of the list with its coverage on file. */
function matched(coverages: readonly Coverage[], terms: PlanTerms): Map<SaidPlan, Coverage> {
  const on = new Map<SaidPlan, Coverage>()
  const taken = new Set<Coverage>()
  for (const plan of terms.now.plans) {
    const free = coverages.filter((one) => !taken.has(one))
    const coverage = coverageOf(plan, free, terms)
    if (!coverage) continue
    on.set(plan, coverage)
    taken.add(coverage)
  }
  return on
}

/** A plan that left the list has ended in the practice system: the cases keep it, and warn. */
function endedOf(
  coverages: readonly Coverage[],
  { terms: { before, now, memberUnknown }, was, taken }: { terms: PlanTerms; was: Was; taken: Set<Coverage> },
): Ended[] {
  const ended: Ended[] = []
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
  return ended
}

/** The coverage that is meant: of the same group before another; none of the group that the person left. */
function coverageOf(
  plan: SaidPlan,
  free: readonly Coverage[],
  { before, memberUnknown }: PlanTerms,
): Coverage | undefined {
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
  relation: 'relation to subscriber',
} as const
function shownSetting(plan: SaidPlan, coverage: Coverage, set: Setting) {
  const label = (words: string) => `${plan.payer}: ${words}`
  const plainKeys = Object.keys(COVERAGE_LABELS) as (keyof typeof COVERAGE_LABELS)[]
  const shown = plainKeys.flatMap((key) =>
    key in set
      ? [{ label: label(COVERAGE_LABELS[key]), from: dayOr(coverage[key] ?? ''), to: dayOr(set[key] ?? 'none') }]
      : [],
  )
  if (!set.subscriber) return shown
  const parts = [
    { label: label('subscriber'), from: holderName(coverage.subscriber), to: holderName(set.subscriber) },
    { label: label('employer'), from: coverage.subscriber.employer, to: set.subscriber.employer },
  ]
  return [...shown, ...parts.filter(({ from, to }) => from !== to)]
}

/**
 * What a coverage on file takes from the list: what is blank here, or what the list changed and nobody edited.
 * @param isNew the last list was without it: an end that has passed is no more true
 */
function settingOf(
  coverage: Coverage,
  plan: SaidPlan,
  { was, isNew, today }: { was: SaidPlan | null; isNew: boolean; today: IsoDate },
) {
  const set: Setting = {}
  for (const key of ['validFrom', 'validTo'] as const) {
    const isFree = was === null ? coverage[key] === null : coverage[key] === was[key]
    if (isFree && plan[key] !== coverage[key] && (plan[key] !== null || was !== null)) set[key] = plan[key]
  }
  const isPast = (day: IsoDate | null) => day !== null && day < today
  if (isNew && isPast(coverage.validTo) && !isPast(plan.validTo)) set.validTo = plan.validTo
  if (plan.order && was?.order && plan.order !== was.order && coverage.order === was.order) set.order = plan.order
  return set
}

type Holder = Coverage['subscriber']
const holderName = ({ lastName, firstName, birthDate }: Pick<Holder, 'lastName' | 'firstName' | 'birthDate'>) =>
  [[lastName, firstName].filter(Boolean).join(', '), birthDate && `born ${formatDate(birthDate)}`]
    .filter(Boolean)
    .join(', ')

/** Whose plan it is, as a list says it. */
export function subscriberOf(plan: SaidPlan, patient: Pick<PatientInput, Named>): Holder {
  const { lastName, firstName, birthDate, gender, address } = plan.subscriber ?? patient
  return { lastName, firstName, birthDate, gender, address, employer: plan.employer }
}
type Named = 'lastName' | 'firstName' | 'birthDate' | 'gender' | 'address'

/**
 * Relation, subscriber and employer, where the list changed them and nobody edited them here.
 * @param last what the last list said of the plan; null when it had none
 */
function holderOf(
  coverage: Coverage,
  plan: SaidPlan,
  { last, before, now }: { last: SaidPlan | null; before: Listed | null; now: Listed },
  { kept }: Compared,
): Pick<Setting, 'relation' | 'subscriber'> {
  if (last === null || before === null) return {}
  const [said, told] = [subscriberOf(plan, now), subscriberOf(last, before)]
  const here = coverage.subscriber
  const keyOf = (relation: string, holder: Holder) => `${relation}|${nameKey(holder)}|${holder.birthDate ?? ''}`
  const [nowKey, wasKey, hereKey] = [
    // Oneself stays oneself under another name.
    plan.relation === 'self' && last.relation === 'self' ? keyOf('self', told) : keyOf(plan.relation, said),
    keyOf(last.relation, told),
    keyOf(coverage.relation, here),
  ]
  const set: Pick<Setting, 'relation' | 'subscriber'> = {}
  if (nowKey !== wasKey && nowKey !== hereKey) {
    if (hereKey === wasKey) {
      if (plan.relation !== coverage.relation) set.relation = plan.relation
      set.subscriber = { ...said, employer: here.employer }
    } else
      kept.push({
        label: `${plan.payer}: subscriber`,
        from: `${holderName(here)} (${coverage.relation})`,
        to: `${holderName(said)} (${plan.relation})`,
      })
  }
  if (plan.employer !== last.employer && plan.employer !== here.employer) {
    if (here.employer === last.employer) set.subscriber = { ...(set.subscriber ?? here), employer: plan.employer }
    else if (plan.employer !== '')
      kept.push({ label: `${plan.payer}: employer`, from: here.employer, to: plan.employer })
  }
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
