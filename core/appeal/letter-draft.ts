// The first draft of an appeal letter from the record of the time: no new history; what is not recorded stands in brackets.
import type { Authorization } from '../authorization/schema.ts'
import type { Attachment, ChartNote } from '../case/schema.ts'
import { outdatedIn } from '../document/outdated.ts'
import { formatDate, isDate, type IsoDate } from '../dates.ts'
import { formatMoney } from '../money.ts'
import type { StatedFacts } from '../guide/condition.ts'
import type { DenialCause, Remittance } from '../remittance/schema.ts'
import type { Sending } from '../claim/first-sending.ts'
import type { Claim } from '../claim/schema.ts'
import { type EvidenceRecord, historyOf } from './needed-evidence.ts'
import type { AppealLetter, AppealLevel } from './schema.ts'

export interface LetterSource {
  level: AppealLevel
  claim: Pick<Claim, 'number' | 'lines' | 'form'>
  remittance: Pick<Remittance, 'lines'> | null
  cause: DenialCause | null
  /** As the record bears them out. */
  facts: StatedFacts
  /** The whole treatment is on record. */
  isFinished: boolean
  notes: readonly ChartNote[]
  /** What the appeal stage asks for and the case has, without what the checklist rejects. */
  attachments: readonly Attachment[]
  /** Services done before on the tooth, oldest first. */
  earlier: EvidenceRecord['earlier']
  /** The request that the claim leans on; `granted`: on the days billed; `covers`: what it grants is what was billed. */
  authorization:
    (Pick<Authorization, 'kind' | 'reference' | 'sentOn' | 'decidedOn'> & { granted: boolean; covers: boolean }) | null
  /** The first sending, also where a corrected claim followed it. */
  firstSent: Sending | null
  /** What another plan of the patient has decided. */
  otherPlan: { eobDate: IsoDate; paidCents: number } | null
  /** False where the coverage on file does not span the day of service. */
  wasCovered: boolean
  /** False where the guide finds the diagnosis at odds with the code. */
  fitsDiagnosis: boolean
}

const REQUESTS: Record<AppealLevel, string> = {
  corrected_claim: 'Please process the corrected claim in place of the earlier one.',
  information: 'The documents you asked for are enclosed. Please continue processing the claim.',
  reconsideration: 'Please reconsider this decision based on the record at that time and pay for the service.',
  first: 'We appeal this decision. Please review it and pay for the service.',
  second:
    'We appeal the upheld decision. Please have it reviewed by a dentist who was not part of the earlier decision.',
  peer_to_peer: 'Please give us a time when the treating dentist can speak with your dental director.',
  external: 'We ask for an independent review of the plan’s decision.',
}

const NO_PAPERS = 'Please continue with the claim. Enclosed: [the documents you asked for].'

/** Domain.md 7, what to add per kind of denial; brackets are for the desk to fill or strike. */
const ADDITIONS: Partial<Record<DenialCause, string>> = {
  documentation: 'What was missing is enclosed: [exact item the payer named].',
  bundling: 'The services are separate: [date, tooth and purpose of each].',
  not_covered: 'The plan covers this service: [clause of the plan booklet].',
}
/** Domain.md 7: three to five facts from the record carry a letter. */
const QUOTED_NOTES = 5

/** What a draft says of days of the record: in a letter that was written before, it may hold no longer. */
const DATED = [
  '{text} was completed on {date}.',
  'The date of service of {text} is {date}.',
  'The tooth was injured on {date}.',
  'The film of {date}, before treatment, shows an open root tip.',
  'The film of {date} shows the finished treatment.',
  'was first sent on {date}.',
]
/** Sentences of a letter that the record says otherwise by now. */
export const outdatedLetter = ({ body }: Pick<AppealLetter, 'body'>, source: LetterSource): string[] =>
  outdatedIn(body, [draftLetter(source).body], DATED)

/** Letter with quoted reason, request, body, quoted notes and enclosures. */
export function draftLetter(source: LetterSource): AppealLetter {
  const { level, notes, attachments } = source
  const paragraphs = [services(source), record(source), film(source), addition(source)]
  return {
    quotedReason: reasonOf(source.remittance),
    request: level === 'information' && attachments.length === 0 ? NO_PAPERS : REQUESTS[level],
    body: paragraphs.filter(Boolean).join('\n\n'),
    noteIds: mostTelling(notes).map((note) => note.id),
    enclosureIds: attachments.slice(0, 30).map((file) => file.id),
  }
}

/** Codes and amounts only: the payer's own wording is typed from the EOB, never guessed. */
function reasonOf(remittance: LetterSource['remittance']): string {
  const lines = (remittance?.lines ?? []).filter((line) => line.cause !== null)
  return lines
    .map((line) => {
      const speaking = line.adjustments.filter((one) => one.cents !== 0)
      const reasons = (speaking.length > 0 ? speaking : line.adjustments).map(
        (one) => `${one.group}-${one.carc}${one.cents === 0 ? '' : ` ${formatMoney(one.cents)}`}`,
      )
      const remarks = line.remarks.length > 0 ? `; remarks ${line.remarks.join(', ')}` : ''
      return `${line.code}: ${reasons.join(', ')}${remarks}`
    })
    .join('. ')
    .slice(0, 1000)
}

/** Days that end a treatment: what was billed before them was not completed then. */
const ENDS = ['completion_date', 'seat_date', 'delivery_date']

function services({ claim, facts, isFinished }: LetterSource): string {
  const ended = ENDS.flatMap((fact) => (typeof facts[fact] === 'string' ? facts[fact] : []))
  return claim.lines
    .map(({ code, tooth, serviceDate }) => {
      const service = `${code}${tooth ? ` on tooth #${tooth}` : ''}`
      const day = serviceDate ? formatDate(serviceDate) : '[date]'
      const isCompleted = isFinished && !ended.some((end) => serviceDate !== null && end > serviceDate)
      return isCompleted ? `${service} was completed on ${day}.` : `The date of service of ${service} is ${day}.`
    })
    .join(' ')
}

function record({ facts, isFinished }: Pick<LetterSource, 'facts' | 'isFinished'>): string {
  const say = (id: string, sentence: (text: string) => string): string => {
    const value = facts[id]
    if (typeof value !== 'string' || value.trim() === '') return ''
    const text = isDate(value) ? formatDate(value) : value.trim().replace(/\.$/, '')
    return sentence(text)
  }
  const open = facts['apex'] === 'open'
  return [
    say('diagnosis', (text) => `Diagnosis: ${text}.`),
    say('tests', (text) => `Tests: ${text}.`),
    facts['trauma'] === true ? say('trauma_date', (text) => `The tooth was injured on ${text}.`) : '',
    open ? say('pre_op_film_date', (text) => `The film of ${text}, before treatment, shows an open root tip.`) : '',
    say('why_not_rct', (text) => `Why another treatment was not possible: ${text}.`),
    say('material', (text) => `Material: ${text}.`),
    say('prognosis', (text) => `Prognosis: ${text}.`),
    isFinished ? say('outcome', (text) => `Outcome: ${text}.`) : '',
  ]
    .filter(Boolean)
    .join(' ')
}

/** A film after treatment is asked for where the case has none (desk.md D row 41). */
function film({ attachments, facts, level, isFinished }: LetterSource): string {
  if (!isFinished || facts['pulp'] === undefined || level === 'corrected_claim' || level === 'peer_to_peer') return ''
  const shown = attachments.find((file) => file.kind === 'post_op_periapical' && file.takenOn !== null)
  return shown
    ? `The film of ${formatDate(shown.takenOn!)} shows the finished treatment.`
    : 'The finished treatment is shown on [new post-treatment film: take and enclose it].'
}

function addition(source: LetterSource): string {
  const { cause, earlier } = source
  switch (cause) {
    case 'frequency': {
      const before = earlier.length > 0 ? historyOf(earlier) : '[dates and codes]'
      return `Earlier treatment of this tooth: ${before}. This service is another phase because [reason from the chart].`
    }
    case 'authorization':
      return authorized(source)
    case 'mismatch':
      return matched(source)
    case 'timely':
      return sent(source)
    case 'coordination':
      return source.otherPlan
        ? `The other plan decided on ${formatDate(source.otherPlan.eobDate)} and paid ${formatMoney(source.otherPlan.paidCents)}.`
        : 'Decision of the other plan: [its EOB date and amount].'
    case 'eligibility':
      return source.wasCovered
        ? 'The patient was covered on the day of service: [proof of coverage].'
        : 'Coverage on the day of service: [proof of coverage].'
    default:
      return (cause && ADDITIONS[cause]) ?? ''
  }
}

/** Approved only where it was, and for this service; asked for where it was asked for. */
function authorized({ authorization: asked, attachments, claim }: LetterSource): string {
  const number = asked?.reference || claim.form.authorizationNumber || claim.form.predeterminationNumber
  const enclosed = attachments.some((file) => file.kind === 'authorization_letter')
  if (asked?.granted && number) {
    const decided = asked.decidedOn ? ` (decision of ${formatDate(asked.decidedOn)})` : ''
    if (!asked.covers) return `An approval was given under ${number}${decided}: [why it holds for this service].`
    const what = asked.kind === 'required' ? 'The service was authorized' : 'The plan estimated the service'
    return `${what} under ${number}${decided}.${enclosed ? ' The decision is enclosed.' : ''}`
  }
  if (asked?.sentOn)
    return `Authorization was asked for on ${formatDate(asked.sentOn)}: [why the service should be authorized].`
  if (asked === null && number) return `The claim names authorization ${number}: [the approval].`
  return 'We ask for a retroactive authorization: [why it could not be asked for before treatment].'
}

function matched(source: LetterSource): string {
  if (!source.fitsDiagnosis) return 'Code and diagnosis: [why the code fits the record].'
  const diagnoses = source.claim.form.diagnoses.join(', ') || '[diagnosis code]'
  const support = record(source) ? ', supported by the findings above' : ''
  return `The code matches the record: diagnosis ${diagnoses}${support}.`
}

function sent({ firstSent }: LetterSource): string {
  if (!firstSent) return 'The claim was first sent on [date]: [acceptance report].'
  const { number, on, accepted } = firstSent
  const sending = `Claim ${number} was first sent on ${formatDate(on)}`
  return accepted
    ? `${sending}. It was with you by ${formatDate(accepted.on)}: ${accepted.proof}.`
    : `${sending}: [acceptance report].`
}

/** The entries that say most, in the order of their days. */
export function mostTelling(notes: readonly ChartNote[]): ChartNote[] {
  const weight = (note: ChartNote) => (note.itemKeys.some((key) => /^(diagnosis|findings)/.test(key)) ? 0 : 1)
  return [...notes]
    .sort((a, b) => weight(a) - weight(b) || (a.notedOn < b.notedOn ? -1 : 1))
    .slice(0, QUOTED_NOTES)
    .sort((a, b) => (a.notedOn < b.notedOn ? -1 : 1))
}
