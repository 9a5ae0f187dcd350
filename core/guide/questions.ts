// Which questions can still change the answer, and in which order they settle it fastest.
import { evaluate, factsIn, type Facts, type FactValue, type Scope, type StatedFacts } from './condition.ts'
import { decide, decideOutcome } from './choose.ts'
import { findTooth } from '../teeth.ts'
import { indexOf, readFacts } from './facts.ts'
import { isDated } from './validators.ts'
import type { FactSpec, Guide, Question } from './schema.ts'

/** The values to try for a fact when the guide is explored. */
export function valuesOf(spec: FactSpec): FactValue[] {
  if (spec.kind === 'enum') return (spec.values ?? []).map((choice) => choice.value)
  return spec.kind === 'boolean' ? [true, false] : (spec.samples ?? [])
}

/** The ends a guide can still reach, as `rule.outcome` and additions, with the facts that tell them apart. */
interface Reach {
  ends: ReadonlySet<string>
  asked: ReadonlySet<string>
}

const LIMIT = 60_000
const memories = new WeakMap<Guide, Map<string, Question[]>>()

/**
 * The questions that can still change the answer, most decisive first: those that block, by the expected number of
 * answers left after them, then those that refine. Empty when the answer is settled.
 * @param isDone a service has its date: what is measured from it is asked, too
 */
export function nextQuestions(
  guide: Guide,
  stated: StatedFacts,
  serviceDate: string | null = null,
  isDone = false,
): Question[] {
  const memory = memories.get(guide) ?? new Map<string, Question[]>()
  memories.set(guide, memory)
  const { facts } = readFacts(guide, stated)
  const key = JSON.stringify([serviceDate, isDone, Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))])
  const known = memory.get(key)
  if (known) return known
  if (memory.size > 500) memory.clear()
  const questions = findQuestions(guide, facts, serviceDate, isDone)
  memory.set(key, questions)
  return questions
}

function findQuestions(guide: Guide, facts: Facts, serviceDate: string | null, isDone: boolean): Question[] {
  const explorer = new Explorer(guide, serviceDate)
  const first = explorer.blockedOn(facts)
  const all = explorer.reach(facts)
  const blocking = guide.facts
    .filter((spec) => first.includes(spec.id) || (first.length > 0 && all.asked.has(spec.id)))
    .map((spec, order) => ({
      spec,
      order,
      left: first.includes(spec.id) ? explorer.expectedLeft(facts, spec) : Infinity,
    }))
    .sort(
      (a, b) =>
        Number(first.includes(b.spec.id)) - Number(first.includes(a.spec.id)) || a.left - b.left || a.order - b.order,
    )
    .map(({ spec }) => toQuestion(spec, true))
  if (first.length > 0) return blocking
  const refining = explorer.refining(facts)
  const warning = explorer.warning(facts, isDone).filter((spec) => !refining.includes(spec))
  return [...blocking, ...[...refining, ...warning].map((spec) => toQuestion(spec, false))]
}

/** Kinds of facts that a person answers at once; the others are written in the chart. */
const ASKED_KINDS: readonly FactSpec['kind'][] = ['boolean', 'enum', 'date', 'number']
/** Known to the case from its patient, coverage, lines and authorization. */
const FILLED_BY_CASE = ['age', 'prior_visits', 'is_secondary', 'has_authorization']

function toQuestion(spec: FactSpec, blocking: boolean): Question {
  const { id, kind, question, why, evidence } = spec
  const keys =
    kind === 'boolean'
      ? [
          { value: true, label: 'Yes', key: 'y' },
          { value: false, label: 'No', key: 'n' },
        ]
      : (spec.values ?? [])
  return {
    fact: id,
    kind,
    question,
    why,
    evidence,
    keys: [...keys, { value: 'unknown', label: 'Unknown', key: 'u' }],
    blocking,
  }
}

/** Walks the decision rules, branching only on facts that a rule waits for. */
class Explorer {
  private readonly guide: Guide
  private readonly serviceDate: string | null
  private readonly reached = new Map<string, Reach>()
  private steps = 0
  constructor(guide: Guide, serviceDate: string | null) {
    this.guide = guide
    this.serviceDate = serviceDate
  }

  /** Facts the first undecided rule or outcome waits for. */
  blockedOn(facts: Facts): string[] {
    const scope = this.scope(facts)
    const { outcome, asks } = decide(this.guide, scope)
    const needs = outcome ? outcome.recommend.flatMap((item) => neededBy(item, facts)) : []
    return [...new Set([...asks, ...needs])].map((id) => this.source(id))
  }

  /** Mean number of ends left over the answers of a question. */
  expectedLeft(facts: Facts, spec: FactSpec): number {
    if (spec.kind === 'tooth') return 0
    const values = this.domain(spec, facts)
    if (values.length === 0) return Infinity
    const sizes = values.map((value) => this.reach(this.derive({ ...facts, [spec.id]: value })).ends.size)
    return sizes.reduce((total, size) => total + size, 0) / sizes.length
  }

  reach(facts: Facts): Reach {
    const key = JSON.stringify(facts)
    const known = this.reached.get(key)
    if (known) return known
    const result = this.explore(facts)
    this.reached.set(key, result)
    return result
  }

  private explore(facts: Facts): Reach {
    const wanted = this.blockedOn(facts)[0]
    const spec = wanted === undefined ? undefined : indexOf(this.guide).facts.get(wanted)
    const values = spec ? this.domain(spec, facts) : []
    this.steps += 1
    if (!spec || values.length === 0 || this.steps > LIMIT) {
      return { ends: new Set([endOf(this.guide, this.scope(facts))]), asked: new Set(spec ? [spec.id] : []) }
    }
    const ends = new Set<string>()
    const asked = new Set<string>()
    const branches = values.map((value) => this.reach(this.derive({ ...facts, [spec.id]: value })))
    for (const branch of branches) {
      branch.ends.forEach((end) => ends.add(end))
      branch.asked.forEach((id) => asked.add(id))
    }
    const same = branches.every((branch) => branch.ends.size === ends.size)
    if (!same || ends.size > 1) asked.add(spec.id)
    return { ends, asked }
  }

  /** Facts of exceptions and additions that would change a settled answer. */
  refining(facts: Facts): FactSpec[] {
    const settled = this.signature(facts)
    return this.guide.facts.filter((spec) => {
      if (facts[spec.id] !== undefined || spec.derivedFrom || spec.leftOut !== undefined) return false
      return this.domain(spec, facts).some((value) => this.signature({ ...facts, [spec.id]: value }) !== settled)
    })
  }

  /** Facts of which no rule speaks, that bring a warning about the codes or a document to the checklist. */
  warning(facts: Facts, isDone: boolean): FactSpec[] {
    const scope = this.scope(facts)
    const coded = codedOf(this.guide, scope)
    if (coded.length === 0) return []
    const families = coded.flatMap((code) => indexOf(this.guide).codes.get(code)?.family ?? [])
    const { rule, outcome, added } = endIn(this.guide, scope)
    const fired = [rule, outcome, ...added, ...added.map((one) => decideOutcome(one, scope).outcome)]
    const conditions = [
      ...fired.flatMap((one) => one?.findings ?? []).flatMap((finding) => finding.when ?? []),
      // A date of seating is asked for once there is a date of service to measure it by.
      ...this.guide.validators
        .filter((one) => isDone || one.ifUnknown === undefined || !isDated(one))
        .map((one) => one.when),
      ...this.guide.checklist
        .filter((item) => item.families?.some((family) => families.includes(family)) ?? true)
        .flatMap((item) => item.when ?? []),
    ].filter((condition) => evaluate(condition, { ...scope, coded }) === undefined)
    const ruling = rulingFacts(this.guide)
    return this.guide.facts.filter((spec) => {
      const isAsked = ASKED_KINDS.includes(spec.kind) && !FILLED_BY_CASE.includes(spec.id)
      if (!isAsked || spec.leftOut !== undefined || facts[spec.id] !== undefined || ruling.has(spec.id)) return false
      const own = conditions.filter((condition) => factsIn(condition).includes(spec.id))
      // It matters where one answer lets the condition still hold and another does not.
      return own.some((one) => {
        const truths = this.domain(spec, facts).map((value) =>
          evaluate(one, { ...scope, coded, facts: { ...facts, [spec.id]: value } }),
        )
        return new Set(truths).size > 1
      })
    })
  }

  private signature(facts: Facts): string {
    return endOf(this.guide, this.scope(facts)) + this.blockedOn(facts).join()
  }

  private scope(facts: Facts): Scope {
    return { facts, serviceDate: this.serviceDate, coded: [], sameDay: [] }
  }

  /** A derived fact is asked through the fact it comes from. */
  private source(id: string): string {
    return indexOf(this.guide).facts.get(id)?.derivedFrom ?? id
  }

  private domain(spec: FactSpec, facts: Facts): FactValue[] {
    const values = valuesOf(spec)
    if (spec.kind !== 'tooth') return values
    // The tooth is always asked first, so one sample is enough to look ahead.
    const dentition = facts['dentition']
    const fits = (tooth: FactValue) =>
      dentition === undefined || (typeof tooth === 'string' && findTooth(tooth)?.dentition === dentition)
    const sample = values.find(fits)
    return sample === undefined ? [] : [sample]
  }

  private derive(facts: Facts): Facts {
    return readDerived(this.guide, facts)
  }
}

function readDerived(guide: Guide, facts: Facts): Facts {
  if (facts['tooth'] === undefined || facts['tooth_class'] !== undefined) return facts
  const { tooth_class: _, ...stated } = facts
  return readFacts(guide, stated).facts
}

function neededBy(item: { plan?: string; perQuadrant?: { fact: string } }, facts: Facts): string[] {
  if (item.plan && facts['phase'] === undefined) return ['phase']
  return item.perQuadrant && facts[item.perQuadrant.fact] === undefined ? [item.perQuadrant.fact] : []
}

/** Facts that decide about codes: those are asked where a rule needs them. */
export function rulingFacts(guide: Guide): ReadonlySet<string> {
  const outcomes = guide.rules.flatMap((rule) => rule.outcomes)
  const items = outcomes.flatMap((outcome) => outcome.recommend)
  const conditions = [...guide.rules, ...outcomes, ...items].flatMap((one) => one.when ?? [])
  const named = items.flatMap((item) => [item.quantity?.fact, item.perQuadrant?.fact]).filter((id) => id !== undefined)
  return new Set([...conditions.flatMap(factsIn), ...outcomes.flatMap((outcome) => outcome.asks), ...named, 'phase'])
}

/** What the rules end in for these facts. */
function endIn(guide: Guide, scope: Scope) {
  const { rule, outcome } = decide(guide, scope)
  const items = (outcome?.recommend ?? []).filter((item) => !item.when || evaluate(item.when, scope) === true)
  const main = items.flatMap((item) => item.code ?? Object.values(item.byClass ?? {}))
  const plans = guide.visitPlans.filter((plan) => items.some((item) => item.plan === plan.id))
  const coded = [...main, ...plans.flatMap((plan) => plan.phases.map((step) => step.code))]
  const added = guide.rules.filter(
    (candidate) =>
      candidate.adds &&
      evaluate(candidate.when, { ...scope, coded }) === true &&
      decideOutcome(candidate, scope).outcome,
  )
  return { rule, outcome, items, coded, added }
}

/** The codes that may be reported for these facts, by quadrant ones included; none while the rules are undecided. */
function codedOf(guide: Guide, scope: Scope): string[] {
  const { rule, items, coded, added } = endIn(guide, scope)
  if (!rule) return []
  const byQuadrant = items.flatMap((item) => item.perQuadrant?.steps.map((step) => step.code) ?? [])
  const more = added.flatMap(
    (one) => decideOutcome(one, scope).outcome?.recommend.flatMap((item) => item.code ?? []) ?? [],
  )
  return [...coded, ...byQuadrant, ...more]
}

/** Names where the rules end for these facts: rule, outcome, codes, additions. */
function endOf(guide: Guide, scope: Scope): string {
  const { rule, outcome, items, added } = endIn(guide, scope)
  if (!rule) return 'open'
  const { facts } = scope
  const codes = items.map(
    (item) =>
      item.code ?? (item.byClass ? facts['tooth_class'] : item.plan ? facts['phase'] : facts[item.perQuadrant!.fact]),
  )
  return JSON.stringify([rule.id, outcome ? rule.outcomes.indexOf(outcome) : -1, codes, added.map((one) => one.id)])
}
