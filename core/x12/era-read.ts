// Reads remittance files (835, 5010 and 4010) claim by claim, so that a file of any size fits in memory.
import { readAmount } from './amounts.ts'
import { addToClaim, amountOf, closeClaim, dayOf, beginClaim, sumOf } from './era-claim.ts'
import type { Era, EraClaim, EraEvent, EraHeader, EraPayment, ProviderAdjustment } from './era-schema.ts'
import { readEnvelopes, type Envelope } from './envelope.ts'
import { code, el, parts, readSegments, type Segment } from './segments.ts'
import type { Warn, X12Warning } from './warnings.ts'

/** More than a person reads; the file is as odd as it gets by then. */
const MOST_WARNINGS = 500
const PAYER_IDS = ['2U', 'EO', 'HI', 'NF']
const HEADER = ['BPR', 'NTE', 'TRN', 'CUR', 'REF', 'DTM', 'N1', 'N2', 'N3', 'N4', 'PER', 'RDM']

/** A list of warnings and the function that fills it; equal ones at one place are kept once. */
export function collectWarnings(): { warnings: X12Warning[]; warn: Warn } {
  const warnings: X12Warning[] = []
  const seen = new Set<string>()
  return {
    warnings,
    warn: (code, segment, message) => {
      const key = `${code} ${segment} ${message}`
      if (warnings.length >= MOST_WARNINGS || seen.has(key)) return
      seen.add(key)
      warnings.push({ code, segment, message })
    },
  }
}

/**
 * The events of a file in order. Content never throws.
 * @throws AppError FILE_REJECTED when the text is no X12 at all
 */
export function* readEra(chunks: Iterable<string>, warn: Warn): Generator<EraEvent> {
  let reader: PaymentReader | null = null
  let others = 0
  for (const { segment, kind, envelope } of readEnvelopes(readSegments(chunks, warn), warn)) {
    if (segment.id === 'ST') {
      if (reader) yield* reader.end()
      reader = kind === '835' ? new PaymentReader(segment, envelope, warn) : null
      if (!reader && kind !== 'TA1' && others++ === 0)
        warn(
          'other_transaction',
          segment.index,
          `A ${kind || 'nameless'} transaction is not a remittance and is left out.`,
        )
    } else if (reader && segment.id === 'SE') {
      yield* reader.end()
      reader = null
    } else if (reader) {
      reader.add(segment)
      if (reader.events.length > 0) yield* reader.events.splice(0)
    }
  }
  if (reader) yield* reader.end()
}

/** One ST to SE: one check or EFT. */
class PaymentReader {
  /** What was met and is not yet passed on. */
  readonly events: EraEvent[] = []
  private readonly header: EraHeader
  private readonly warn: Warn
  private readonly providerAdjustments: ProviderAdjustment[] = []
  private claim: EraClaim | null = null
  private isOpen = false
  /** Which party the header's N1 loop describes. */
  private party = ''
  private paid: number | null = 0
  private claimCount = 0

  constructor(segment: Segment, { version, isTest }: Envelope, warn: Warn) {
    this.warn = warn
    this.header = {
      payer: '',
      payerIds: [],
      payerTaxId: '',
      payerPhone: '',
      payee: '',
      payeeNpi: '',
      payeeTaxId: '',
      trace: '',
      method: '',
      handling: '',
      isDebit: false,
      amountCents: null,
      date: null,
      producedOn: null,
      accountEnd: '',
      version,
      isTest,
      segment: segment.index,
    }
  }

  add(segment: Segment): void {
    switch (segment.id) {
      case 'LX':
      case 'TS2':
      case 'TS3':
        this.closeHeader()
        this.closeOpenClaim()
        return
      case 'CLP':
        this.closeHeader()
        this.closeOpenClaim()
        this.claim = beginClaim(segment, this.warn)
        return
      case 'PLB':
        this.closeHeader()
        this.closeOpenClaim()
        this.addProviderAdjustments(segment)
        return
      default:
    }
    if (this.claim) addToClaim(this.claim, segment, this.header.version.startsWith('004'), this.warn)
    else if (this.isOpen || segment.id === 'SVC' || segment.id === 'CAS')
      this.warn('misplaced_segment', segment.index, `${segment.id} is outside a claim and is left out.`)
    else this.addToHeader(segment)
  }

  /** The last events of the payment. */
  end(): EraEvent[] {
    this.closeHeader()
    this.closeOpenClaim()
    const taken = sumOf(this.providerAdjustments, (one) => one.cents)
    const { amountCents } = this.header
    const readable = this.paid !== null && taken !== null && amountCents !== null
    const differenceCents = readable ? this.paid! - taken - amountCents : null
    if (differenceCents !== null && differenceCents !== 0)
      this.warn(
        'payment_unbalanced',
        this.header.segment,
        'The claims and provider adjustments do not add up to the payment.',
      )
    const { providerAdjustments, claimCount } = this
    const totals = { providerAdjustments, differenceCents, balanced: differenceCents === 0, claimCount }
    return [...this.events, { type: 'end', totals }]
  }

  private closeHeader(): void {
    if (this.isOpen) return
    this.isOpen = true
    const { header, warn } = this
    if (header.handling === '')
      warn('missing_header', header.segment, 'The payment has no BPR segment: its amount is unknown.')
    if (header.trace === '') warn('missing_trace', header.segment, 'The payment has no trace number (TRN02).')
    this.events.push({ type: 'payment', header })
  }

  private closeOpenClaim(): void {
    const { claim } = this
    if (!claim) return
    this.claim = null
    closeClaim(claim, this.warn)
    this.paid = this.paid === null || claim.paidCents === null ? null : this.paid + claim.paidCents
    this.claimCount += 1
    this.events.push({ type: 'claim', claim })
  }

  private addProviderAdjustments(segment: Segment): void {
    const providerNpi = el(segment, 1)
    const periodEnd = dayOf(segment, el(segment, 2), this.warn)
    for (let at = 3; at < segment.at.length; at += 2) {
      const [reason = '', ...rest] = parts(segment, at)
      const amount = el(segment, at + 1)
      if (reason === '' && amount === '') continue
      if (reason === '' || amount === '')
        this.warn('adjustment_incomplete', segment.index, 'A provider adjustment lacks its reason or its amount.')
      const cents = amount === '' ? null : amountOf(segment, at + 1, this.warn)
      const reference = rest.join(segment.delimiters.component)
      this.providerAdjustments.push({ reason: reason.toUpperCase(), reference, cents, providerNpi, periodEnd })
    }
  }

  private addToHeader(segment: Segment): void {
    const { header, warn } = this
    if (!HEADER.includes(segment.id))
      warn('unknown_segment', segment.index, `${segment.id} has no place in a remittance and is left out.`)
    const qualifier = code(segment, 1)
    const value = el(segment, 2)
    switch (segment.id) {
      case 'BPR':
        if (header.handling !== '')
          warn('misplaced_segment', segment.index, 'The payment has a second BPR segment: its amount counts.')
        header.handling = qualifier || '?'
        header.amountCents = amountOf(segment, 2, warn)
        if ((readAmount(value) ?? 0) < 0)
          warn(
            'negative_payment',
            segment.index,
            'The payment is negative; a payer must send zero and carry it forward.',
          )
        header.isDebit = code(segment, 3) === 'D'
        if (header.isDebit)
          warn('debit_payment', segment.index, 'The payment is marked as a debit: the money is drawn, not sent.')
        header.method = code(segment, 4)
        header.accountEnd = el(segment, 15).slice(-4)
        header.date = dayOf(segment, el(segment, 16), warn)
        break
      case 'TRN':
        header.trace = value
        header.payerTaxId = el(segment, 3).replace(/^1(?=\d{9}$)/, '')
        break
      case 'DTM':
        if (qualifier === '405') header.producedOn = dayOf(segment, value, warn)
        break
      case 'N1':
        this.party = qualifier
        if (qualifier === 'PR') {
          header.payer = value
          if (el(segment, 4)) header.payerIds.push(el(segment, 4))
        } else if (qualifier === 'PE') {
          header.payee = value
          if (code(segment, 3) === 'XX') header.payeeNpi = el(segment, 4)
          if (code(segment, 3) === 'FI') header.payeeTaxId = el(segment, 4)
        }
        break
      case 'REF':
        if (this.party === 'PR' && PAYER_IDS.includes(qualifier)) header.payerIds.push(value)
        if (this.party === 'PE' && qualifier === 'TJ') header.payeeTaxId ||= value
        break
      case 'PER':
        if (this.party === 'PR' && qualifier !== 'IC') header.payerPhone ||= phoneOf(segment)
        break
      default:
    }
  }
}
function phoneOf(segment: Segment): string {
  for (const at of [3, 5, 7]) if (code(segment, at) === 'TE') return el(segment, at + 1)
  return ''
}

/** A whole file at once, for previews. @throws AppError FILE_REJECTED when the text is no X12 at all */
export function readWholeEra(text: string): Era {
  const { warnings, warn } = collectWarnings()
  const payments: EraPayment[] = []
  let header: EraHeader | null = null
  let claims: EraClaim[] = []
  for (const event of readEra([text], warn)) {
    if (event.type === 'payment') {
      header = event.header
      claims = []
    } else if (event.type === 'claim') claims.push(event.claim)
    else if (header) payments.push({ ...header, ...event.totals, claims })
  }
  return { payments, warnings }
}
