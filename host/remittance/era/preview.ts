// What a remittance file holds, without keeping any of it: sums of all of it, claims up to a number.
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { collectWarnings, readEra } from '#core/x12/era-read.ts'
import type { EraHeader } from '#core/x12/era-schema.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { digestOfText } from '../era-file-rows.ts'
import { PaymentContent, recognize } from './identity.ts'
import { matchOf, namedIn, payersOf } from './match.ts'
import { explainOther } from './x12-kind.ts'
import { textPieces } from './text-pieces.ts'

type Preview = OutputOf<'era.preview'>
type Payment = Preview['payments'][number]
/** What is read keeps the piece of the file it was cut from in memory; a copy does not. */
const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/**
 * `limit`: claims, and payments, that are listed.
 * @throws FILE_REJECTED when the content is no X12
 */
export async function previewEra(
  { db }: QueryContext,
  { limit, text }: ParsedInputOf<'era.preview'>,
): Promise<Preview> {
  const sha256 = digestOfText(text)
  const { warnings, warn } = collectWarnings()
  const payments: Payment[] = []
  const unlisted = { payments: 0, claims: 0 }
  let open: { header: EraHeader; content: PaymentContent; payers: string[]; claims: Payment['claims'] } | null = null
  let seq = 0
  let listed = 0
  for (const event of readEra(textPieces(text), warn)) {
    if (event.type === 'payment') {
      seq += 1
      const header = copyOf(event.header)
      open = { header, content: new PaymentContent(header), payers: await payersOf(db, header), claims: [] }
    } else if (!open) continue
    else if (event.type === 'claim') {
      open.content.add(event.claim)
      if (listed === limit) unlisted.claims += 1
      else {
        listed += 1
        const named = await namedIn(db, [event.claim])
        const { state: _state, reason: _reason, ...match } = await matchOf(db, event.claim, open.payers, named)
        open.claims.push(copyOf({ ...event.claim, match }))
      }
    } else if (payments.length === limit) unlisted.payments += 1
    else {
      const { header, content } = open
      content.close(event.totals.providerAdjustments)
      const { before } = await recognize(db, header, { sha256, seq }, () => content)
      payments.push({
        ...header,
        ...event.totals,
        claims: open.claims,
        importedOn: before?.received_on ?? null,
      })
    }
  }
  if (seq === 0) warn('other_transaction', 0, explainOther(text, 'remittance'))
  return { payments, unlisted, warnings }
}
