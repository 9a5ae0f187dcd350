// Which plan pays first (domain.md 8): for every two plans the first rule that decides, with its reason and source. A fact that would
// decide and is not known is asked for, never assumed.
import * as z from 'zod'
import { formatMonthDay, IsoDate } from '../dates.ts'

const ADA = 'ADA guidance on coordination of benefits (copy: luisabortolotti.net); Indiana 760 IAC 1-38.1-14'
const MEDICAID = '42 CFR 433.139'

export const HOLDERS = ['self', 'spouse', 'mother', 'father', 'stepmother', 'stepfather', 'guardian', 'other'] as const
const Holder = z.strictObject({
  /** To the patient. */
  relation: z.enum(HOLDERS),
  birthDate: IsoDate.nullable(),
})
type Relation = z.infer<typeof Holder>['relation']

const Position = z.strictObject({
  id: z.string().min(1).max(60),
  kind: z.enum(['commercial', 'medicaid', 'medical']),
  hasCobClause: z.boolean().nullable(),
  /** Of medical plans alone: whether it pays for this service. */
  coversService: z.boolean().nullable().default(true),
  holder: Holder,
  status: z.enum(['active', 'retired', 'laid_off', 'cobra']).nullable(),
  /** Since when it covers its holder; a change of carrier does not restart that. */
  since: IsoDate.nullable(),
})
/** How a plan covers the patient; null is not known. */
export type PlanPosition = z.infer<typeof Position>

const Decree = z.strictObject({
  responsible: z.enum(['mother', 'father', 'both']),
  knownToPlan: z.boolean().nullable(),
})
const Parents = z.strictObject({
  together: z.boolean().nullable(),
  custody: z.enum(['mother', 'father', 'joint']).nullable(),
  decree: Decree.nullable(),
})
export type Parents = z.infer<typeof Parents>

export const PlanOrderFacts = z.strictObject({
  patient: z.strictObject({ birthDate: IsoDate.nullable(), isChild: z.boolean() }),
  coverages: z
    .array(Position)
    .min(1)
    .max(10)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'A plan is listed twice'),
  /** Null: nothing is known of them. */
  parents: Parents.nullable(),
})
export type PlanOrderFacts = z.infer<typeof PlanOrderFacts>

const CONFIDENCES = ['confirmed', 'reported', 'unverified'] as const
const Step = z.strictObject({ rule: z.string(), text: z.string(), source: z.string() })
const Missing = z.strictObject({
  /** Where it belongs: `parents.custody`, `ID.since`. */
  fact: z.string(),
  question: z.string(),
  why: z.string(),
})
type Missing = z.infer<typeof Missing>

export const PlanOrder = z.strictObject({
  /** First payer first; while something is missing, only those whose place is certain. */
  order: z.array(z.string()),
  steps: z.array(Step),
  /** That of the weakest step. */
  confidence: z.enum(CONFIDENCES),
  missing: z.array(Missing),
})
export type PlanOrder = z.infer<typeof PlanOrder>

/** How two plans stand to each other: below 0 the first one pays first. */
interface Verdict extends z.infer<typeof Step> {
  sign: number
  confidence: PlanOrder['confidence']
}
/** What is missing, where that decides. */
type Outcome = Verdict | Missing[]
type Rule = (a: PlanPosition, b: PlanPosition, facts: PlanOrderFacts) => Outcome | null

/** Puts the plans of one patient in the order in which they pay. */
export function orderPlans(facts: PlanOrderFacts): PlanOrder {
  const order: PlanPosition[] = []
  const steps = new Map<string, Verdict>()
  let left = facts.coverages
  while (left.length > 0) {
    const first = left.find((plan) =>
      left.every((other) => {
        const outcome = other === plan || compare(plan, other, facts)
        return outcome === true || (isVerdict(outcome) && outcome.sign <= 0)
      }),
    )
    if (!first) break
    left = left.filter((plan) => plan !== first)
    order.push(first)
    for (const other of left) {
      const verdict = compare(first, other, facts) as Verdict
      steps.set(`${verdict.rule} ${verdict.text}`, verdict)
    }
  }
  const weakest =
    left.length > 0 ? 2 : Math.max(0, ...[...steps.values()].map((one) => CONFIDENCES.indexOf(one.confidence)))
  return {
    order: order.map(({ id }) => id),
    steps: [...steps.values()].map(({ rule, text, source }) => ({ rule, text, source })),
    confidence: CONFIDENCES[weakest]!,
    missing: left.length > 0 ? missingAmong(left, facts) : [],
  }
}

function missingAmong(plans: readonly PlanPosition[], facts: PlanOrderFacts): Missing[] {
  const outcomes = plans.flatMap((a, at) => plans.slice(at + 1).map((b) => compare(a, b, facts)))
  const missing = outcomes.flatMap((outcome) => (isVerdict(outcome) ? [] : outcome))
  if (missing.length === 0)
    return [
      {
        fact: 'order',
        question: 'Ask the plans: which of them pays first?',
        why: 'The rules do not bring these plans into one order.',
      },
    ]
  return [...new Map(missing.map((one) => [one.fact, one])).values()]
}

const isVerdict = (outcome: Outcome): outcome is Verdict => !Array.isArray(outcome)

function compare(a: PlanPosition, b: PlanPosition, facts: PlanOrderFacts): Outcome {
  for (const rule of RULES) {
    const outcome = rule(a, b, facts)
    if (outcome) return outcome
  }
  return bySince(a, b)
}

function say(
  sign: number,
  rule: string,
  text: string,
  { source = ADA, confidence = 'reported' }: Partial<Pick<Verdict, 'source' | 'confidence'>> = {},
): Verdict {
  return { sign: Math.sign(sign), rule, text, source, confidence }
}

/** What follows from whatever the unknown fact may be: a verdict where that makes no difference, the question where it does. */
function whichever(open: Missing, outcomes: readonly Outcome[]): Outcome {
  const verdicts = outcomes.filter(isVerdict)
  if (verdicts.length === outcomes.length && new Set(verdicts.map(({ sign }) => sign)).size === 1)
    return verdicts.at(-1)!
  return [open, ...outcomes.flatMap((outcome) => (isVerdict(outcome) ? [] : outcome))]
}

const whose: Record<Relation, string> = {
  self: 'the patient’s own plan',
  spouse: 'the spouse’s plan',
  mother: 'the mother’s plan',
  father: 'the father’s plan',
  stepmother: 'the stepmother’s plan',
  stepfather: 'the stepfather’s plan',
  guardian: 'the guardian’s plan',
  other: 'the other person’s plan',
}
const planOf = ({ holder }: PlanPosition) => whose[holder.relation]

const byKind: Rule = (a, b, facts) => {
  const unknown = [a, b].find((plan) => plan.kind === 'medical' && plan.coversService === null)
  if (unknown)
    return whichever(
      {
        fact: `${unknown.id}.coversService`,
        question: 'Does the medical plan pay for this service?',
        why: 'If it does, it is billed before the dental plans.',
      },
      [true, false].map((coversService) => {
        const as = (plan: PlanPosition) => (plan === unknown ? { ...plan, coversService } : plan)
        return compare(as(a), as(b), facts)
      }),
    )
  const place = ({ kind, coversService }: PlanPosition) =>
    kind === 'medicaid' ? 3 : kind === 'commercial' ? 1 : coversService ? 0 : 2
  const sign = place(a) - place(b)
  if (sign === 0) return null
  if (a.kind === 'medicaid' || b.kind === 'medicaid')
    return say(sign, '0', 'Medicaid always pays last.', { source: MEDICAID, confidence: 'confirmed' })
  return Math.min(place(a), place(b)) === 0
    ? say(sign, '0', 'A medical plan that covers the service pays before dental plans.')
    : say(sign, '0', 'The medical plan does not cover the service.')
}

const byClause: Rule = (a, b, facts) => {
  const unknown = [a, b].find(({ hasCobClause }) => hasCobClause === null)
  if (unknown)
    return whichever(
      {
        fact: `${unknown.id}.hasCobClause`,
        question: `Does ${planOf(unknown)} coordinate with other plans?`,
        why: 'A plan without a coordination clause pays first; individual policies often have none.',
      },
      [true, false].map((hasCobClause) => {
        const as = (plan: PlanPosition) => (plan === unknown ? { ...plan, hasCobClause } : plan)
        return compare(as(a), as(b), facts)
      }),
    )
  if (a.hasCobClause === b.hasCobClause) return null
  return say(a.hasCobClause ? 1 : -1, '1', 'A plan without a coordination clause pays first.')
}

const bySubscriber: Rule = (a, b) => {
  const [isOwn, isOther] = [a.holder.relation === 'self', b.holder.relation === 'self']
  if (isOwn === isOther) return null
  return say(
    isOwn ? -1 : 1,
    '2',
    'The plan that covers the patient as subscriber pays before one that covers them as dependent.',
  )
}

type Parent = 'mother' | 'father'
/** A parent, and whom that parent married since. */
const HOUSEHOLDS: Record<Parent, [Parent, Relation]> = {
  mother: ['mother', 'stepfather'],
  father: ['father', 'stepmother'],
}
const isParent = (relation: Relation): relation is Parent => relation === 'mother' || relation === 'father'
const isOfFamily = (relation: Relation) => Object.values(HOUSEHOLDS).flat().includes(relation)

/** Two plans of one person; two of one relation may be two people, whose birth dates say so. */
function isOneHolder({ holder: a }: PlanPosition, { holder: b }: PlanPosition): boolean {
  return a.relation === b.relation && (!a.birthDate || !b.birthDate || a.birthDate === b.birthDate)
}

const byParents: Rule = (a, b, facts) => {
  if (isOneHolder(a, b)) return null
  const { parents, patient } = facts
  const relations = [a.holder.relation, b.holder.relation]
  if (relations.includes('guardian'))
    return patient.isChild && relations.every((one) => one === 'guardian' || isParent(one))
      ? byBirthday(a, b, '5')
      : null
  if (!relations.every(isOfFamily)) return null
  const birthday = relations.every(isParent) ? byBirthday(a, b, '3') : null
  const isApart = Boolean(parents && (parents.custody ?? parents.decree))
  const together = parents?.together ?? (isApart ? false : null)
  if (together) return birthday
  const decree = parents?.decree
  if (decree?.responsible === 'both') return birthday
  if (together === null)
    return [
      {
        fact: 'parents.together',
        question: 'Do the parents live together?',
        why: 'Together, the birthday rule decides; apart, the court order and custody do.',
      },
    ]
  if (!decree) return byCustody(a, b, facts)
  const { responsible, knownToPlan } = decree
  const named = byDecree(a, b, responsible, facts)
  if (!named || knownToPlan === false) return byCustody(a, b, facts)
  if (knownToPlan) return named
  return whichever(
    {
      fact: 'parents.decree.knownToPlan',
      question: `Does the ${responsible}’s plan know of the court order?`,
      why: 'The order counts from when the plan knows of it.',
    },
    [named, byCustody(a, b, facts) ?? bySince(a, b)],
  )
}

/** The plan of the parent whom the court made responsible, or of that parent's spouse where the parent has none; null for two others. */
function byDecree(
  a: PlanPosition,
  b: PlanPosition,
  responsible: Parent,
  { coverages }: PlanOrderFacts,
): Verdict | null {
  const payer = HOUSEHOLDS[responsible].find((who) => coverages.some(({ holder }) => holder.relation === who))
  const [isFirst, isSecond] = [a.holder.relation === payer, b.holder.relation === payer]
  if (isFirst === isSecond) return null
  const text =
    payer === responsible
      ? `A court order makes the ${responsible} responsible, and the plan knows of it.`
      : `A court order makes the ${responsible} responsible, who has no plan: the ${responsible}’s spouse’s pays first.`
  return say(isFirst ? -1 : 1, '4', text)
}

const byCustody: Rule = (a, b, { parents }) => {
  const custody = parents?.custody ?? null
  if (custody === null)
    return [
      {
        fact: 'parents.custody',
        question: 'Who has custody?',
        why: 'Apart and without a court order on health care, the custodial parent’s plan pays first.',
      },
    ]
  const relations = [a.holder.relation, b.holder.relation]
  if (custody === 'joint') return relations.every(isParent) ? byBirthday(a, b, '3') : null
  const order = [...HOUSEHOLDS[custody], ...HOUSEHOLDS[custody === 'mother' ? 'father' : 'mother']]
  const sign = order.indexOf(a.holder.relation) - order.indexOf(b.holder.relation)
  // Two people of one relation: custody says nothing between them.
  if (sign === 0) return null
  return say(
    sign,
    '4',
    `No court order that the plan knows of: the plan of the ${custody}, who has custody, then that of the ${custody}’s spouse, then those of the other parent and spouse.`,
  )
}

function byBirthday(a: PlanPosition, b: PlanPosition, rule: string): Outcome {
  const unknown = [a, b].filter(({ holder }) => !holder.birthDate)
  if (unknown.length > 0)
    return unknown.map((plan) => ({
      fact: `${plan.id}.holder.birthDate`,
      question: `When was the holder of ${planOf(plan)} born?`,
      why: 'Birthday rule: the one whose birthday comes earlier in the year pays first.',
    }))
  const [first, second] = [a, b].map(({ holder }) => holder.birthDate!.slice(5))
  if (first! !== second!) {
    const sign = first! < second! ? -1 : 1
    const [earlier, later] = sign < 0 ? [a, b] : [b, a]
    const day = ({ holder }: PlanPosition) => formatMonthDay(holder.birthDate!)
    return say(
      sign,
      rule,
      `Birthday rule: ${planOf(earlier)} pays first, ${day(earlier)} comes earlier in the year than ${day(later)}; the year of birth does not matter.`,
    )
  }
  const outcome = bySince(a, b)
  if (!isVerdict(outcome)) return outcome
  const { sign } = outcome
  return sign === 0
    ? outcome
    : say(sign, rule, 'Same birthday: the plan that has covered its holder longer pays first.')
}

const STATUS_PLACES = { active: 0, retired: 1, laid_off: 1, cobra: 2 }

const byStatus: Rule = (a, b, facts) => {
  const unknown = [a, b].find(({ status }) => status === null)
  if (unknown)
    return whichever(
      {
        fact: `${unknown.id}.status`,
        question: `Does the holder of ${planOf(unknown)} work, or is it a retiree’s plan or COBRA?`,
        why: 'The plan of an active employee pays before a retiree’s, and COBRA after regular coverage.',
      },
      (['active', 'retired', 'cobra'] as const).map((status) => {
        const as = (plan: PlanPosition) => (plan === unknown ? { ...plan, status } : plan)
        return compare(as(a), as(b), facts)
      }),
    )
  const [first, second] = [STATUS_PLACES[a.status!], STATUS_PLACES[b.status!]]
  if (first === second) return null
  return Math.max(first, second) === 2
    ? say(first - second, '7', 'Continuation coverage (COBRA) pays after regular coverage.')
    : say(first - second, '6', 'The plan of an active employee pays before that of someone retired or laid off.')
}

function bySince(a: PlanPosition, b: PlanPosition): Outcome {
  const unknown = [a, b].filter(({ since }) => !since)
  if (unknown.length > 0)
    return unknown.map((plan) => ({
      fact: `${plan.id}.since`,
      question: `Since when does ${planOf(plan)} cover its holder?`,
      why: 'The plan that has covered its holder longer pays first; a change of carrier does not restart that.',
    }))
  const sign = a.since! < b.since! ? -1 : a.since! > b.since! ? 1 : 0
  if (sign === 0)
    return say(0, '9', 'No rule decides between two plans that began on the same day: they share equally.', {
      confidence: 'unverified',
    })
  // No source names an order for a child's own spouse, or for others beside the parents.
  const isNamed = isOneHolder(a, b) || [a, b].every(({ holder }) => holder.relation === 'spouse')
  return say(sign, '8', 'The plan that has covered its holder longer pays first.', {
    confidence: isNamed ? 'reported' : 'unverified',
  })
}

const RULES: readonly Rule[] = [byKind, byClause, bySubscriber, byParents, byStatus]
