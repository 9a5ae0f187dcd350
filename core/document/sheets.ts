// Sheets for the office: claim summary, the case's dated trail, a guide page, a worklist.
import type { CaseView } from '../contract/case.ts'
import type { Claim, OtherCoverage } from '../claim/schema.ts'
import type { TimelineEntry } from '../case/schema.ts'
import { formatDate, type IsoDate } from '../dates.ts'
import type { GuidePage } from '../guide/reference.ts'
import { formatMoney } from '../money.ts'
import type { OfficeInput } from '../office.ts'
import { addressLines, type Block, type Document } from './document.ts'
import { letterheadOf } from './letters.ts'
import { openPlaces, textsIn } from './outgoing.ts'

type Rows = (readonly [string, string])[]

export function sheet(office: OfficeInput, today: IsoDate, title: string, subject: string, blocks: Block[]): Document {
  const footer = `Printed ${formatDate(today)} by Claimwright.`
  return { title, letterhead: letterheadOf(office), date: '', recipient: [], subject: [subject], blocks, footer }
}

const shown = (date: IsoDate | null) => (date ? formatDate(date) : '')
const filled = (rows: Rows): Rows => rows.filter(([, value]) => value.trim() !== '')
const personName = (person: { firstName: string; lastName: string }) => `${person.firstName} ${person.lastName}`.trim()

/** The values of the claim by item number of the ADA 2024 form, which itself is not reproduced. */
export function claimSummary(
  office: OfficeInput,
  today: IsoDate,
  claim: Omit<Claim, 'findings'>,
  enclosures: readonly string[],
): Document {
  const { form } = claim
  const address = (value: typeof form.payerAddress) => addressLines(value).join(', ')
  const section = (text: string, rows: Rows): Block[] => {
    const present = filled(rows)
    return present.length > 0
      ? [
          { kind: 'heading', text },
          { kind: 'facts', rows: present },
        ]
      : []
  }
  const transaction = { actual: 'Actual services', predetermination: 'Predetermination', epsdt: 'EPSDT / Title XIX' }
  const blocks: Block[] = [
    ...section('Claim', [
      ['Claim number', claim.number],
      ['1 Transaction', transaction[form.transaction]],
      ['2 Authorization', form.predeterminationNumber || form.authorizationNumber],
      ['3 Payer', [form.payerName, address(form.payerAddress)].filter(Boolean).join(', ')],
      ['3a Payer ID', form.payerCode],
      ['Sent', [shown(claim.sentOn), claim.channel ?? ''].filter(Boolean).join(', ')],
      ['Sent with gaps because', claim.sendReason],
    ]),
    ...section('Patient and subscriber', [
      ['12–14 Subscriber', person(form.subscriber)],
      ['15 Member ID', form.memberId],
      ['16 Group', form.groupNumber],
      ['17 Employer', form.employer],
      ['18 Relation', form.relation],
      ['20–22 Patient', person(form.patient)],
      ['23 Account', form.patientAccount],
      ['4–11a Other coverage', form.otherCoverage ? otherLine(form.otherCoverage) : 'None'],
      ...form.furtherCoverages.map((other) => ['Further coverage', otherLine(other)] as const),
    ]),
    { kind: 'heading', text: 'Services' },
    {
      kind: 'table',
      head: ['24 Date', '25 Area', '27 Tooth', '28 Surface', '29 Code', '29a Dx', '29b Qty', '30 Text', '31 Fee'],
      rows: claim.lines.map((line) => [
        shown(line.serviceDate),
        line.area ?? '',
        line.tooth ?? '',
        line.surfaces,
        line.code,
        line.diagnosisPointers,
        String(line.quantity),
        line.description,
        formatMoney(line.feeCents),
      ]),
      foot: ['', '', '', '', '', '', '', '32 Total', formatMoney(claim.totalCents)],
      right: [6, 8],
    },
    ...section('Details', [
      ['31a Other fees', form.otherFeesCents > 0 ? formatMoney(form.otherFeesCents) : ''],
      ['33 Missing teeth', form.missingTeeth.join(', ')],
      ['34a Diagnoses', form.diagnoses.map((icd, index) => `${'ABCD'[index]} ${icd}`).join(', ')],
      ['35 Remarks', [form.attachmentNumber, form.remarks].filter(Boolean).join(' ')],
      ['36 Patient signature', form.patientSignature ? `On file ${shown(form.patientSignatureOn)}`.trim() : 'No'],
      ['37 Pay the office', form.assignBenefits ? 'Yes' : 'No'],
      ['38 Place of service', form.placeOfService],
      ['39 Enclosures', form.enclosures ? 'Yes' : 'No'],
      ['39a Last scaling', shown(form.lastScalingOn)],
      ['45–47 Accident', form.accident ? accidentLine(form.accident) : ''],
    ]),
    ...section('Dentist and office', [
      ['48–52 Billing', [form.billing.name, address(form.billing.address)].filter(Boolean).join(', ')],
      ['49 NPI', form.billing.npi],
      ['50 License', form.billing.license],
      ['51 Tax ID', form.billing.taxId],
      [
        '53–55 Treating',
        [personName(form.treating), form.treating.npi, form.treating.license].filter(Boolean).join(', '),
      ],
      ['56 Treated at', address(form.treatmentAddress)],
      ['56a Specialty', form.treating.taxonomy],
      ['57 Phone', form.treatmentPhone],
    ]),
    { kind: 'enclosures', items: enclosures },
  ]
  const open = openPlaces({ texts: textsIn([form, claim.lines]), lines: claim.lines })
  return { ...sheet(office, today, 'Claim summary', 'Claim summary', blocks), open }
}

function accidentLine(accident: NonNullable<Claim['form']['accident']>): string {
  return [accident.cause, shown(accident.on), accident.state].filter(Boolean).join(', ')
}

function otherLine({ insurer, payerCode, holder, memberId, groupNumber }: OtherCoverage): string {
  return [insurer, payerCode, holder, memberId, groupNumber].filter(Boolean).join(', ')
}

function person(value: Claim['form']['patient']): string {
  const address = addressLines(value.address).join(', ')
  return [personName(value), shown(value.birthDate), value.gender, address].filter(Boolean).join(', ')
}

export type TrailEntry = Omit<TimelineEntry, 'kind'>
/** The whole dated trail of a case for an auditor, oldest first (desk.md D row 45). */
export function caseTrail(
  office: OfficeInput,
  today: IsoDate,
  view: CaseView,
  trail: { evidence: readonly string[]; entries: readonly TrailEntry[]; access: readonly TrailEntry[] },
): Document {
  const { decision, patient } = view
  const entryRows = (entries: readonly TrailEntry[]) =>
    entries.map((entry) => [entry.at.slice(0, 16).replace('T', ' '), shown(entry.on), entry.user, entry.text])
  const blocks: Block[] = [
    {
      kind: 'facts',
      rows: filled([
        ['Patient', `${personName(patient)}, born ${formatDate(patient.birthDate)}`],
        ['Case', view.title],
        ['Tooth or area', view.tooth ? `#${view.tooth}` : (view.area ?? '')],
        ['Status', view.status],
        ['Code decided', decision ? decision.codes.join(', ') : ''],
        [
          'Confirmed by',
          decision?.confirmedBy ? `${decision.confirmedBy.name}, ${decision.recordedAt.slice(0, 10)}` : '',
        ],
        ['Override', decision?.overrideReason ?? ''],
        ['Fee', formatMoney(view.money.feeCents)],
        ['Paid', formatMoney(view.money.paidCents)],
      ]),
    },
    { kind: 'heading', text: 'Answers' },
    {
      kind: 'table',
      head: ['Fact', 'Answer', 'By', 'When (UTC)'],
      rows: view.facts.map((fact) => [
        fact.fact.replaceAll('_', ' '),
        typeof fact.value === 'string' ? fact.value : JSON.stringify(fact.value),
        fact.answeredBy,
        fact.answeredAt.slice(0, 16).replace('T', ' '),
      ]),
    },
    ...(trail.evidence.length > 0
      ? ([
          { kind: 'heading', text: 'Evidence' },
          { kind: 'list', items: trail.evidence },
        ] as const)
      : []),
    { kind: 'heading', text: 'History' },
    { kind: 'table', head: ['Recorded (UTC)', 'Date', 'By', 'What'], rows: entryRows(trail.entries) },
    { kind: 'heading', text: 'Audit trail' },
    { kind: 'table', head: ['Recorded (UTC)', 'Date', 'By', 'Action'], rows: entryRows(trail.access) },
  ]
  return sheet(office, today, 'Case trail', 'Dated trail of the case', blocks)
}

/** One code family of a guide as a reference page. */
export function guideSheet(office: OfficeInput, today: IsoDate, pages: readonly GuidePage[], title: string): Document {
  return sheet(office, today, 'Guide page', title, pages.flatMap(guideBlocks))
}

function guideBlocks(page: GuidePage): Block[] {
  const heading = (text: string): Block => ({ kind: 'heading', text })
  const list = (text: string, items: readonly string[]): Block[] =>
    items.length > 0 ? [heading(text), { kind: 'list', items }] : []
  const unsure = (confidence: string) => (confidence === 'unverified' ? ' (check with payer)' : '')
  return [
    heading(page.title),
    { kind: 'text', text: page.summary },
    { kind: 'table', head: ['Code', 'Use'], rows: page.codes.map((code) => [code.code, code.label]) },
    ...page.comparisons.flatMap((comparison): Block[] => [
      heading(comparison.title),
      {
        kind: 'table',
        head: ['', ...comparison.codes],
        rows: comparison.rows.map((row) => [row.point, ...row.cells]),
      },
    ]),
    ...list(
      'Documentation',
      page.checklist.map((item) => `${item.title}: ${item.detail}${unsure(item.confidence)}`),
    ),
    ...list(
      'Conflicts',
      page.conflicts.map((one) => `${one.codes.join(', ')} with ${one.with.join(', ')}: ${one.reason}`),
    ),
    ...list(
      'Frequency',
      page.frequency.map((one) => `${one.codes.join(', ')}: ${one.note}${unsure(one.confidence)}`),
    ),
    ...list(
      'Why claims are denied',
      page.denials.map((one) => `${one.cause}: ${one.why} ${one.fix}`),
    ),
    ...list(
      'Questions and answers',
      page.questionsAndAnswers.map((one) => `${one.question} ${one.answer}`),
    ),
    ...list(
      'Sources',
      page.sources.map((source) => source.id),
    ),
  ]
}

/** One row of a printed worklist. */
export interface ListedWork {
  assigneeName: string | null
  /** The day that counts; null when nothing is due. */
  deadline: IsoDate | null
  patientName: string
  site: string
  code: string | null
  payerName: string | null
  reason: string
  action: string
}

/** A worklist for the clipboard at the desk: a page for each person, nobody's work last. */
export function worklistSheet(
  office: OfficeInput,
  today: IsoDate,
  { title, rows, isCut }: { title: string; rows: readonly ListedWork[]; isCut: boolean },
): Document {
  const people = [...new Set(rows.map((row) => row.assigneeName))].sort((a, b) =>
    a === null ? 1 : b === null ? -1 : a.localeCompare(b, 'en'),
  )
  const blocks = people.flatMap((person, index): Block[] => {
    const own = rows.filter((row) => row.assigneeName === person)
    const text = `${person ?? 'Assigned to nobody'}: ${own.length}`
    return [
      { kind: index === 0 ? 'heading' : 'page', text },
      {
        kind: 'table',
        head: ['Due', 'Patient', 'Tooth', 'Code', 'Payer', 'Why', 'Do'],
        rows: own.map((row) => [
          shown(row.deadline),
          row.patientName,
          row.site,
          row.code ?? '',
          row.payerName ?? '',
          row.reason,
          row.action,
        ]),
      },
    ]
  })
  if (rows.length === 0) blocks.push({ kind: 'text', text: 'This list is empty.' })
  if (isCut) blocks.push({ kind: 'text', text: `Only the first ${rows.length} rows are printed.` })
  return sheet(office, today, 'Worklist', `${title}, ${formatDate(today)}`, blocks)
}
