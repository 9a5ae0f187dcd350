// How a payment of a remittance file is known again, whichever file or clearinghouse brings it.
import { createHash } from 'node:crypto'
import { collectWarnings, readEra } from '#core/x12/era-read.ts'
import type { EraAdjustment, EraClaim, EraHeader, ProviderAdjustment } from '#core/x12/era-schema.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { findPayment, listPaymentsLike } from '../era-rows.ts'
import { findPaymentOfFile } from '../era-file-rows.ts'
import { textPieces } from './text-pieces.ts'

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

/** What stays the same of a claim in every copy of its payment. */
type Told = Pick<EraClaim, 'claimId' | 'payerClaimId' | 'status' | 'chargeCents' | 'paidCents'>
const told = ({ claimId, payerClaimId, status, chargeCents, paidCents }: Told) =>
  [claimId.toUpperCase(), payerClaimId, status, chargeCents, paidCents].join(' ')

/** What a payment says beyond its header. Of one that moves money: its claims; of a notice: all that it decides. */
export class PaymentContent {
  readonly claims: string[] = []
  private others: string[] = []
  private readonly isNotice: boolean

  constructor(header: EraHeader) {
    this.isNotice = isNotice(header)
  }
  add(claim: EraClaim): void {
    this.claims.push(this.isNotice ? decisionOf(claim) : told(claim))
  }
  close(adjustments: readonly ProviderAdjustment[]): void {
    if (this.isNotice)
      this.others = adjustments.map(({ reason, reference, cents }) => `${reason} ${reference} ${cents}`)
  }
  digest(): string {
    return shaOf([...[...this.claims].sort(), ...this.others.sort()])
  }
}
const isNotice = ({ amountCents }: EraHeader) => !amountCents

/** What all payments of a file say, in order: what has to be known of some before their claims are read. */
export async function readContents(text: string, step: Step): Promise<PaymentContent[]> {
  const contents: PaymentContent[] = []
  for (const event of readEra(textPieces(text), collectWarnings().warn)) {
    if (event.type === 'payment') contents.push(new PaymentContent(event.header))
    else if (event.type === 'claim') {
      contents.at(-1)?.add(event.claim)
      await step()
    } else contents.at(-1)?.close(event.totals.providerAdjustments)
  }
  return contents
}

/**
 * The identity of a payment, and the payment that was imported before, if it was: at this place of the very same file, or by
 * payer, trace, date and amount. Not every trace tells payments apart (`0`, NONPAYMENT, none): where another one has these, a
 * payment is the same if both tell of a claim alike, and a notice that pays nothing if it decides the same.
 * @param contentOf asked for only where the header does not tell
 */
export async function recognize(
  db: QueryContext['db'],
  header: EraHeader,
  place: Place,
  contentOf: () => PaymentContent | Promise<PaymentContent>,
) {
  const { payerTaxId, payer, trace, date, amountCents } = header
  const identity = [payerTaxId || payer.toLowerCase(), trace, date ?? '', amountCents ?? ''].join('|')
  const ofFile = await findPaymentOfFile(db, place)
  if (ofFile) return { identity, before: ofFile }
  const alike = isNotice(header) ? null : await listPaymentsLike(db, identity)
  if (alike?.length === 0) return { identity, before: undefined }
  const content = await contentOf()
  const own = new Set(content.claims)
  const isSame = (claims: readonly Told[]) =>
    own.size === 0 ? claims.length === 0 : claims.some((one) => own.has(told(one)))
  const further = `${identity}|${content.digest()}`
  return { identity: further, before: alike?.find((one) => isSame(one.claims)) ?? (await findPayment(db, further)) }
}
