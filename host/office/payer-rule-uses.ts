// Where a rule is used: the payer's open cases in which it says something, and what it says there.
import { payerOf } from '#core/case/contents.ts'
import { chooseFor } from '#core/case/recommendation.ts'
import type { OutputOf } from '#core/contract/index.ts'
import type { PayerId } from '#core/ids.ts'
import { figureOf, PayerTopic } from '#core/payer-figures.ts'
import { findingIdOf } from '#core/payer-rule/findings.ts'
import { appliesTo, ruleFor } from '#core/payer-rule/match.ts'
import type { PayerRule } from '#core/payer-rule/schema.ts'
import { termWords, TOPIC_LABELS } from '#core/payer-rule/words.ts'
import { type CaseFile, openCases } from '#host/case/case-file.ts'
import { documentationIn } from '#host/case/documentation.ts'
import { openCasesUnder } from '#host/case/list-rows.ts'
import type { QueryContext } from '#host/kernel/context.ts'

/** Cases that are looked at: opening one costs some milliseconds. */
const LOOKED_AT = 100

type Uses = OutputOf<'payerRule.uses'>

export async function usesOf(context: QueryContext, payerId: PayerId, ruleId: string): Promise<Uses> {
  const ids = await openCasesUnder(context.db, { payerId })
  const files = await openCases(context, ids.slice(0, LOOKED_AT))
  const uses = files.flatMap((file): Uses['uses'] => {
    const payer = payerOf(file, file.record.coverageId)
    const rule = payer?.id === payerId ? payer.rules.find(({ id }) => id === ruleId) : undefined
    const what = rule && saidIn(context, file, rule)
    if (!what) return []
    const { lastName, firstName } = file.patient
    const code = file.lines.at(-1)?.code ?? file.decision?.codes[0] ?? null
    return [{ caseId: file.id, patientName: `${lastName}, ${firstName}`, code, what }]
  })
  return { uses, more: Math.max(0, ids.length - LOOKED_AT) }
}

/** What a rule says in a case; null: nothing. */
function saidIn(context: QueryContext, file: CaseFile, rule: PayerRule): string | null {
  const { term } = rule
  const documentation = documentationIn(context, file)
  const { codes } = documentation
  if (rule.codes.length > 0 && !codes.some((code) => appliesTo(rule, code))) return null
  const label = `${TOPIC_LABELS[term.topic]}: ${termWords(term)}`
  if (term.topic === 'need') return codes.some((code) => ruleFor([rule], 'need', code)) ? label : null
  if (term.topic === 'document' || term.topic === 'channel' || term.topic === 'remark') return label.replace(/: $/, '')
  const topic = PayerTopic.safeParse(term.topic).data
  if (topic) {
    const payer = payerOf(file, file.record.coverageId)
    const figure = figureOf(payer, topic)
    const isFirst = payer?.rules.find((one) => one.term.topic === topic)?.id === rule.id
    return isFirst && figure?.origin === rule.origin ? label : null
  }
  const { choice } = chooseFor(file, documentation, context.today)
  return choice.findings.find(({ id }) => id === findingIdOf(rule))?.message ?? null
}
