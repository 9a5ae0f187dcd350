// Which plan pays first (domain.md 8): the rules in order, the first that decides wins, with its reason and source.
import type { IsoDate } from '../dates.ts'

const ADA = 'ADA guidance on coordination of benefits (copy: luisabortolotti.net); Indiana 760 IAC 1-38.1-14'
const MEDICAID = '42 CFR 433.139'

/** How a plan covers the patient. */
export interface PlanPosition {
  id: string
  medicaid: boolean
  /** The contract has no coordination clause. */
  noCoordination: boolean
  /** The patient is the employee or subscriber; otherwise a dependent. */
  asSubscriber: boolean
  employment: 'active' | 'retired' | 'cobra'
  coveredSince: IsoDate | null
  /** For a child: through whom. */
  through: 'first_parent' | 'second_parent' | 'first_stepparent' | 'second_stepparent' | null
}
/** What is known of a child's parents. */
export interface Parents {
  together: boolean
  /** Joint custody, or a decree that makes both responsible. */
  joint: boolean
  /** The parent whom a decree makes responsible, when the plan knows of it. */
  decree: 'first_parent' | 'second_parent' | null
  custodial: 'first_parent' | 'second_parent' | null
  /** Month and day as `MM-DD`; the year does not matter. */
  firstBirthday: string | null
  secondBirthday: string | null
}
export interface OrderAnswer {
  /** Plan ids, first payer first; empty when something is missing. */
  order: string[]
  rule: string
  reason: string
  source: string
  confidence: 'confirmed' | 'reported' | 'unverified'
  missing: string[]
}
interface Verdict extends Omit<OrderAnswer, 'order' | 'missing'> {
  sign: number
}

/** Orders the plans of one patient. `parents` only for a child covered through them. */
export function orderPlans(plans: readonly PlanPosition[], parents: Parents | null): OrderAnswer {
  const missing = parents ? missingOf(plans, parents) : []
  let decisive: Verdict | null = null
  const sorted = [...plans].sort((a, b) => {
    const verdict = compare(a, b, parents)
    if (!decisive || rank(verdict.rule) < rank(decisive.rule)) decisive = verdict
    return verdict.sign
  })
  const verdict: Verdict = decisive ?? {
    sign: 0,
    rule: '-',
    reason: 'Only one plan',
    source: ADA,
    confidence: 'reported',
  }
  if (missing.length > 0 && verdict.rule !== '0' && verdict.rule !== '1')
    return { ...verdict, order: [], reason: `Needed first: ${missing.join(', ')}`, missing }
  const { rule, reason, source, confidence } = verdict
  return { order: sorted.map((plan) => plan.id), rule, reason, source, confidence, missing: [] }
}

function rank(rule: string): number {
  return rule === '9' ? 99 : rule === '-' ? 100 : Number(rule)
}

function missingOf(plans: readonly PlanPosition[], parents: Parents): string[] {
  const throughParents = plans.filter((plan) => plan.through !== null && !plan.medicaid)
  if (throughParents.length < 2) return []
  if ((parents.together || parents.joint) && (!parents.firstBirthday || !parents.secondBirthday))
    return ['both parents’ birthdays (month and day)']
  if (!parents.together && !parents.joint && !parents.decree && !parents.custodial)
    return ['who has custody, or what the court order says']
  return []
}

function compare(a: PlanPosition, b: PlanPosition, parents: Parents | null): Verdict {
  const say = (
    sign: number,
    rule: string,
    reason: string,
    source = ADA,
    confidence: Verdict['confidence'] = 'reported',
  ): Verdict => ({ sign, rule, reason, source, confidence })
  if (a.medicaid !== b.medicaid)
    return say(a.medicaid ? 1 : -1, '0', 'Medicaid always pays last', MEDICAID, 'confirmed')
  if (a.noCoordination !== b.noCoordination)
    return say(a.noCoordination ? -1 : 1, '1', 'A plan without a coordination clause pays first')
  if (a.asSubscriber !== b.asSubscriber)
    return say(
      a.asSubscriber ? -1 : 1,
      '2',
      'The plan of which the patient is the subscriber pays before one as dependent',
    )
  if (parents) {
    const verdict = compareParents(a, b, parents, say)
    if (verdict) return verdict
  }
  if (a.employment !== b.employment) {
    if (a.employment === 'cobra' || b.employment === 'cobra')
      return say(a.employment === 'cobra' ? 1 : -1, '7', 'Continuation coverage (COBRA) pays after regular coverage')
    return say(a.employment === 'active' ? -1 : 1, '6', 'The plan of an active employee pays before that of a retiree')
  }
  if (a.coveredSince && b.coveredSince && a.coveredSince !== b.coveredSince)
    return say(a.coveredSince < b.coveredSince ? -1 : 1, '8', 'The plan that has covered longer pays first')
  return say(0, '9', 'No rule decides: the plans share equally', ADA, 'unverified')
}

type Through = NonNullable<PlanPosition['through']>
type Say = (sign: number, rule: string, reason: string, source?: string, confidence?: Verdict['confidence']) => Verdict

function compareParents(a: PlanPosition, b: PlanPosition, parents: Parents, say: Say): Verdict | null {
  if (!a.through || !b.through || a.through === b.through) return null
  if (parents.together || parents.joint) {
    const birthday = (who: Through) =>
      who === 'first_parent' ? parents.firstBirthday : who === 'second_parent' ? parents.secondBirthday : null
    const [first, second] = [birthday(a.through), birthday(b.through)]
    if (!first || !second) return null
    if (first === second) {
      if (!a.coveredSince || !b.coveredSince || a.coveredSince === b.coveredSince) return null
      const sign = a.coveredSince < b.coveredSince ? -1 : 1
      return say(sign, '3', 'Same birthday: the plan that has covered its parent longer pays first')
    }
    return say(
      first < second ? -1 : 1,
      '3',
      `Birthday rule: the parent whose birthday comes earlier in the year (${first < second ? first : second}) pays first; the year does not matter`,
    )
  }
  const place = (who: Through): number => {
    const order = placesAfter(parents.decree ?? parents.custodial ?? 'second_parent')
    return order.indexOf(who)
  }
  const reason = parents.decree
    ? 'A court order makes that parent responsible and the plan knows of it'
    : 'No court order: custodial parent, custodial parent’s spouse, other parent, other parent’s spouse'
  return say(place(a.through) - place(b.through), '4', reason)
}

/** A parent, their spouse, then the other parent and theirs. */
function placesAfter(first: 'first_parent' | 'second_parent'): Through[] {
  return first === 'first_parent'
    ? ['first_parent', 'first_stepparent', 'second_parent', 'second_stepparent']
    : ['second_parent', 'second_stepparent', 'first_parent', 'first_stepparent']
}
