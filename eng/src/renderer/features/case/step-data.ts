// What the steps of a case are called, and what they are about, as their routes answer.
import type { Step } from '#core/case/schema.ts'
import type { CaseView } from '#core/contract/case.ts'
import type { DocumentationView } from '#core/contract/case-documentation.ts'
import type { OutputOf } from '#core/contract/index.ts'
import type { IsoDate } from '#core/dates.ts'
import type { Guide } from '#core/guide/schema.ts'

export const STEP_LABELS: Record<Step, string> = {
  code: 'Code',
  documentation: 'Documentation',
  authorization: 'Authorization',
  claim: 'Claim',
  follow_up: 'Follow-up',
}

export interface CodeProps {
  caseView: CaseView
  guide: Guide
}
export interface DocumentationProps {
  caseView: CaseView
  view: DocumentationView
}
export type AuthorizationData = OutputOf<'authorization.forCase'>['authorizations'][number]
export type ClaimData = OutputOf<'claim.forCase'>['claims'][number]
export type FollowUpData = OutputOf<'remittance.forCase'>
export type AppealData = FollowUpData['appeals'][number]

interface PastEvent {
  at: string
  on: IsoDate
  user: string
  event: string
  note: string
}
/** What happened to a request, a claim, an appeal as entries of a timeline. @param done the events in words */
export function historyOf(history: readonly PastEvent[], done: Readonly<Record<string, string>>) {
  return history.map((one) => ({ ...one, text: `${done[one.event] ?? one.event}${one.note && `: ${one.note}`}` }))
}
