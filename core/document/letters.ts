// Letters to payers: the request for an authorization, the appeal, the narrative on its own sheet.
import { mostTelling } from '../appeal/letter-draft.ts'
import { type Appeal, LEVEL_LABELS } from '../appeal/schema.ts'
import { appealLevel, denialWords } from '../authorization/appeal.ts'
import { type TreatmentProgress, requestWords, nothingToAsk } from '../authorization/request.ts'
import type { Authorization } from '../authorization/schema.ts'
import { attachmentTitle } from '../case/attachment-kind.ts'
import type { Attachment, ChartNote, Visit } from '../case/schema.ts'
import type { Claim } from '../claim/schema.ts'
import { formatDate, type IsoDate } from '../dates.ts'
import { formatMoney, sumCents } from '../money.ts'
import type { OfficeInput, ProviderInput } from '../office.ts'
import type { Coverage, Patient, Payer } from '../patient.ts'
import { addressLines, type Block, type Document } from './document.ts'
import { siteName } from '../teeth.ts'
import { openPlaces, type Outgoing } from './outgoing.ts'

/** Who writes to whom about whom; every letter has it. */
export interface LetterContext {
  office: OfficeInput
  provider: ProviderInput | null
  patient: Patient
  coverage: Coverage | null
  payer: Payer | null
  today: IsoDate
  /** The guide's own working label of a code; empty when it has none. */
  labelOf(code: string): string
}

/** The office at the head of every page. */
export function letterheadOf(office: OfficeInput): Document['letterhead'] {
  const npi = office.npi ? `NPI ${office.npi}` : ''
  return { name: office.name, lines: [...addressLines(office.address), office.phone, npi].filter(Boolean) }
}

function envelope(
  context: LetterContext,
  title: string,
  subject: string[],
  blocks: Block[],
  outgoing: Outgoing,
): Document {
  const { payer } = context
  const enclosed = blocks.flatMap((block) => (block.kind === 'enclosures' ? block.items : []))
  return {
    title,
    letterhead: letterheadOf(context.office),
    date: formatDate(context.today),
    recipient: payer ? [payer.name, ...addressLines(payer.address)] : [],
    subject,
    blocks,
    footer: 'Confidential: contains health information of the person named above.',
    // The captions of films go out with the letter.
    open: openPlaces({ ...outgoing, texts: [...outgoing.texts, ...enclosed] }),
  }
}

/** Identity rows as payers match them; what is not known is left out. */
function identity({ patient, coverage, provider }: LetterContext): [string, string][] {
  const subscriber = coverage && coverage.relation !== 'self' ? coverage.subscriber : null
  const rows: [string, string][] = [
    ['Patient', `${patient.firstName} ${patient.lastName}`],
    ['Birth date', formatDate(patient.birthDate)],
    ['Subscriber', subscriber ? `${subscriber.firstName} ${subscriber.lastName}` : ''],
    ['Member ID', coverage?.memberId ?? ''],
    ['Group', coverage?.groupNumber ?? ''],
    ['Treating dentist', provider ? dentistLine(provider) : ''],
  ]
  return rows.filter(([, value]) => value.trim() !== '')
}

function dentistLine(provider: ProviderInput): string {
  return [`Dr. ${provider.firstName} ${provider.lastName}`, provider.npi && `NPI ${provider.npi}`]
    .filter(Boolean)
    .join(', ')
}

function signature({ provider, office }: LetterContext): Block {
  const name = provider ? `Dr. ${provider.firstName} ${provider.lastName}` : office.name
  const license = provider?.license ? `License ${provider.license}` : ''
  return { kind: 'signature', name, lines: [license, office.phone].filter(Boolean) }
}

function quotes(notes: readonly ChartNote[]): Block[] {
  if (notes.length === 0) return []
  const quoted = notes.map((note): Block => ({
    kind: 'quote',
    text: note.text,
    from: `${formatDate(note.notedOn)}, ${note.author}`,
  }))
  return [{ kind: 'heading', text: 'From the dated chart' }, ...quoted]
}

export interface AuthorizationLetter {
  authorization: Authorization
  narrative: string
  visits: readonly Visit[]
  attachments: readonly Attachment[]
  progress: TreatmentProgress
}
/** The request: lines with full fees, necessity, planned visits, enclosures (desk.md D row 25). */
export function authorizationRequest(context: LetterContext, request: AuthorizationLetter): Document {
  const { authorization, visits, narrative, progress } = request
  const { subject, opening } = requestWords(authorization, progress)
  const planned = visits.flatMap(({ phase, plannedOn, doneOn }) =>
    doneOn ? [`${phase}: done ${formatDate(doneOn)}`] : plannedOn ? [`${phase}: ${formatDate(plannedOn)}`] : [],
  )
  const reference: [string, string][] = authorization.reference ? [['Reference', authorization.reference]] : []
  const blocks: Block[] = [
    { kind: 'facts', rows: [...identity(context), ...reference] },
    { kind: 'text', text: opening },
    servicesTable(context, authorization),
    ...(planned.length > 0 ? [{ kind: 'text', text: `Visits: ${planned.join('; ')}.` } as const] : []),
    ...necessity(narrative),
    { kind: 'enclosures', items: request.attachments.map(attachmentTitle) },
    signature(context),
  ]
  const outgoing = { texts: [narrative], lines: authorization.lines }
  const letter = envelope(context, 'Authorization request', [`Request for ${subject}`], blocks, outgoing)
  return { ...letter, open: [...(letter.open ?? []), ...nothingToAsk(authorization, progress)] }
}

/** The services asked for, each with its place and full fee. */
function servicesTable({ labelOf }: LetterContext, { lines }: Pick<Authorization, 'lines'>): Block {
  const rows = lines.map(({ code, tooth, area, quantity, feeCents }) => [
    code,
    labelOf(code),
    tooth ?? siteName(null, area),
    String(quantity),
    formatMoney(feeCents),
  ])
  const total = sumCents(lines.map((line) => line.feeCents * line.quantity))
  const head = ['Code', 'Service', lines.some((line) => line.area) ? 'Tooth or area' : 'Tooth', 'Qty', 'Fee']
  return { kind: 'table', head, rows, foot: ['', '', '', 'Total', formatMoney(total)], right: [3, 4] }
}

function necessity(narrative: string): Block[] {
  if (!narrative.trim()) return []
  return [
    { kind: 'heading', text: 'Necessity' },
    { kind: 'text', text: narrative },
  ]
}

/** The appeal of a denied request: what was asked, what the payer said, the record, the same services. */
export function authorizationAppeal(
  context: LetterContext,
  { authorization, narrative, attachments, notes }: AuthorizationLetter & { notes: readonly ChartNote[] },
): Document {
  const { kind, sentOn, decidedOn, reference } = authorization
  const asked = kind === 'required' ? 'prior authorization' : 'an estimate (predetermination)'
  const said = denialWords(authorization) || '[reason of the denial]'
  const on = (day: IsoDate | null) => (day === null ? '' : ` on ${formatDate(day)}`)
  const request = `We asked for ${asked}${on(sentOn)}; the request was denied${on(decidedOn)}. We appeal this decision: please review it on the enclosed record and approve the treatment below.`
  const rows: [string, string][] = [
    ...identity(context),
    ['Reference', reference],
    ['Decision of', decidedOn === null ? '' : formatDate(decidedOn)],
  ]
  const blocks: Block[] = [
    { kind: 'facts', rows: rows.filter(([, value]) => value !== '') },
    { kind: 'quote', text: said, from: `Your decision${decidedOn === null ? '' : ` of ${formatDate(decidedOn)}`}` },
    { kind: 'text', text: request },
    servicesTable(context, authorization),
    ...necessity(narrative),
    ...quotes(mostTelling(notes)),
    { kind: 'enclosures', items: attachments.map(attachmentTitle) },
    signature(context),
  ]
  const subject = `${LEVEL_LABELS[appealLevel(authorization)]} of the denial of ${asked}`
  return envelope(context, 'Appeal letter', [subject], blocks, { texts: [said, narrative], lines: authorization.lines })
}

/** What the patient is told after the plan's decision: fee, plan's part, own part, and that it is no promise. */
export function patientEstimate(context: LetterContext, authorization: Authorization): Document {
  const { patient } = context
  const money = (cents: number | null) => (cents === null ? 'not stated' : formatMoney(cents))
  const fee = (line: Authorization['lines'][number]) => line.feeCents * line.quantity
  // Where the plan names only its own part, the rest of the fee is the patient's unless a contract lowers it.
  const own = (line: Authorization['lines'][number]) =>
    line.patientCents ?? (line.approvedCents === null ? null : Math.max(0, fee(line) - line.approvedCents))
  const { lines, validTo } = authorization
  const total = (parts: (number | null)[]) =>
    parts.some((part) => part === null) ? 'not stated' : formatMoney(sumCents(parts.map((part) => part ?? 0)))
  const blocks: Block[] = [
    {
      kind: 'text',
      text: `Your dental plan has decided on the treatment below${authorization.decidedOn ? ` (${formatDate(authorization.decidedOn)})` : ''}.`,
    },
    {
      kind: 'table',
      head: ['Code', 'Service', 'Tooth', 'Our fee', 'Plan pays', 'You pay'],
      rows: lines.map((line) => [
        line.approvedCode ?? line.code,
        context.labelOf(line.approvedCode ?? line.code),
        line.approvedTooth ?? line.tooth ?? siteName(null, line.area),
        formatMoney(fee(line)),
        money(line.approvedCents),
        money(own(line)),
      ]),
      foot: [
        'Total',
        '',
        '',
        formatMoney(sumCents(lines.map(fee))),
        total(lines.map((line) => line.approvedCents)),
        total(lines.map(own)),
      ],
      right: [3, 4, 5],
    },
    {
      kind: 'text',
      text: `These are estimates, not a guarantee of payment: the plan decides when the claim arrives, based on the benefits left on that day.${validTo ? ` The plan's decision holds until ${formatDate(validTo)}.` : ''}`,
    },
    signature(context),
  ]
  return {
    ...envelope(context, 'Estimate for the patient', ['What you can expect to pay'], blocks, { texts: [], lines }),
    recipient: [`${patient.firstName} ${patient.lastName}`, ...addressLines(patient.address)],
  }
}

export interface AppealPacket {
  appeal: Appeal
  claim: Pick<Claim, 'number' | 'payerClaimNumber' | 'lines' | 'sentOn'>
  eobDate: IsoDate | null
  /** Those that the letter quotes and encloses, in this order. */
  notes: readonly ChartNote[]
  enclosures: readonly Attachment[]
}
/** The appeal: what was decided, what is asked, the chart's own words, numbered enclosures (desk.md D row 40). */
export function appealLetter(context: LetterContext, packet: AppealPacket): Document {
  const { appeal, claim, eobDate } = packet
  const services = claim.lines.map((line) => {
    const tooth = line.tooth ? `, tooth #${line.tooth}` : ''
    return `${line.code}${tooth}${line.serviceDate ? `, ${formatDate(line.serviceDate)}` : ''}`
  })
  const facts: [string, string][] = [
    ...identity(context),
    ['Claim', claim.payerClaimNumber ? `${claim.payerClaimNumber} (ours: ${claim.number})` : claim.number],
    ['Service', services.join('; ')],
    ...(eobDate ? ([['Decision of', formatDate(eobDate)]] as [string, string][]) : []),
  ]
  const { quotedReason, request, body } = appeal.letter
  const from = eobDate ? `Your decision of ${formatDate(eobDate)}` : 'Your decision'
  const blocks: Block[] = [
    { kind: 'facts', rows: facts },
    ...(quotedReason ? ([{ kind: 'quote', text: quotedReason, from }] as const) : []),
    { kind: 'text', text: request },
    { kind: 'text', text: body },
    ...quotes(packet.notes),
    { kind: 'enclosures', items: packet.enclosures.map(attachmentTitle) },
    signature(context),
  ]
  return envelope(context, 'Appeal letter', [LEVEL_LABELS[appeal.level]], blocks, {
    texts: [quotedReason, request, body],
  })
}

/** The narrative as an attachment of its own. */
export function narrativeSheet(context: LetterContext, text: string): Document {
  const blocks: Block[] = [{ kind: 'facts', rows: identity(context) }, { kind: 'text', text }, signature(context)]
  return envelope(context, 'Narrative', ['Narrative of necessity'], blocks, { texts: [text] })
}
