// Which codes to report, why, what is rejected and what is still missing: the guide's rules applied to facts.
import { evaluate, unresolved, type Facts, type Scope } from './condition.ts'
import { fitsTooth, indexOf, isValidOn, readFacts, type KnownFacts } from './facts.ts'
import { planLine } from './visit-plan.ts'
import type {
  Choice,
  ChoiceLine,
  ChooseInput,
  Confidence,
  GuideFinding,
  FindingSpec,
  Guide,
  Outcome,
  RecommendedCode,
  Rule,
} from './schema.ts'
import type { ReportingMode } from '../case/schema.ts'
import { judge, PATTERN_SOURCE } from './validators.ts'

/** The question without the guide's id: the guide itself is at hand. */
export type EngineInput = Omit<ChooseInput, 'guideId'>

interface Basis {
  source: string[]
  confidence: Confidence
}
export interface RuleDecision {
  rule: Rule | null
  outcome: Outcome | null
  /** unknown facts that keep the rule or its outcome undecided */
  asks: string[]
}

/** `source` and `confidence` as an answer carries them; a statement's own basis goes before its rule's. */
function cite(own: Partial<Basis>, fallback: Basis): { source: string; confidence: Confidence } {
  return { source: (own.source ?? fallback.source).join('; '), confidence: own.confidence ?? fallback.confidence }
}

/** The first matching rule and outcome. An unknown condition stops the search and asks, unless marked an exception. */
export function decide(guide: Guide, scope: Scope): RuleDecision {
  for (const rule of guide.rules) {
    if (rule.adds) continue
    const truth = evaluate(rule.when, scope)
    if (truth === true) return decideOutcome(rule, scope)
    if (truth === undefined && !rule.exception) return { rule: null, outcome: null, asks: unresolved(rule.when, scope) }
  }
  return { rule: null, outcome: null, asks: [] }
}

/** The first matching outcome of a rule that fired. */
export function decideOutcome(rule: Rule, scope: Scope): RuleDecision {
  for (const outcome of rule.outcomes) {
    const truth = outcome.when === undefined ? true : evaluate(outcome.when, scope)
    if (truth === true) return { rule, outcome, asks: outcome.asks.filter((id) => scope.facts[id] === undefined) }
    if (truth === undefined && !outcome.exception && outcome.when) {
      return { rule, outcome: null, asks: unresolved(outcome.when, scope) }
    }
  }
  return { rule, outcome: null, asks: [] }
}

/**
 * The engine's answer for one tooth, area or mouth.
 * @throws AppError INVALID_INPUT for a fact outside the guide's vocabulary
 */
export function choose(guide: Guide, input: EngineInput): Choice {
  const known = readFacts(guide, input.facts)
  return chooseKnown(guide, known, input)
}

/** `choose` for facts that were read before. */
function chooseKnown(guide: Guide, known: KnownFacts, input: Omit<EngineInput, 'facts'>): Choice {
  const scope: Scope = {
    facts: known.facts,
    serviceDate: input.serviceDate,
    coded: [],
    sameDay: input.sameDayCodes ?? [],
  }
  const draft = new Draft(guide, scope, input.reportingMode)
  toothFindings(draft, known)
  const decision = decide(guide, scope)
  draft.missing.push(...decision.asks)
  if (decision.rule) {
    draft.apply(decision.rule, decision.outcome)
    scope.coded = draft.lines.map((line) => line.code)
    for (const rule of guide.rules) {
      if (!rule.adds || evaluate(rule.when, scope) !== true) continue
      const added = decideOutcome(rule, scope)
      draft.missing.push(...added.asks)
      draft.apply(rule, added.outcome)
    }
  }
  const planned = input.plannedCodes ?? []
  scope.coded = [...new Set([...draft.lines.map((line) => line.code), ...planned])]
  const verdict = judge(guide, scope, planned, draft.rejected)
  return {
    ruleId: decision.rule?.id ?? null,
    instead: decision.outcome?.recommend.length === 0 ? decision.outcome.reason : '',
    lines: draft.lines,
    rejected: draft.rejected,
    missing: missingFacts(guide, draft.missing),
    findings: [...draft.findings, ...verdict.findings],
    needsDentist: draft.needsDentist || verdict.needsDentist,
  }
}

function toothFindings(draft: Draft, known: KnownFacts): void {
  if (known.impossibleTooth !== null) {
    draft.findings.push({
      id: 'tooth_invalid',
      severity: 'block',
      message: 'This tooth does not exist: enter 1–32 for a permanent or A–T for a primary tooth',
      source: PATTERN_SOURCE,
      confidence: 'confirmed',
    })
  }
  if (known.dentitionMismatch) {
    draft.findings.push({
      id: 'dentition_mismatch',
      severity: 'block',
      message: 'The tooth and the dentition contradict each other: numbers are permanent teeth, letters primary',
      source: PATTERN_SOURCE,
      confidence: 'confirmed',
    })
  }
}

/** Collects an answer while rules are applied to it. */
class Draft {
  readonly lines: ChoiceLine[] = []
  readonly rejected: Choice['rejected'] = []
  readonly findings: GuideFinding[] = []
  readonly missing: string[] = []
  needsDentist = false
  private readonly guide: Guide
  private readonly scope: Scope
  private readonly mode: ReportingMode
  constructor(guide: Guide, scope: Scope, mode: ReportingMode) {
    this.guide = guide
    this.scope = scope
    this.mode = mode
  }

  apply(rule: Rule, outcome: Outcome | null): void {
    if (outcome) {
      const basis = { source: outcome.source ?? rule.source, confidence: outcome.confidence ?? rule.confidence }
      for (const item of outcome.recommend) this.recommend(item, outcome, basis)
      this.reject(outcome.reject, basis)
      this.find(outcome.findings, basis)
      if (outcome.needsDentist) this.needsDentist = true
    }
    this.reject(rule.reject, rule)
    this.find(rule.findings, rule)
    if (rule.confirmWhen && evaluate(rule.confirmWhen, this.scope) === true) this.needsDentist = true
  }

  private recommend(item: RecommendedCode, outcome: Outcome, basis: Basis): void {
    if (item.when && evaluate(item.when, this.scope) !== true) return
    const line = { role: item.role, reason: item.reason ?? outcome.reason, ...cite(item, basis) }
    if (item.perQuadrant) return this.recommendQuadrants(item.perQuadrant, line)
    const code = this.codeFor(item)
    if (code === null) return
    const quantity = item.quantity && this.scope.facts[item.quantity.fact]
    const count = item.quantity && typeof quantity === 'number' ? quantity - item.quantity.minus : undefined
    if (count !== undefined && count < 1) return
    const { eachTooth = false } = item.quantity ?? {}
    // A main code of one tooth stands on the tooth of the case, like any other.
    if (count === undefined || (eachTooth && item.role === 'main' && count === 1)) return this.add({ code, ...line })
    this.add({ code, ...line, quantity: count, ...(eachTooth ? { eachTooth } : {}) })
  }

  private recommendQuadrants(rule: NonNullable<RecommendedCode['perQuadrant']>, line: Omit<ChoiceLine, 'code'>): void {
    const counts = this.scope.facts[rule.fact]
    if (counts === undefined) return void this.missing.push(rule.fact)
    for (const area of ['10', '20', '30', '40']) {
      const count = Object.entries(counts).find(([key]) => key === area)?.[1]
      const step = rule.steps.find((candidate) => Number(count ?? 0) >= candidate.atLeast)
      if (step) this.add({ code: step.code, area, ...line })
    }
  }

  /** The code an item stands for with these facts; null when a fact is missing or nothing is reported. */
  private codeFor(item: RecommendedCode): string | null {
    if (item.code) return item.code
    if (item.plan) {
      const step = planLine(this.guide, item.plan, this.scope.facts, this.mode)
      if (step.asks) this.missing.push(step.asks)
      if (step.finding) this.findings.push(step.finding)
      return step.code
    }
    return item.byClass ? this.byClass(item.byClass) : null
  }

  private byClass(codes: NonNullable<RecommendedCode['byClass']>): string | null {
    return classCode(codes, this.scope.facts)
  }

  private add(line: ChoiceLine): void {
    const code = indexOf(this.guide).codes.get(line.code)
    const tooth = this.scope.facts['tooth']
    if (!code) return
    if (!isValidOn(code, this.scope.serviceDate)) {
      return this.stop(line, 'not_valid', `${line.code} cannot be reported for this date of service`)
    }
    if (typeof tooth === 'string' && !fitsTooth(code, tooth)) {
      return this.stop(line, 'wrong_tooth', `${line.code} does not fit tooth ${tooth}`)
    }
    this.lines.push(line)
  }

  private stop(line: ChoiceLine, id: string, message: string): void {
    this.findings.push({
      id: `${id}_${line.code}`,
      severity: 'block',
      message: `${message}: the dentist chooses the code`,
      source: line.source,
      confidence: line.confidence,
    })
    this.needsDentist = true
  }

  private reject(rejections: Outcome['reject'], basis: Basis): void {
    for (const rejection of rejections) {
      if (rejection.when && evaluate(rejection.when, this.scope) !== true) continue
      for (const code of expandCodes(this.guide, rejection.codes)) {
        if (this.rejected.some((known) => known.code === code)) continue
        this.rejected.push({ code, reason: rejection.reason, ...cite(rejection, basis) })
      }
    }
  }

  private find(specs: FindingSpec[], basis: Basis): void {
    for (const spec of specs) {
      if (spec.when && evaluate(spec.when, this.scope) !== true) continue
      const code = spec.byClass ? (classCode(spec.byClass, this.scope.facts) ?? '') : ''
      this.findings.push({
        id: spec.id,
        severity: spec.severity,
        message: spec.message.replaceAll('{code}', code),
        ...cite(spec, basis),
      })
    }
  }
}

function classCode(codes: { anterior: string; premolar?: string; molar: string }, facts: Facts): string | null {
  const toothClass = facts['tooth_class']
  if (toothClass === 'anterior' || toothClass === 'premolar' || toothClass === 'molar') return codes[toothClass] ?? null
  return null
}

/** `*` stands for every treatment code of the guide. */
export function expandCodes(guide: Guide, codes: readonly string[]): string[] {
  if (!codes.includes('*')) return [...codes]
  return guide.codes.filter((code) => code.kind === 'treatment').map((code) => code.code)
}

/** The questions behind fact ids, in the guide's order, each once. */
function missingFacts(guide: Guide, ids: readonly string[]): Choice['missing'] {
  const wanted = new Set(ids)
  return guide.facts
    .filter((fact) => wanted.has(fact.id))
    .map((fact) => ({ fact: fact.id, question: fact.question, why: fact.why, evidence: fact.evidence }))
}
