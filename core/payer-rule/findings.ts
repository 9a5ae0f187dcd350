// What a payer's rules say of services: each measured on the line's own date of service, with the rule and its source.
import { ageOn, addMonths, formatDate, type IsoDate } from '../dates.ts'
import { countOf, listOf, type Service, siteOf } from '../guide/frequency.ts'
import type { GuideFinding } from '../guide/schema.ts'
import { siteName } from '../teeth.ts'
import { ruleFor, rulesFor } from './match.ts'
import { isIn, type PayerRule, type RuleOf, type RuleTopic } from './schema.ts'
import { citationOf, termWords } from './words.ts'

/** What rules are measured against. */
export interface RuledPatient {
  rules: readonly PayerRule[]
  birthDate: IsoDate | null
  /** The first day of the coverage; null: not on file. */
  coveredFrom: IsoDate | null
  /** Services on file, of this office and others. */
  history: readonly Service[]
}

/** Tooth removals: what says since when a tooth is missing. */
const REMOVALS = ['D7111-D7250']

/** Every finding names its rule: `payer_<rule id>`. */
export const findingIdOf = ({ id }: Pick<PayerRule, 'id'>): string => `payer_${id}`

/** What speaks against these lines, or changes what is paid for them; a line without a date is judged on `day`. */
export function payerFindings(
  lines: readonly Service[],
  patient: RuledPatient,
  day: IsoDate | null = null,
): GuideFinding[] {
  const dated = lines.map((line) => ({ ...line, serviceDate: line.serviceDate ?? day }))
  return dated.flatMap((line, at) => {
    const others = dated.filter((_, index) => index !== at)
    const before = [...patient.history, ...dated.slice(0, at)]
    return [
      ...limits(line, before, patient),
      ...waits(line, patient),
      ...ages(line, patient),
      ...places(line, patient),
      ...missing(line, patient),
      ...downgrades(line, patient),
      ...bundles(line, others, patient),
    ]
  })
}

/** Whether the payer itself has said how often a code is paid: then no habit of other payers counts. */
export const isLimited = (rules: readonly PayerRule[]) => (code: string) =>
  rulesFor(rules, 'frequency', code).length > 0

function say(rule: PayerRule, severity: 'warn' | 'info', message: string): GuideFinding {
  const words = rule.words ? ` ${rule.words}` : ''
  return {
    id: findingIdOf(rule),
    severity,
    message: `${message}${words}`,
    source: citationOf(rule),
    confidence: rule.confidence,
  }
}

const nameOf = ({ code, tooth, area }: Service) => [code, siteName(tooth, area)].filter(Boolean).join(', ')

function limits(line: Service, before: readonly Service[], { rules }: RuledPatient): GuideFinding[] {
  return rulesFor(rules, 'frequency', line.code).flatMap((rule) => {
    const { term } = rule
    const counted = term.counted.length > 0 ? [...rule.codes, ...term.counted] : rule.codes
    const isCounted = (code: string) => counted.length === 0 || counted.some((range) => isIn(range, code))
    const count = countOf({ ...term, isCounted, sameProvider: false }, line, before)
    if (!count || count.total <= term.count) return []
    const until = count.freeFrom ? `refused until ${formatDate(count.freeFrom)}` : 'over the limit'
    const found = count.earlier.length > 0 ? ` On file: ${listOf(count.earlier)}.` : ` ${count.total} reported.`
    return say(rule, 'warn', `${line.code}${siteOf(term.scope, line)}: ${until}. Limit ${termWords(term)}.${found}`)
  })
}

function waits(line: Service, { rules, coveredFrom }: RuledPatient): GuideFinding[] {
  const rule = ruleFor(rules, 'waiting', line.code)
  if (!rule || line.serviceDate === null) return []
  if (coveredFrom === null)
    return [say(rule, 'info', `${line.code}: waiting period of ${termWords(rule.term)}, which is not on file.`)]
  const over = addMonths(coveredFrom, rule.term.months)
  return line.serviceDate < over
    ? [say(rule, 'warn', `${line.code}: refused until ${formatDate(over)}. Waiting period of ${termWords(rule.term)}.`)]
    : []
}

function ages(line: Service, { rules, birthDate }: RuledPatient): GuideFinding[] {
  const rule = ruleFor(rules, 'age', line.code)
  if (!rule || birthDate === null || line.serviceDate === null) return []
  const { from, through } = rule.term
  const age = ageOn(birthDate, line.serviceDate)
  return (from !== null && age < from) || (through !== null && age > through)
    ? [say(rule, 'warn', `${line.code}: paid ${termWords(rule.term)}; the patient is ${age} on the date of service.`)]
    : []
}

function places(line: Service, { rules }: RuledPatient): GuideFinding[] {
  const rule = ruleFor(rules, 'teeth', line.code)
  if (!rule || line.tooth === null || rule.term.teeth.includes(line.tooth)) return []
  return [say(rule, 'warn', `${nameOf(line)}: not paid on this tooth. ${termWords(rule.term)}.`)]
}

function missing(line: Service, { rules, coveredFrom, history }: RuledPatient): GuideFinding[] {
  const rule = ruleFor(rules, 'missing_tooth', line.code)
  if (!rule || rule.term.isPaid) return []
  const removals = history.filter(
    ({ code, tooth, serviceDate }) =>
      tooth === line.tooth && serviceDate !== null && REMOVALS.some((range) => isIn(range, code)),
  )
  const lost = removals.flatMap(({ serviceDate }) => serviceDate ?? []).sort()[0]
  if (line.tooth === null || lost === undefined || coveredFrom === null)
    return [say(rule, 'warn', `${nameOf(line)}: ${termWords(rule.term).toLowerCase()}. Say when it was lost.`)]
  return lost < coveredFrom
    ? [say(rule, 'warn', `${nameOf(line)}: refused. The tooth was lost ${formatDate(lost)}, before the coverage.`)]
    : []
}

function downgrades(line: Service, { rules }: RuledPatient): GuideFinding[] {
  const rule = rulesFor(rules, 'downgrade', line.code).find(
    ({ term }) => term.teeth.length === 0 || (line.tooth !== null && term.teeth.includes(line.tooth)),
  )
  return rule ? [say(rule, 'info', `${nameOf(line)}: paid as ${rule.term.as}. The patient owes the difference.`)] : []
}

function bundles(line: Service, others: readonly Service[], { rules }: RuledPatient): GuideFinding[] {
  return rulesFor(rules, 'bundling', line.code).flatMap((rule) => {
    const found = others.find(
      (other) => other.serviceDate === line.serviceDate && rule.term.with.some((range) => isIn(range, other.code)),
    )
    return found ? say(rule, 'warn', `${line.code} and ${found.code} on one day: not paid together.`) : []
  })
}

/** One answer of “Try it”, with the rule that gives it. */
export interface Verdict {
  tone: 'warn' | 'info' | 'ok'
  words: string
  rule: PayerRule
}
export interface Trial {
  code: string
  tooth: string | null
  area: string | null
  /** The day the same service was done last; null: never. */
  lastOn: IsoDate | null
  on: IsoDate
  birthDate: IsoDate | null
  coveredFrom: IsoDate | null
}

/** What the rules say of one service, refusals first; a limit that is kept says so. */
export function tryRules(rules: readonly PayerRule[], trial: Trial): Verdict[] {
  const { code, tooth, area, lastOn, on } = trial
  const line: Service = { code, tooth, area, serviceDate: on, quantity: 1, providerId: null }
  const history = lastOn ? [{ ...line, serviceDate: lastOn }] : []
  const found = payerFindings([line], { rules, history, birthDate: trial.birthDate, coveredFrom: trial.coveredFrom })
  const site = siteName(tooth, area)
  const lead = `For ${code}${site ? ` on ${site}` : ''}${lastOn ? `, last done ${formatDate(lastOn)}` : ''}`
  const refused = found.flatMap(({ id, severity, message }): Verdict[] => {
    const rule = rules.find((one) => findingIdOf(one) === id)!
    const words = message.replace(/^[^:]+: /, '')
    return [{ tone: severity === 'block' ? 'warn' : severity, words: `${lead}: ${words}`, rule }]
  })
  const isSaid = (rule: PayerRule) => refused.some((one) => one.rule === rule)
  const kept = (['frequency', 'waiting', 'age', 'teeth'] as const).flatMap((topic: RuleTopic) =>
    rulesFor(rules, topic, code)
      .filter((rule) => !isSaid(rule))
      .map((rule): Verdict => ({
        tone: 'ok',
        words: `${lead}: within the limit, ${lower(termWords(rule.term))}.`,
        rule,
      })),
  )
  const needed = rulesFor(rules, 'need', code).slice(0, 1).map(needOf)
  const wanted = rules
    .filter((rule) => rule.term.topic === 'document')
    .filter((rule) => rule.codes.some((range) => isIn(range, code)))
    .map((rule): Verdict => ({ tone: 'info', words: `Wanted: ${termWords(rule.term)}.`, rule }))
  return [...refused, ...kept, ...needed, ...wanted]
}

const lower = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`
const NEEDED = {
  required: ['warn', 'Authorization required'],
  estimate: ['info', 'An estimate is advised, none is required'],
  none: ['ok', 'No authorization needed'],
} as const
function needOf(rule: RuleOf<'need'>): Verdict {
  const [tone, words] = NEEDED[rule.term.need]
  return { tone, words: [words, rule.words].filter(Boolean).join('. '), rule }
}
