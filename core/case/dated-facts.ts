// A case as plain dated facts: what its clocks and its status are told from.
import type { AppealLevel, AppealState } from '../appeal/schema.ts'
import type { AuthorizationState } from '../authorization/schema.ts'
import type { ClaimState } from '../claim/schema.ts'
import type { CoverageDates } from '../coverage/dates.ts'
import type { IsoDate } from '../dates.ts'
import type { PayerId, TaskId, UserId } from '../ids.ts'
import type { Span } from '../payer-rule/schema.ts'
import type { LineOutcome } from '../remittance/schema.ts'
import type { CaseState, Visit } from './schema.ts'

/** Everything the clocks and the status of a case depend on, as plain dated facts. */
export interface CaseSnapshot {
  state: CaseState
  createdOn: IsoDate
  treatment: 'planned' | 'in_progress' | 'done'
  assigneeId: UserId | null
  snoozedUntil: IsoDate | null
  /** The day of the snooze: reminders that begin after it are not silenced by it. */
  snoozedOn: IsoDate | null
  decided: boolean
  confirmed: boolean
  hasLines: boolean
  visits: readonly Pick<Visit, 'phase' | 'plannedOn' | 'doneOn'>[]
  readiness: { authorization: ReadinessCount; claim: ReadinessCount }
  /** The latest answer to "is an authorization needed?". */
  need: 'yes' | 'no' | 'unknown'
  authorizations: readonly {
    id: string
    /** Whom it was asked: the primary or another payer of the patient. */
    payerId: PayerId | null
    kind: 'estimate' | 'required'
    state: AuthorizationState
    /** The day its draft was begun: anew after a denial or an expiry. */
    createdOn: IsoDate
    sentOn: IsoDate | null
    expectedOn: IsoDate | null
    expectedBasis: string
    /** How long its payer takes; null where nobody knows. */
    usual: Span | null
    infoDueOn: IsoDate | null
    decidedOn: IsoDate | null
    validTo: IsoDate | null
    validBasis: string
    patientCalledOn: IsoDate | null
    bookedFor: IsoDate | null
    /** Another request to the same payer has taken its place. Left out: none has. */
    isSuperseded?: boolean
    /** Until when its denial may be appealed. */
    appealUntil?: IsoDate | null
    /** The day of the appeal that waits for an answer. */
    appealedOn?: IsoDate | null
    /** The dates of the coverage it rests on; left out where they say nothing. */
    coverage?: CoverageDates | null
    /** What has changed since the approval, and the day it was noticed. */
    stale: { since: IsoDate; reasons: readonly string[] } | null
    /** Approved with changes that nobody accepted, quoted anew or appealed yet. */
    changesOpen: boolean
    /** Why a claim being prepared does not fit the approval, in words. */
    mismatches: readonly string[]
  }[]
  /** Something charged on a sent claim is open, undecided, or paid beyond the charge. */
  isOpen: boolean
  /** A service with a fee stands on no claim that was sent. */
  isUnsent: boolean
  /** Whether what was paid at the desk covers what the plans leave to the patient. */
  isPatientPaid: boolean
  claims: readonly {
    id: string
    /** One of its services is not settled. */
    isOpen: boolean
    state: ClaimState
    /** The sent claim that this one corrects. */
    replacesId: string | null
    sentOn: IsoDate | null
    timelyFilingOn: IsoDate | null
  }[]
  remittances: readonly {
    id: string
    claimId: string
    outcome: LineOutcome
    eobDate: IsoDate
    informationDueOn: IsoDate | null
    /** A service that it speaks of is not settled. */
    isOpen: boolean
    /** A person settled what it left open. */
    isSettled?: boolean
    /** Until when a denial may be appealed. */
    appealUntil?: IsoDate
  }[]
  appeals: readonly {
    id: string
    claimId: string
    /** Left out: a first appeal. */
    level?: AppealLevel
    state: AppealState
    deadlineOn: IsoDate | null
    deadlineSource: string
    sentOn: IsoDate | null
    decidedOn: IsoDate | null
    /** Days to the next level, as the decision names them. */
    nextDays?: number | null
  }[]
  tasks: readonly {
    id: TaskId
    title: string
    dueOn: IsoDate
    assigneeId: UserId | null
    /** What its EOB left open waits for a person: to be written off or billed, or to be appealed. */
    about?: 'open' | 'appeal'
  }[]
  holidays: readonly IsoDate[]
}
interface ReadinessCount {
  done: number
  total: number
  ready: boolean
}
