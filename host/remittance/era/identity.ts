// How a payment of a remittance file is known again, whichever file or clearinghouse brings it.
import { createHash } from 'node:crypto'
import { collectWarnings, readEra } from '#core/x12/era-read.ts'
import type { EraAdjustment, EraClaim, EraHeader, ProviderAdjustment } from '#core/x12/era-schema.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { findPayment } from '../era-rows.ts'
import { findPaymentOfFile } from '../era-file-rows.ts'
import { type EraSource, textOf } from './source.ts'

type Place = { sha256: string; seq: number }
/** Lets others be heard during long reading. */
type Step = () => Promise<void>

const shaOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('base64')
const reasonsOf = (adjustments: readonly EraAdjustment[]) =>
  adjustments.map(({ group, carc, cents }) => `${group} ${carc} ${cents}`).sort()
/** What a payer decided on a claim, as every copy of the notice says it. */
const decisionOf = (claim: EraClaim) =>
  shaOf([
    [claim.claimId.toUpperCase(), claim.payerClaimId, claim.status, claim.chargeCents, claim.paidCents],
    [claim.patient, claim.serviceFrom].map((one) => JSON.stringify(one).toUpperCase()),
    [...reasonsOf(claim.adjustments), ...[...claim.remarks].sort()],
    claim.lines.map(({ code, chargeCents, paidCents, serviceDate, adjustments, remarks }) => [
      [code, chargeCents, paidCents, serviceDate],
      [...reasonsOf(adjustments), ...[...remarks].sort()],
    ]),
  ])

/**
 * A payment is the same by payer, trace, date and amount. Notices that pay nothing share a trace such as NONPAYMENT: they are
 * the same by what they decide. Without a trace only the file itself can tell.
 */
export class PaymentIdentity {
  private readonly header: EraHeader
  private readonly decisions: string[] = []

  constructor(header: EraHeader) {
    this.header = header
  }
  /** Whether its claims are needed to tell. */
  get paysNothing(): boolean {
    return !this.header.amountCents
  }
  add(claim: EraClaim): void {
    if (this.paysNothing) this.decisions.push(decisionOf(claim))
  }
  /** What the claims of a notice and its other adjustments come to; empty of a payment that moves money. */
  digest(adjustments: readonly ProviderAdjustment[]): string {
    if (!this.paysNothing) return ''
    const others = adjustments.map(({ reason, reference, cents }) => `${reason} ${reference} ${cents}`)
    return shaOf([...this.decisions.sort(), ...others.sort()])
  }
  text(digest: string, { sha256, seq }: Place): string {
    const { payerTaxId, payer, trace, date, amountCents } = this.header
    if (trace === '' && !this.paysNothing) return `${sha256}|${seq}`
    return [payerTaxId || payer.toLowerCase(), trace, date ?? '', amountCents ?? '', ...(digest ? [digest] : [])].join(
      '|',
    )
  }
}

/** The digests of all payments of a file in order: what has to be known of a notice before its claims are read. */
export async function readDigests(source: EraSource, step: Step): Promise<string[]> {
  const digests: string[] = []
  let identity: PaymentIdentity | null = null
  for (const event of readEra(textOf(source.pieces()), collectWarnings().warn)) {
    if (event.type === 'payment') identity = new PaymentIdentity(event.header)
    else if (event.type === 'claim') {
      identity?.add(event.claim)
      await step()
    } else digests.push(identity?.digest(event.totals.providerAdjustments) ?? '')
  }
  return digests
}

/** The day on which this payment was imported, if it was: under its identity, or at this place of the very same file. */
export async function importedBefore(db: Reader | Writer, identity: string, place: Place) {
  return (await findPayment(db, identity)) ?? (await findPaymentOfFile(db, place))
}
