// Walks every way through a guide's rules, branching only on the facts that a rule, outcome or addition looks at.
import { evaluate, modalFactsOf, unresolved, type Condition, type Facts, type Scope } from './condition.ts'
import { indexOf, readFacts } from './facts.ts'
import { valuesOf } from './questions.ts'
import type { Guide, Outcome, Rule } from './schema.ts'

/** One end: the rule and outcome that fired, and the facts that led there. */
export interface Path {
  rule: Rule
  outcome: Outcome
  facts: Facts
}

/** Every end of the rules, with all facts known that were looked at; `known` tests are also tried with the fact unknown. */
export function* walkPaths(guide: Guide, serviceDate: string): Generator<Path> {
  yield* walkRules({ guide, serviceDate }, {}, new Set(), 0)
}

interface Walk {
  guide: Guide
  serviceDate: string
}

function* walkRules(walk: Walk, facts: Facts, left: ReadonlySet<string>, from: number): Generator<Path> {
  const rule = walk.guide.rules[from]
  if (!rule) return
  if (rule.adds) {
    yield* walkRules(walk, facts, left, from + 1)
    return
  }
  for (const step of branch(walk, rule.when, facts, left)) {
    const truth = evaluate(rule.when, scopeOf(walk, step.facts))
    if (truth === true) yield* walkOutcomes(walk, rule, step.facts, step.left, 0)
    else if (truth === false || rule.exception) yield* walkRules(walk, step.facts, step.left, from + 1)
  }
}

function* walkOutcomes(walk: Walk, rule: Rule, facts: Facts, left: ReadonlySet<string>, from: number): Generator<Path> {
  const outcome = rule.outcomes[from]
  if (!outcome) return
  if (!outcome.when) {
    yield* ends(walk, rule, outcome, facts, left)
    return
  }
  for (const step of branch(walk, outcome.when, facts, left)) {
    const truth = evaluate(outcome.when, scopeOf(walk, step.facts))
    if (truth === true) yield* ends(walk, rule, outcome, step.facts, step.left)
    else if (truth === false || outcome.exception) yield* walkOutcomes(walk, rule, step.facts, step.left, from + 1)
  }
}

/** A visit plan and counts per quadrant still depend on a fact of their own. */
function* ends(walk: Walk, rule: Rule, outcome: Outcome, facts: Facts, left: ReadonlySet<string>): Generator<Path> {
  const plan = outcome.recommend.some((item) => item.plan)
  const fact = plan ? 'phase' : outcome.recommend.find((item) => item.perQuadrant)?.perQuadrant?.fact
  if (fact === undefined || facts[fact] !== undefined) {
    yield { rule, outcome, facts }
    return
  }
  for (const step of assign(walk, fact, facts, left)) yield { rule, outcome, facts: step.facts }
}

interface Step {
  facts: Facts
  left: ReadonlySet<string>
}

/** Facts known far enough to decide the condition; a fact in `left` is deliberately unknown. */
function* branch(walk: Walk, condition: Condition, facts: Facts, left: ReadonlySet<string>): Generator<Step> {
  const scope = scopeOf(walk, facts)
  const open = unresolved(condition, scope).map((id) => indexOf(walk.guide).facts.get(id)?.derivedFrom ?? id)
  const modal = modalFactsOf(condition)
  const fact = [...modal, ...open].find((id) => facts[id] === undefined && !left.has(id))
  if (fact === undefined) {
    yield { facts, left }
    return
  }
  for (const step of assign(walk, fact, facts, left)) yield* branch(walk, condition, step.facts, step.left)
  if (modal.includes(fact)) yield* branch(walk, condition, facts, new Set([...left, fact]))
}

function* assign(walk: Walk, fact: string, facts: Facts, left: ReadonlySet<string>): Generator<Step> {
  const spec = indexOf(walk.guide).facts.get(fact)
  for (const value of spec ? valuesOf(spec) : []) {
    const next = { ...facts, [fact]: value }
    yield { facts: spec?.kind === 'tooth' ? readFacts(walk.guide, next).facts : next, left }
  }
}

function scopeOf(walk: Walk, facts: Facts): Scope {
  return { facts, serviceDate: walk.serviceDate, coded: [], sameDay: [] }
}
