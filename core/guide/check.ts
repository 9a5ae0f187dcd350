// The build check of a guide: schema, unknown names, rules that cannot fire or disagree, statements without a source.
import { ATTACHMENT_KINDS } from '../case/schema.ts'
import { codesOf, evaluate, factsIn, testsOf, turnsOf, type Condition, type Facts } from './condition.ts'
import { expandCodes } from './choose.ts'
import { walkPaths } from './walk-paths.ts'
import { needlessQuestions } from './needless.ts'
import { valuesOf } from './questions.ts'
import { citedIn } from './reference.ts'
import { Guide, isOwn, type Outcome, type Rule } from './schema.ts'

/** What a checklist item may be settled by: a kind of file, what the case itself holds, a call about benefits. */
const EVIDENCE: ReadonlySet<string> = new Set([...ATTACHMENT_KINDS, 'case_data', 'benefit_check'])

export interface GuideProblem {
  /** where, such as `rules.R8` */
  at: string
  message: string
}

/** Everything wrong with a guide read from a file; empty when it may be shipped. */
export function checkGuide(data: unknown): GuideProblem[] {
  const words = checkWords(data)
  if (words.length > 0) return words
  const guide = Guide.parse(data)
  return [...checkRules(guide), ...checkNeedless(guide)]
}

/** The part of the check that follows no rule: format, names, sources. */
export function checkWords(data: unknown): GuideProblem[] {
  const parsed = Guide.safeParse(data)
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => ({ at: issue.path.join('.') || 'guide', message: issue.message }))
  }
  const guide = parsed.data
  return [
    ...checkIds(guide),
    ...checkNames(guide),
    ...checkSources(guide),
    ...checkShape(guide),
    ...checkUse(guide),
    ...checkDescriptors(guide),
  ]
}

/** Descriptors come from the office's licensed list alone. */
function checkDescriptors(guide: Guide): GuideProblem[] {
  return guide.codes.flatMap(({ code, descriptor }) =>
    descriptor === undefined ? [] : [{ at: `codes.${code}`, message: 'holds a descriptor, which is the ADA’s' }],
  )
}

/** A question must not hold back an answer that it cannot change. */
function checkNeedless(guide: Guide): GuideProblem[] {
  return needlessQuestions(guide).map(({ fact, codes }) => ({
    at: `facts.${fact}`,
    message: `holds ${codes} back where no answer to it changes anything`,
  }))
}

function checkIds(guide: Guide): GuideProblem[] {
  const lists: [string, string[]][] = [
    ['families', guide.families.map((one) => one.id)],
    ['codes', guide.codes.map((one) => one.code)],
    ['facts', guide.facts.map((one) => one.id)],
    ['rules', guide.rules.map((one) => one.id)],
    ['validators', guide.validators.map((one) => one.id)],
    ['visitPlans', guide.visitPlans.map((one) => one.id)],
    ['comparisons', guide.comparisons.map((one) => one.id)],
    ['checklist', guide.checklist.map((one) => one.id)],
    ['conflicts', guide.conflicts.map((one) => one.id)],
    ['frequency', guide.frequency.map((one) => one.id)],
    ['denials', guide.denials.map((one) => one.id)],
    ['narratives', guide.narratives.map((one) => one.id)],
    ['sources', guide.sources.map((one) => one.id)],
  ]
  return lists.flatMap(([at, ids]) =>
    ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => ({ at, message: `${id} is listed twice` })),
  )
}

function checkNames(guide: Guide): GuideProblem[] {
  const facts = new Set(guide.facts.map((fact) => fact.id))
  const codes = new Set(guide.codes.map((code) => code.code))
  const families = new Set(guide.families.map((family) => family.id))
  const problems: GuideProblem[] = []
  const needFact = (at: string, id: string) => {
    if (!facts.has(id)) problems.push({ at, message: `unknown fact ${id}` })
  }
  const needCode = (at: string, code: string) => {
    if (code !== '*' && !codes.has(code)) problems.push({ at, message: `unknown code ${code}` })
  }
  for (const [at, condition] of conditionsIn(guide, '')) {
    for (const id of factsIn(condition)) needFact(at, id)
    for (const code of codesOf(condition)) needCode(at, code)
    for (const problem of valueProblems(guide, condition)) problems.push({ at, message: problem })
  }
  for (const [at, code] of codesIn(guide, '')) needCode(at, code)
  for (const rule of guide.rules) {
    for (const outcome of rule.outcomes) {
      for (const id of outcome.asks) needFact(`rules.${rule.id}`, id)
      for (const item of outcome.recommend) {
        for (const id of [item.quantity?.fact, item.perQuadrant?.fact]) if (id) needFact(`rules.${rule.id}`, id)
        if (item.plan && !guide.visitPlans.some((plan) => plan.id === item.plan)) {
          problems.push({ at: `rules.${rule.id}`, message: `unknown visit plan ${item.plan}` })
        }
      }
    }
  }
  for (const { id, validator } of guide.frequency) {
    if (validator && !guide.validators.some((one) => one.id === validator))
      problems.push({ at: `frequency.${id}`, message: `unknown validator ${validator}` })
  }
  for (const template of guide.narratives) {
    for (const slot of template.parts.flatMap((part) =>
      [...part.text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!),
    )) {
      needFact(`narratives.${template.id}`, slot)
    }
  }
  for (const { id, evidenceKinds } of guide.checklist)
    for (const kind of evidenceKinds.filter((one) => !EVIDENCE.has(one)))
      problems.push({ at: `checklist.${id}`, message: `unknown kind of evidence ${kind}` })
  for (const family of [
    ...guide.codes.map((code) => code.family),
    ...guide.checklist.flatMap((item) => item.families ?? []),
  ]) {
    if (!families.has(family)) problems.push({ at: 'families', message: `unknown family ${family}` })
  }
  return problems
}

/** Values a condition compares to that the fact can never have. */
function valueProblems(guide: Guide, condition: Condition): string[] {
  return testsOf(condition).flatMap((test) => {
    const spec = guide.facts.find((fact) => fact.id === test.fact)
    const wanted = 'is' in test ? [test.is] : 'in' in test ? test.in : []
    if (spec?.kind !== 'enum' && spec?.kind !== 'boolean') return []
    const possible = valuesOf(spec)
    return wanted.filter((value) => !possible.includes(value)).map((value) => `${test.fact} is never ${value}`)
  })
}

/** Facts that the app itself reads, whatever guide they stand in: claim form, letters, visits, conflicts (docs/guide-format.md). */
export const READ_BY_THE_APP = [
  'diagnosis',
  'tests',
  'trauma',
  'trauma_date',
  'pre_op_film_date',
  'why_not_rct',
  'material',
  'prognosis',
  'outcome',
  'phase',
  'prior_visits',
  'history',
  'history_date',
  'months_total',
  'completion_date',
]

/** Facts, and answers of facts, that nothing follows from: asking for them is in vain. */
function checkUse(guide: Guide): GuideProblem[] {
  const { facts, ...rest } = guide
  const text = JSON.stringify(rest)
  const tests = conditionsIn(guide, '').flatMap(([, condition]) => testsOf(condition))
  const counted = guide.rules.flatMap(({ outcomes }) =>
    outcomes.flatMap(({ recommend }) => recommend.flatMap((item) => [item.quantity?.fact, item.perQuadrant?.fact])),
  )
  return facts.flatMap(({ id, kind, values = [], derivedFrom }) => {
    const at = `facts.${id}`
    if (derivedFrom || READ_BY_THE_APP.includes(id) || counted.includes(id) || text.includes(`{${id}}`)) return []
    const own = tests.filter((test) => test.fact === id)
    if (own.length === 0) return { at, message: 'no rule, validator, checklist item, frequency or narrative uses it' }
    if (kind !== 'enum') return []
    const named = own.flatMap((test) => ('is' in test ? [test.is] : 'in' in test ? test.in : []))
    // One answer may be what all others are not.
    const unnamed = values.filter(({ value }) => !named.includes(value))
    if (unnamed.length < 2) return []
    return { at, message: `${unnamed.map(({ value }) => value).join(', ')}: the answer makes no difference` }
  })
}

function conditionsIn(value: unknown, at: string): [string, Condition][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]): [string, Condition][] => {
    if (key === 'when' || key === 'confirmWhen') return inner === undefined ? [] : [[at, inner as Condition]]
    return conditionsIn(inner, path(value, key, inner, at))
  })
}

const CODE_KEYS = new Set(['code', 'codes', 'counted', 'with', 'for', 'compareWith', 'anterior', 'premolar', 'molar'])

function codesIn(value: unknown, at: string): [string, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]): [string, string][] => {
    if (!CODE_KEYS.has(key)) return codesIn(inner, path(value, key, inner, at))
    const found = Array.isArray(inner) ? inner : [inner]
    const texts = found.filter((one) => typeof one === 'string').map((one): [string, string] => [at, one])
    return [...texts, ...codesIn(inner, path(value, key, inner, at))]
  })
}

/** `rules.R8.outcomes.1`: list entries are named by their id where they have one. */
function path(parent: object, key: string, inner: unknown, at: string): string {
  const id: unknown =
    Array.isArray(parent) && typeof inner === 'object' && inner !== null && 'id' in inner ? inner.id : key
  return at === '' ? String(id) : `${at}.${String(id)}`
}

function checkSources(guide: Guide): GuideProblem[] {
  const known = new Set(guide.sources.map((source) => source.id))
  const cited = new Set(citedIn(guide))
  const missing = [...cited]
    .filter((id) => !known.has(id))
    .map((id) => ({ at: 'sources', message: `unknown source ${id}` }))
  const unused = [...known]
    .filter((id) => !cited.has(id))
    .map((id) => ({ at: 'sources', message: `${id} is never cited` }))
  return [...missing, ...unused]
}

function checkShape(guide: Guide): GuideProblem[] {
  const problems: GuideProblem[] = []
  for (const fact of guide.facts) {
    if (fact.kind === 'enum' && !fact.values?.length) problems.push({ at: `facts.${fact.id}`, message: 'no values' })
    const keys = [...(fact.values ?? []).map((choice) => choice.key), 'u']
    if (new Set(keys).size !== keys.length) problems.push({ at: `facts.${fact.id}`, message: 'a key is listed twice' })
  }
  for (const rule of guide.rules) {
    const at = `rules.${rule.id}`
    if (rule.outcomes.at(-1)?.when) problems.push({ at, message: 'the last outcome needs to be without a condition' })
    for (const item of rule.outcomes.flatMap((outcome) => outcome.recommend)) {
      const forms = [item.code, item.byClass, item.plan, item.perQuadrant].filter((form) => form !== undefined)
      if (forms.length !== 1) problems.push({ at, message: 'a recommendation needs exactly one way to find its code' })
    }
  }
  for (const { code, validFrom, validTo } of guide.codes)
    if (validFrom !== null && validTo !== null && validFrom > validTo)
      problems.push({ at: `codes.${code}`, message: `is never valid: from ${validFrom} until ${validTo}` })
  for (const table of guide.comparisons) {
    const odd = table.rows.some((row) => row.cells.length !== table.codes.length)
    if (odd) problems.push({ at: `comparisons.${table.id}`, message: 'a row needs one cell per code' })
  }
  return problems
}

/** Walks every way through the rules: rules that never fire, recommendations that are also rejected. */
function checkRules(guide: Guide): GuideProblem[] {
  const fired = new Set<string>()
  const rejects = new Set<string>()
  // Once for each edition of the code set that a condition tells apart.
  const days = new Set(['2026-11-23', ...conditionsIn(guide.rules, '').flatMap(([, condition]) => turnsOf(condition))])
  // An office's own rule may take all cases of a shipped one: that one still fires where it does not stand before it.
  const shipped = { ...guide, rules: guide.rules.filter(({ id }) => !isOwn(id)) }
  const variants = shipped.rules.length === guide.rules.length ? [guide] : [guide, shipped]
  const paths = variants.flatMap((variant) =>
    [...days].flatMap((serviceDate) => [...walkPaths(variant, serviceDate)].map((end) => ({ ...end, serviceDate }))),
  )
  for (const { rule, outcome, facts, serviceDate } of paths) {
    fired.add(rule.id).add(`${rule.id}.${rule.outcomes.indexOf(outcome)}`)
    const coded = recommended(guide, outcome, facts)
    for (const code of rejectedBy(guide, rule, outcome, facts)) {
      if (coded.includes(code)) rejects.add(`${rule.id} recommends ${code} and rejects it`)
    }
    const scope = { facts, serviceDate, coded, sameDay: [] }
    // An addition counts as reachable when nothing known here forbids it.
    for (const added of guide.rules.filter((one) => one.adds && evaluate(one.when, scope) !== false)) {
      fired.add(added.id)
      added.outcomes.forEach((one, index) => {
        if (!one.when || evaluate(one.when, scope) !== false) fired.add(`${added.id}.${index}`)
      })
    }
  }
  const contradictions = [...rejects].map((message) => ({ at: 'rules', message }))
  return [...unfired(guide, fired), ...contradictions, ...checkMains(guide)]
}

function unfired(guide: Guide, fired: Set<string>): GuideProblem[] {
  return guide.rules.flatMap((rule) => {
    const at = `rules.${rule.id}`
    if (!fired.has(rule.id)) return [{ at, message: 'can never fire: impossible, or shadowed by rules before it' }]
    return rule.outcomes.flatMap((_, index) =>
      fired.has(`${rule.id}.${index}`) ? [] : [{ at, message: `outcome ${index + 1} can never be reached` }],
    )
  })
}

/** Adding rules have no order among themselves: two must not add and reject the same code, nor bring a main line. */
function checkMains(guide: Guide): GuideProblem[] {
  const adding = guide.rules.filter((rule) => rule.adds)
  return guide.rules.flatMap((rule) => {
    const at = `rules.${rule.id}`
    const problems: GuideProblem[] = []
    for (const outcome of rule.outcomes) {
      const mains = outcome.recommend.filter((item) => item.role === 'main' && item.when === undefined)
      if (mains.length > 1) problems.push({ at, message: 'an outcome names more than one main code' })
      if (rule.adds && mains.length > 0) problems.push({ at, message: 'an adding rule brings a main code' })
    }
    if (!rule.adds) return problems
    const adds = rule.outcomes.flatMap((outcome) => outcome.recommend.flatMap((item) => item.code ?? []))
    for (const other of adding.filter((one) => one !== rule)) {
      const refused = [...other.reject, ...other.outcomes.flatMap((outcome) => outcome.reject)].flatMap(
        (one) => one.codes,
      )
      const clash = adds.find((code) => refused.includes(code))
      if (clash) problems.push({ at, message: `adds ${clash}, which ${other.id} rejects; adding rules have no order` })
    }
    return problems
  })
}

function recommended(guide: Guide, outcome: Outcome, facts: Facts): string[] {
  return outcome.recommend.flatMap((item) => {
    if (item.code) return item.code
    if (item.byClass) {
      return Object.entries(item.byClass).flatMap(([name, code]) => (name === facts['tooth_class'] ? code : []))
    }
    if (item.perQuadrant) {
      const counts = Object.values(facts[item.perQuadrant.fact] ?? {}).map(Number)
      const { steps } = item.perQuadrant
      return counts.flatMap((count) => steps.find((step) => count >= step.atLeast)?.code ?? [])
    }
    const plan = guide.visitPlans.find((one) => one.id === item.plan)
    return plan?.phases.flatMap((step) => (step.phase === facts['phase'] ? step.code : [])) ?? []
  })
}

function rejectedBy(guide: Guide, rule: Rule, outcome: Outcome, facts: Facts): string[] {
  const scope = { facts, serviceDate: null, coded: [], sameDay: [] }
  return [...rule.reject, ...outcome.reject]
    .filter((one) => one.when === undefined || evaluate(one.when, scope) === true)
    .flatMap((one) => expandCodes(guide, one.codes))
}
