// A file that was brought to the wrong place: what it is, and where it belongs.
import { AppError } from '#core/errors.ts'
import { readEnvelopes } from '#core/x12/envelope.ts'
import { readSegments } from '#core/x12/segments.ts'
import { textPieces } from './text-pieces.ts'

/** ST01 of the first transaction of a file, or TA1; empty when there is none. */
function kindOf(text: string): string {
  const quiet = () => undefined
  for (const { segment, kind } of readEnvelopes(readSegments(textPieces(text), quiet), quiet))
    if (segment.id === 'ST' || kind === 'TA1') return kind
  return ''
}
const ANSWERS = ['999', '997', '277', 'TA1']

/** What a file is that holds nothing of what was wanted, and where it belongs. */
export function explainOther(text: string, wanted: 'remittance' | 'answer'): string {
  const kind = kindOf(text)
  return kind === '835'
    ? wanted === 'answer'
      ? 'This is a remittance file (835). Import it under Remittances.'
      : 'This remittance file (835) has no payment.'
    : ANSWERS.includes(kind)
      ? `This is an answer to exported claims (${kind}). Read it under Claims, “Read answers”.`
      : kind === '837'
        ? 'This is a claim file (837) as it goes out. Choose what came back from the clearinghouse or payer.'
        : `This is neither a remittance (835) nor an answer to claims (999, 277CA, TA1)${kind && `, but a ${kind}`}.`
}
/** @throws FILE_REJECTED, with where to go */
export function refuseOther(text: string, wanted: 'remittance' | 'answer'): never {
  throw new AppError('FILE_REJECTED', explainOther(text, wanted), { reason: 'other_kind' })
}
