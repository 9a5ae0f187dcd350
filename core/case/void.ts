// Whether a case may go as a mistake: not once a payer or the patient has had anything of it.
import type { CaseContents } from './contents.ts'

type Judged = Pick<CaseContents, 'authorizations' | 'claims' | 'remittances' | 'appeals' | 'patientPaidCents'>

/** Why the case has to stay on file; nothing: it may be voided. */
export function whyNotVoid({ authorizations, claims, remittances, appeals, patientPaidCents }: Judged): string[] {
  return [
    authorizations.some(({ sentOn }) => sentOn !== null) && 'An authorization was sent to the payer.',
    claims.some(({ sentOn }) => sentOn !== null) && 'A claim was sent to the payer.',
    appeals.some(({ sentOn }) => sentOn !== null) && 'An appeal was sent to the payer.',
    remittances.length > 0 && 'An EOB was posted.',
    patientPaidCents !== 0 && 'The patient paid on this case.',
  ].filter((reason) => reason !== false)
}
