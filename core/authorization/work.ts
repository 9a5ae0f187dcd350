// What of a case waits for a touch in the authorization worklists.
import { type Clock, lastVisitOn } from '../case/clocks.ts'
import type { CaseSnapshot } from '../case/dated-facts.ts'
import { countsOn, NEVER } from '../case/urgency.ts'
import type { IsoDate } from '../dates.ts'
import type { AuthorizationId, PayerId, ProviderId, UserId } from '../ids.ts'
import type { AuthorizationState } from './schema.ts'
import { isApproved } from './lifecycle.ts'
import { isLate, OVER } from './worklist.ts'

/** Whose work it is, and what lists narrow it by. */
export interface WorkOwner {
  payerId: PayerId | null
  providerId: ProviderId | null
  sortName: string
}
/** One live authorization, or a case of which nobody knows yet whether it needs one. */
export interface WorkItem extends WorkOwner {
  authorizationId: AuthorizationId | null
  assigneeId: UserId | null
  treatment: CaseSnapshot['treatment']
  state: AuthorizationState | 'to_verify'
  kind: 'estimate' | 'required' | null
  sentOn: IsoDate | null
  answerDueOn: IsoDate | null
  validTo: IsoDate | null
  calledOn: IsoDate | null
  lastVisitOn: IsoDate | null
  isLate: boolean
  isStale: boolean
  urgentOn: IsoDate
  clockKey: string | null
}

/** One item per live authorization, or one for the case while its need is unknown. */
export function workOf(owner: WorkOwner, snapshot: CaseSnapshot, clocks: readonly Clock[]): WorkItem[] {
  if (snapshot.state !== 'open') return []
  const { assigneeId, treatment } = snapshot
  const common = { ...owner, assigneeId, treatment }
  const items = snapshot.authorizations
    .filter((one) => !OVER.includes(one.state) && !(one.isSuperseded && isApproved(one.state)))
    .map((one): WorkItem => {
      const own = clocks.filter((clock) => clock.authorizationId === one.id)
      const first = mostUrgent(own)
      const lastVisit = lastVisitOn(snapshot.visits, one.bookedFor)
      return {
        ...common,
        authorizationId: one.id as AuthorizationId,
        payerId: one.payerId,
        state: one.state,
        kind: one.kind,
        sentOn: one.sentOn,
        answerDueOn: own.find((clock) => clock.kind === 'no_answer')?.dueOn ?? null,
        validTo: one.validTo,
        calledOn: one.patientCalledOn,
        lastVisitOn: lastVisit,
        isLate: isLate(one.validTo, lastVisit),
        isStale: one.stale !== null,
        urgentOn: first ? countsOn(first) : NEVER,
        clockKey: first?.key ?? null,
      }
    })
  const unknown = clocks.find((clock) => clock.kind === 'need_unknown')
  if (items.length > 0 || !unknown) return items
  return [
    {
      ...common,
      authorizationId: null,
      state: 'to_verify',
      kind: null,
      sentOn: null,
      answerDueOn: null,
      validTo: null,
      calledOn: null,
      lastVisitOn: null,
      isLate: false,
      isStale: false,
      urgentOn: countsOn(unknown),
      clockKey: unknown.key,
    },
  ]
}

function mostUrgent(clocks: readonly Clock[]): Clock | undefined {
  return [...clocks].sort((a, b) => (countsOn(a) < countsOn(b) ? -1 : countsOn(a) > countsOn(b) ? 1 : 0))[0]
}
