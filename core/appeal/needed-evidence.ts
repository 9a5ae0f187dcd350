// What an appeal needs for each kind of denial (domain pack, section 7), and what the case has of it.
import { attachmentTitle } from '../case/attachment-kind.ts'
import type { Attachment, AttachmentKind, ChartNote } from '../case/schema.ts'
import { formatDate, type IsoDate } from '../dates.ts'
import type { StatedFacts } from '../guide/condition.ts'
import type { Acceptance } from '../claim/first-sending.ts'
import type { DenialCause } from '../remittance/schema.ts'

/** What the case, its claim and the tooth's history hold. */
export interface EvidenceRecord {
  attachments: readonly Attachment[]
  notes: readonly ChartNote[]
  facts: StatedFacts
  diagnoses: readonly string[]
  /** Services done before on the same tooth, oldest first. */
  earlier: readonly { code: string; serviceDate: IsoDate }[]
  authorizationNumber: string
  /** What proves that the payer has the claim, and since when. */
  accepted: Acceptance | null
}
export interface EvidenceItem {
  title: string
  /** What stands for it; null when it is lacking. */
  have: string | null
}
type Find = (record: EvidenceRecord) => string | null
type Wanted = readonly [title: string, find: Find]

const file =
  (...kinds: AttachmentKind[]): Find =>
  ({ attachments }) => {
    const found = attachments.find((one) => kinds.includes(one.kind))
    return found ? attachmentTitle(found) : null
  }
const fact =
  (id: string): Find =>
  ({ facts }) => {
    const value = facts[id]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
  }
const notes: Find = ({ notes: all }) =>
  all.length > 0 ? all.map((note) => `Chart entry of ${formatDate(note.notedOn)}`).join(', ') : null
const films: Find = ({ attachments }) => {
  const dated = attachments.filter((one) => /periapical|bitewing|panoramic|cbct/.test(one.kind) && one.takenOn !== null)
  return dated.length > 1 ? dated.map(attachmentTitle).join('; ') : null
}

const NEEDED: Record<DenialCause, readonly Wanted[]> = {
  documentation: [
    ['Film before treatment', file('pre_op_periapical', 'bitewing', 'panoramic')],
    ['Film after treatment', file('post_op_periapical')],
    ['Dated chart entries', notes],
  ],
  frequency: [
    ['History of the tooth with dates', ({ earlier }) => (earlier.length > 0 ? historyOf(earlier) : null)],
    ['Chart entry that shows a new phase', notes],
    ['The plan’s clause', file('payer_letter')],
  ],
  mismatch: [
    ['Test results', fact('tests')],
    ['Film that shows the reason for the code', file('pre_op_periapical', 'bitewing', 'panoramic')],
    ['Diagnosis code', ({ diagnoses }) => diagnoses.join(', ') || null],
  ],
  authorization: [
    [
      'The approval, or proof of the emergency',
      (record) => record.authorizationNumber || file('authorization_letter')(record),
    ],
  ],
  bundling: [['Chart entries with date, tooth and purpose of each service', notes]],
  not_covered: [['Plan booklet', file('payer_letter')]],
  timely: [
    [
      'Acceptance report of the first sending',
      ({ accepted }) => accepted && `${formatDate(accepted.on)}: ${accepted.proof}`,
    ],
  ],
  coordination: [['EOB of the other plan', file('eob')]],
  eligibility: [['Proof of coverage on the day of service', file('payer_letter')]],
  // Not seen as necessary: the reasons without a cause of their own.
  other: [
    ['Films over time', films],
    ['Why another treatment was not possible', fact('why_not_rct')],
    ['Prognosis', fact('prognosis')],
    ['Text of the specialty’s guideline', file('other')],
  ],
}

/** The list for a kind of denial, the decision itself last. */
export function evidenceFor(cause: DenialCause | null, record: EvidenceRecord): EvidenceItem[] {
  const wanted: readonly Wanted[] = [
    ...NEEDED[cause ?? 'other'],
    ['The decision that is contested', file('denial_letter', 'eob')],
  ]
  return wanted.map(([title, find]) => ({ title, have: find(record) }))
}

/** `D3351 on Oct 5, 2026; D3352 on Nov 2, 2026`. */
export function historyOf(earlier: EvidenceRecord['earlier']): string {
  return earlier.map(({ code, serviceDate }) => `${code} on ${formatDate(serviceDate)}`).join('; ')
}
