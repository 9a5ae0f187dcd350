// Which rules hold for a payer and plan, and which of several on one thing is the one to go by.
import { BENEFIT_CLASSES, benefitRange } from '../coverage/benefit-class.ts'
import type { Plan } from '../patient.ts'
import { isIn, hasTopic, type OfficeRule, type PayerRule, type Program, type RuleOf, type RuleTopic } from './schema.ts'

/** What a payer's rules are told from. */
export interface RuledPayer {
  /** Key of the program that the office linked; empty: none. */
  rulesKey: string
  ownRules: readonly OfficeRule[]
  /** State of the practice. */
  officeState: string
}

const OWN = 'The office’s own rule'

/**
 * The rules that hold, the most specific first: the office's own before shipped ones; of each a plan's before a state's before
 * the payer's; a program's own before those of the programs above it; of equals the latest document.
 * @param plan null: what holds under all plans
 */
export function rulesOf(
  programs: readonly Program[],
  { rulesKey, ownRules, officeState }: RuledPayer,
  plan: Pick<Plan, 'id' | 'name' | 'benefits'> | null,
): PayerRule[] {
  const holds = (state: string) => state === '' || state === officeState
  const own = ownRules.filter(({ planId, body }) => (planId === null || planId === plan?.id) && holds(body.state))
  const replaced = new Set(own.flatMap((rule) => rule.replaces ?? []))
  const shipped = lineOf(programs, rulesKey).flatMap(({ program, depth }) =>
    program.rules
      .filter(({ key, state }) => !replaced.has(key) && holds(state))
      .map(({ key, ...body }): PayerRule => ({
        ...body,
        id: key,
        origin: 'shipped',
        name: program.name,
        planId: null,
        depth,
      })),
  )
  const office = own
    .filter((rule) => !rule.isOff)
    .map(({ id, planId, body }): PayerRule => ({ ...body, id, origin: 'office', name: OWN, planId, depth: 0 }))
  return [...office, ...(plan ? waitsOf(plan) : []), ...shipped].sort(bySpecificity)
}

/** The waiting periods on file with a plan, as rules beside the others. */
function waitsOf({ id, name, benefits }: Pick<Plan, 'id' | 'name' | 'benefits'>): PayerRule[] {
  return BENEFIT_CLASSES.flatMap((of) => {
    const months = benefits.find((one) => one.of === of)?.waitingMonths
    if (!months) return []
    return {
      id: `plan_${of}`,
      origin: 'office' as const,
      name,
      planId: id,
      depth: 0,
      term: { topic: 'waiting' as const, months },
      codes: benefitRange(of),
      state: '',
      words: '',
      source: 'The plan’s benefits on file',
      docDate: '',
      seenOn: '',
      confidence: 'reported' as const,
    }
  })
}

/** The program and those above it, each once, the nearest first. */
function lineOf(programs: readonly Program[], key: string): { program: Program; depth: number }[] {
  const found: { program: Program; depth: number }[] = []
  let level = [key]
  for (let depth = 0; level.length > 0; depth += 1) {
    const here = level.flatMap((one) => programs.find((program) => program.key === one) ?? [])
    const fresh = here.filter((program) => !found.some((one) => one.program === program))
    found.push(...fresh.map((program) => ({ program, depth })))
    level = fresh.flatMap((program) => program.under)
  }
  return found
}

const rankOf = ({ origin, planId, state, depth }: PayerRule) =>
  (origin === 'office' ? 1000 : 0) + (planId === null ? 0 : 200) + (state === '' ? 0 : 100) - depth
const bySpecificity = (a: PayerRule, b: PayerRule) =>
  rankOf(b) - rankOf(a) || b.docDate.localeCompare(a.docDate) || a.id.localeCompare(b.id)

/** How many numbers the narrowest range around the code spans; a rule for every code spans all. */
function widthFor({ codes }: PayerRule, code: string): number {
  const width = (range: string) => {
    const [from, to = from] = range.split('-')
    return Number(to!.slice(1)) - Number(from!.slice(1))
  }
  return codes.length === 0 ? 10_000 : Math.min(...codes.filter((range) => isIn(range, code)).map(width))
}

export const appliesTo = ({ codes }: Pick<PayerRule, 'codes'>, code: string): boolean =>
  codes.length === 0 || codes.some((range) => isIn(range, code))

/** The rules on a topic that count for a code: the most specific one, and those that are as specific as it. */
export function rulesFor<Topic extends RuleTopic>(
  rules: readonly PayerRule[],
  topic: Topic,
  code: string,
): RuleOf<Topic>[] {
  const all = rules.filter(hasTopic(topic)).filter((rule) => appliesTo(rule, code))
  const [best] = all
  if (!best) return []
  const ranked = all.filter((rule) => rankOf(rule) === rankOf(best))
  const narrowest = Math.min(...ranked.map((rule) => widthFor(rule, code)))
  return ranked.filter((rule) => widthFor(rule, code) === narrowest)
}
export const ruleFor = <Topic extends RuleTopic>(rules: readonly PayerRule[], topic: Topic, code: string) =>
  rulesFor(rules, topic, code)[0] ?? null

/** A payer with the rules that hold under a plan. */
export const withRules = <Known extends RuledPayer>(
  payer: Known,
  programs: readonly Program[],
  plan: Parameters<typeof rulesOf>[2],
): Known & { rules: PayerRule[] } => ({ ...payer, rules: rulesOf(programs, payer, plan) })
