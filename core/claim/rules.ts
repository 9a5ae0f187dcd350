// A claim against the guide's bundling and frequency rules, counted from the office's own record; the payer's own answer weighs more.
import type { BenefitCheck } from '../case/schema.ts'
import { formatDate, type IsoDate } from '../dates.ts'
import { evaluate, type StatedFacts } from '../guide/condition.ts'
import { readFacts } from '../guide/facts.ts'
import { findExceeded, type Service } from '../guide/frequency.ts'
import { findingIdOf, isLimited, payerFindings } from '../payer-rule/findings.ts'
import { hasTopic, type PayerRule } from '../payer-rule/schema.ts'
import type { GuideFinding, Guide } from '../guide/schema.ts'
import { type CaseLine, findConflicts, isDated, judgeDates } from '../guide/validators.ts'
import { withPastNamed } from '../past-procedure.ts'
import type { ClaimFinding, ClaimLineInput } from './schema.ts'

export interface PayerAnswers {
  /** Is the service free of a limit for this tooth? Of this case only. */
  frequency: BenefitCheck | null
  /** Does the payer pay the lines separately? Of this case, or of another one of the payer. */
  bundling: BenefitCheck | null
}
interface RuleContext {
  guide: Guide
  /** As the case states them. */
  facts: StatedFacts
  history: readonly Service[]
  providerId: string | null
  answers: PayerAnswers
  /** Rules of the payer that is billed, and what they are measured against. */
  rules: readonly PayerRule[]
  birthDate: IsoDate | null
  coveredFrom: IsoDate | null
}

/** Bundling and frequency findings (domain pack, section 9). None blocks: sending in spite of one takes a reason. */
export function ruleFindings(
  lines: readonly ClaimLineInput[],
  { guide, facts, history, providerId, answers, ...payer }: RuleContext,
): ClaimFinding[] {
  const as =
    (status: CaseLine['status']) =>
    (line: Omit<CaseLine, 'status'>): CaseLine => ({
      code: line.code,
      tooth: line.tooth,
      area: line.area,
      serviceDate: line.serviceDate,
      status,
      ...(line.from && { from: line.from }),
    })
  const conflicts = findConflicts(guide, lines.map(as('planned')), history.map(as('done'))).filter((finding) =>
    finding.id.startsWith('conflict_'),
  )
  const services = lines.map((line) => ({ ...as('planned')(line), quantity: line.quantity, providerId }))
  const byPayer = payerFindings(services, { ...payer, history })
  const counted = payer.rules.filter(hasTopic('frequency')).map(findingIdOf)
  const limits = byPayer.filter(({ id }) => counted.includes(id))
  const bundling = lines.length > 1 || answers.bundling?.answer === 'yes' ? answers.bundling : null
  return [
    ...withPastNamed(onTeeth(lines, history), (before) => validatorFindings(guide, facts, lines, before)),
    ...weigh(conflicts, bundling, 'the lines are paid separately', 'the lines are not paid separately'),
    ...weigh(
      [...findExceeded(guide, services, history, isLimited(payer.rules)), ...limits],
      answers.frequency,
      'no limit is reached',
      'a limit is reached',
    ),
    ...weigh(
      byPayer.filter((finding) => !limits.includes(finding)),
      null,
      '',
      '',
    ),
  ]
}

/** What was done before on the teeth of the claim. */
function onTeeth(lines: readonly ClaimLineInput[], history: readonly Service[]): Service[] {
  const teeth = new Set(lines.flatMap((line) => line.tooth ?? []))
  return history.filter(({ tooth, serviceDate }) => tooth !== null && teeth.has(tooth) && serviceDate !== null)
}

/** What the guide's validators say of the claim: over dates at each line's own date, the others once. */
function validatorFindings(
  guide: Guide,
  stated: StatedFacts,
  lines: readonly ClaimLineInput[],
  before: readonly Service[],
): ClaimFinding[] {
  const facts = { ...readFacts(guide, stated).facts, prior_visits: before.map((one) => one.code) }
  const coded = [...new Set(lines.map((line) => line.code))]
  // A limit or a conflict says the same with the services that it counts.
  const said = new Set([
    ...guide.frequency.flatMap(({ validator }) => validator ?? []),
    ...guide.conflicts.map(({ id }) => id),
  ])
  const once = guide.validators.filter((one) => !isDated(one) && !said.has(one.id))
  const scope = { facts, serviceDate: null, coded, sameDay: [] }
  const undated = once
    .filter(({ when }) => evaluate(when, scope) === true)
    .map(({ id, severity, message, source, confidence }) => ({
      id,
      severity,
      message,
      source: source.join('; '),
      confidence,
    }))
  const dated = judgeDates(guide, facts, lines).map(({ isAsked, ...finding }) => ({
    ...finding,
    severity: isAsked ? ('warn' as const) : finding.severity,
  }))
  return [...undated, ...dated].map((finding) => ({
    ...finding,
    id: `rule_${finding.id}`,
    severity: finding.severity === 'block' ? 'warn' : finding.severity,
    field: 'lines',
  }))
}

/** A payer's yes turns a warning of the guide into a remark; a payer's no stands as a warning of its own. */
function weigh(
  findings: readonly GuideFinding[],
  answer: BenefitCheck | null,
  yes: string,
  no: string,
): ClaimFinding[] {
  const said = (words: string) =>
    answer ? `The payer said on ${formatDate(answer.checkedOn)}: ${words}${answer.note && ` (${answer.note})`}.` : ''
  const weighed = findings.map(({ id, severity, message, source, confidence }, at): ClaimFinding => {
    const allowed = answer?.answer === 'yes' && severity === 'warn'
    return {
      id: `${id}:${at}`,
      severity: allowed ? 'info' : severity === 'block' ? 'warn' : severity,
      field: 'lines',
      message: allowed ? `${message}. ${said(yes)}` : message,
      source,
      confidence,
    }
  })
  if (answer?.answer !== 'no') return weighed
  const source = [answer.source, answer.reference && `ref. ${answer.reference}`, answer.user].filter(Boolean).join(', ')
  const own = {
    id: `answer_${answer.kind}`,
    field: 'lines',
    message: said(no),
    source,
    confidence: 'reported',
  } as const
  return [{ ...own, severity: 'warn' }, ...weighed]
}
