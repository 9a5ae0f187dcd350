// Rules as a front desk says them.
import { ATTACHMENT_LABELS } from '../case/schema.ts'
import { periodOf } from '../guide/frequency.ts'
import { formatDate } from '../dates.ts'
import { findTooth } from '../teeth.ts'
import type { PayerRule, RuleBody, RuleTerm, RuleTopic, Span } from './schema.ts'

export const TOPIC_LABELS: Record<RuleTopic, string> = {
  need: 'Authorization needed',
  document: 'Film or paper',
  frequency: 'Frequency limit',
  waiting: 'Waiting period',
  age: 'Age',
  teeth: 'Teeth',
  missing_tooth: 'Missing tooth',
  downgrade: 'Paid as another service',
  bundling: 'Not paid together',
  answer: 'Time to answer',
  valid: 'Approval valid for',
  filing: 'Time to file a claim',
  appeal: 'Time to appeal',
  channel: 'How to send',
  remark: 'Good to know',
}
export const NEED_LABELS = { required: 'Required', estimate: 'Estimate advised', none: 'Not needed' } as const

const UNITS = { cd: 'day', bd: 'business day', mo: 'month' }
/** `3 business days`, `6 months`. */
export const spanWords = ({ count, unit }: Span): string => `${count} ${UNITS[unit]}${count === 1 ? '' : 's'}`
const from = (words: string) => (words ? ` from ${words}` : '')
const LEVELS = ['', 'first', 'second', 'third'] as const

/** `3, 14, 19`. */
const teethWords = (teeth: readonly string[]): string => {
  const order = (tooth: string) =>
    findTooth(tooth)?.dentition === 'primary' ? 100 + tooth.charCodeAt(0) : Number(tooth)
  return [...teeth].sort((a, b) => order(a) - order(b)).join(', ')
}

/** What a rule says, without its codes and words: `1 per tooth in 60 months`. */
export function termWords(term: RuleTerm): string {
  switch (term.topic) {
    case 'need':
      return NEED_LABELS[term.need]
    case 'document': {
      const kind = term.kind === null ? '' : ` (${ATTACHMENT_LABELS[term.kind].toLowerCase()})`
      const age = term.maxAgeMonths === null ? '' : `, not older than ${term.maxAgeMonths} months`
      return `${term.title}${kind}${age}, for the ${term.stages.join(' and ')}`
    }
    case 'frequency': {
      const shared = term.counted.length > 0 ? `, counted with ${term.counted.join(', ')}` : ''
      return `${term.count} per ${term.scope} ${periodOf(term)}${shared}`
    }
    case 'waiting':
      return `${spanWords({ count: term.months, unit: 'mo' })} from the start of the coverage`
    case 'age':
      return [term.from !== null && `from age ${term.from}`, term.through !== null && `through age ${term.through}`]
        .filter(Boolean)
        .join(', ')
    case 'teeth':
      return `Teeth ${teethWords(term.teeth)} only`
    case 'missing_tooth':
      return term.isPaid
        ? 'A tooth lost before the coverage is replaced'
        : 'A tooth lost before the coverage is not replaced'
    case 'downgrade':
      return `Paid as ${term.as}${term.teeth.length > 0 ? ` on teeth ${teethWords(term.teeth)}` : ''}`
    case 'bundling':
      return `Not with ${term.with.join(', ')} on the same day`
    case 'answer':
      return `${spanWords(term)}${from(term.from)}${term.expedited ? `, expedited ${spanWords(term.expedited)}` : ''}`
    case 'appeal':
      return `${spanWords(term)}${from(term.from)}${term.level > 1 ? `, ${LEVELS[term.level]} level` : ''}`
    case 'valid':
    case 'filing':
      return `${spanWords(term)}${from(term.from)}`
    case 'channel':
    case 'remark':
      return ''
  }
}

/** `D2740, D2750-D2752`, or every code. */
export const codesWords = (codes: readonly string[]): string => codes.join(', ') || 'every code'

/** A rule in one line: what it says, then its words. */
export const ruleWords = ({ term, words }: Pick<RuleBody, 'term' | 'words'>): string =>
  [termWords(term), words].filter(Boolean).join('. ')

/** The document behind a rule: what it is, its date, the day it was read. */
export function documentOf({ source, docDate, seenOn }: PayerRule): string {
  const dated = docDate ? ` of ${docDate.length === 10 ? formatDate(docDate) : docDate}` : ''
  return `${source}${dated}${seenOn ? `, seen ${formatDate(seenOn)}` : ''}`
}
export const doubtOf = ({ confidence }: PayerRule): string =>
  confidence === 'unverified' ? '. Check with the payer' : ''
/** Whose rule it is, and where it stands. */
export const citationOf = (rule: PayerRule): string => `${rule.name}: ${documentOf(rule)}${doubtOf(rule)}`

/** How two versions of a rule differ, in words; empty where they say the same. */
export function differencesOf(was: RuleBody, now: RuleBody): { what: string; was: string; now: string }[] {
  const said = (body: RuleBody) => ({
    Rule: ruleWords(body),
    Codes: codesWords(body.codes),
    State: body.state || 'every state',
    Source: [body.source, body.docDate].filter(Boolean).join(', '),
    Confidence: body.confidence,
  })
  const before = said(was)
  return Object.entries(said(now)).flatMap(([what, text]) => {
    const old = before[what as keyof typeof before]
    return old === text ? [] : [{ what, was: old, now: text }]
  })
}
