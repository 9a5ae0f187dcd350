// The first draft of an appeal letter from the record of the time: no new history; what is not recorded stands in brackets.
import type { Attachment, ChartNote } from '../case/schema.ts'
import { formatDate, isDate } from '../dates.ts'
import { formatMoney } from '../money.ts'
import type { StatedFacts } from '../guide/condition.ts'
import type { DenialCause, Remittance } from '../remittance/schema.ts'
import type { Claim } from '../claim/schema.ts'
import { type EvidenceRecord, historyOf } from './evidence.ts'
import type { AppealLetter, AppealLevel } from './schema.ts'

export interface LetterSource {
  level: AppealLevel
  claim: Pick<Claim, 'number' | 'lines' | 'sentOn' | 'form'>
  remittance: Pick<Remittance, 'lines'> | null
  cause: DenialCause | null
  facts: StatedFacts
  notes: readonly ChartNote[]
  /** What the appeal stage asks for and the case has. */
  attachments: readonly Attachment[]
  /** Services done before on the tooth, oldest first. */
  earlier: EvidenceRecord['earlier']
}

const REQUESTS: Record<AppealLevel, string> = {
  corrected_claim: 'Please process the corrected claim in place of the earlier one.',
  information: 'The papers you asked for are enclosed. Please continue with the claim.',
  reconsideration: 'Please reconsider this decision on the record of the time and pay the service.',
  first: 'We appeal this decision. Please review it and pay the service.',
  second: 'We appeal the upheld decision. Please have it reviewed by a dentist who took no part in it before.',
  peer_to_peer: 'Please name a time at which the treating dentist can speak with your dental director.',
  external: 'We ask for an independent review of the plan’s decision.',
}

/** Domain.md 7, what to add per kind of denial; brackets are for the desk to fill or strike. */
const ADDITIONS: Partial<Record<DenialCause, string>> = {
  documentation: 'What was missing is enclosed: [exact item the payer named].',
  bundling: 'The services are separate: [date, tooth and purpose of each].',
  not_covered: 'The plan covers this service: [clause of the plan booklet].',
  coordination: 'The other plan has decided: [its EOB date and amount].',
  eligibility: 'The patient was covered on the day of service: [proof of coverage].',
}
/** Domain.md 7: three to five facts from the record carry a letter. */
const QUOTED_NOTES = 5

/** Letter with quoted reason, request, body, quoted notes and enclosures. */
export function draftLetter(source: LetterSource): AppealLetter {
  const { level, notes, attachments } = source
  const paragraphs = [services(source), record(source.facts), film(source), addition(source)]
  return {
    quotedReason: reasonOf(source.remittance),
    request: REQUESTS[level],
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
      const reasons = line.adjustments.map((one) => `${one.group}-${one.carc} ${formatMoney(one.cents)}`)
      const remarks = line.remarks.length > 0 ? `; remarks ${line.remarks.join(', ')}` : ''
      return `${line.code}: ${reasons.join(', ')}${remarks}`
    })
    .join('. ')
    .slice(0, 1000)
}

function services({ claim }: LetterSource): string {
  return claim.lines
    .map((line) => {
      const tooth = line.tooth ? ` on tooth #${line.tooth}` : ''
      return `${line.code}${tooth} was completed on ${line.serviceDate ? formatDate(line.serviceDate) : '[date]'}.`
    })
    .join(' ')
}

function record(facts: StatedFacts): string {
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
    say('outcome', (text) => `Outcome: ${text}.`),
  ]
    .filter(Boolean)
    .join(' ')
}

/** A film after treatment is asked for where the case has none (desk.md D row 41). */
function film({ attachments, facts, level }: LetterSource): string {
  if (facts['pulp'] === undefined || level === 'corrected_claim' || level === 'peer_to_peer') return ''
  const shown = attachments.find((file) => file.kind === 'post_op_periapical' && file.takenOn !== null)
  return shown
    ? `The film of ${formatDate(shown.takenOn!)} shows the finished treatment.`
    : 'The finished treatment is shown on [new post-treatment film: take and enclose it].'
}

function addition({ cause, claim, earlier }: LetterSource): string {
  if (cause === 'frequency') {
    const before = earlier.length > 0 ? historyOf(earlier) : '[dates and codes]'
    return `Earlier treatment of this tooth: ${before}. This service is another phase because [reason from the chart].`
  }
  if (cause === 'authorization') {
    const number = claim.form.authorizationNumber || claim.form.predeterminationNumber
    return number
      ? `The service was authorized under ${number}; the approval is enclosed.`
      : 'We ask for a retroactive authorization: [why it could not be asked for before treatment].'
  }
  if (cause === 'mismatch') {
    const diagnoses = claim.form.diagnoses.join(', ') || '[diagnosis code]'
    return `The code matches the record: diagnosis ${diagnoses}, supported by the findings above.`
  }
  if (cause === 'timely')
    return `The claim was first sent on ${claim.sentOn ? formatDate(claim.sentOn) : '[date]'}: [acceptance report].`
  return (cause && ADDITIONS[cause]) ?? ''
}

function mostTelling(notes: readonly ChartNote[]): ChartNote[] {
  const weight = (note: ChartNote) => (note.itemKeys.some((key) => /^(diagnosis|findings)/.test(key)) ? 0 : 1)
  return [...notes]
    .sort((a, b) => weight(a) - weight(b) || (a.notedOn < b.notedOn ? -1 : 1))
    .slice(0, QUOTED_NOTES)
    .sort((a, b) => (a.notedOn < b.notedOn ? -1 : 1))
}
