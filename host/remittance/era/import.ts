// Keeps a remittance file: raw, and its payments with every claim matched or queued. One transaction, whatever its size.
import { gzipSync } from 'node:zlib'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { collectWarnings, readEra } from '#core/x12/era-read.ts'
import type { EraClaim, EraHeader } from '#core/x12/era-schema.ts'
import { addEraClaims, addPayment, addProviderAdjustments, finishPayment, type NewEraClaim } from '../era-rows.ts'
import { claimOfReference } from '../era-match-rows.ts'
import { addEraFile, addEraPiece, digestOfText, findEraFile, finishEraFile } from '../era-file-rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { type PaymentContent, readContents, recognize } from './identity.ts'
import { matchOf, namedIn, payersOf } from './match.ts'
import { textPieces } from './text-pieces.ts'
import { refuseOther } from './x12-kind.ts'

/** Claims that are matched and kept together. */
const BATCH = 100

type Imported = OutputOf<'era.import'>
type Named = Awaited<ReturnType<typeof namedIn>>
interface OpenPayment {
  id: string
  /** Placed so far. */
  claims: number
  payers: string[]
}

/** @throws FILE_REJECTED when the content is no remittance */
export async function importEra(context: CommandContext, { text }: ParsedInputOf<'era.import'>): Promise<Imported> {
  const imported = await keepPayments(context, text)
  if (imported.payments.length + imported.duplicates.length === 0) refuseOther(text, 'remittance')
  context.audit({
    entity: 'era_file',
    entityId: imported.fileId ?? 'none',
    after: { payments: imported.payments, claims: imported.claims, duplicates: imported.duplicates.length },
  })
  return imported
}

async function keepPayments(context: CommandContext, text: string): Promise<Imported> {
  const { tx, newId, today } = context
  const sha256 = digestOfText(text)
  const known = await findEraFile(tx, sha256)
  const { warnings, warn } = collectWarnings()
  const result: Imported = { fileId: known?.id ?? null, payments: [], duplicates: [], claims: 0, matched: 0, warnings }
  const progress = { read: 0 }
  const counted = function* () {
    for (const piece of textPieces(text)) {
      progress.read += piece.length
      yield piece
    }
  }
  let payment: OpenPayment | null = null
  let batch: EraClaim[] = []
  let seq = 0
  let contents: PaymentContent[] | null = null
  const flush = async (to: OpenPayment) => {
    const named = await namedIn(tx, batch)
    const placed = []
    for (const claim of batch) placed.push(await place(to, claim, named))
    await addEraClaims(tx, placed)
    batch = []
    await context.step(progress.read, text.length)
  }
  for (const event of readEra(counted(), warn)) {
    if (event.type === 'payment') {
      seq += 1
      payment = await open(event.header)
    } else if (!payment) continue
    else if (event.type === 'claim') {
      batch.push(event.claim)
      if (batch.length >= BATCH) await flush(payment)
    } else {
      await flush(payment)
      const adjustments = []
      for (const one of event.totals.providerAdjustments)
        adjustments.push({ ...one, id: newId<string>(), claimId: await claimOfReference(tx, one.reference) })
      await addProviderAdjustments(tx, payment.id, adjustments)
      const { differenceCents } = event.totals
      await finishPayment(tx, payment.id, { differenceCents, claims: payment.claims, open: payment.claims })
      result.claims += payment.claims
      payment = null
    }
  }
  if (result.payments.length > 0 && !known && result.fileId !== null) await keep(result.fileId)
  return result

  /** Begins a payment, or notes that it was here before. */
  async function open(header: EraHeader) {
    const place = { sha256, seq }
    const { identity, before } = await recognize(tx, header, place, () => contentAt(seq))
    if (before) {
      const { payer, trace, amountCents } = header
      result.duplicates.push({ payer, trace, amountCents, importedOn: before.received_on })
      return null
    }
    if (result.fileId === null) {
      result.fileId = newId<string>()
      await addEraFile(tx, { id: result.fileId, sha256, bytes: Buffer.byteLength(text), warnings: [] }, context)
    }
    const id = newId<string>()
    await addPayment(tx, { id, fileId: result.fileId, seq, identity, header, receivedOn: today })
    result.payments.push(id)
    return { id, claims: 0, payers: await payersOf(tx, header) }
  }
  /** Where claims tell whether a payment is new, they are read ahead, once for the file. */
  async function contentAt(nth: number): Promise<PaymentContent> {
    contents ??= await readContents(text, () => context.step(progress.read, text.length))
    return contents[nth - 1]!
  }
  async function place(of: OpenPayment, claim: EraClaim, named: Named): Promise<NewEraClaim> {
    const match = await matchOf(tx, claim, of.payers, named)
    const isReadable = claim.differenceCents !== null
    if (match.state === 'matched' && isReadable) result.matched += 1
    return {
      id: newId<string>(),
      paymentId: of.id,
      seq: of.claims++,
      claim,
      state: match.state === 'matched' && !isReadable ? 'by_hand' : match.state,
      reason: isReadable ? match.reason : 'An amount in the file cannot be read: enter this EOB by hand.',
      claimId: match.claimId,
      authorizationId: match.authorizationId,
      basis: match.basis,
    }
  }
  async function keep(fileId: string): Promise<void> {
    let piece = 0
    for (const content of textPieces(text)) await addEraPiece(tx, fileId, piece++, gzipSync(content))
    await finishEraFile(tx, { id: fileId, sha256, bytes: Buffer.byteLength(text), warnings })
  }
}
