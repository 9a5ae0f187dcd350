// Everything that derives from a case, by one function: lists and clocks read what it gives.
import { approvalsNow } from '../authorization/approval.ts'
import { followed, isDraft } from '../authorization/request.ts'
import type { AuthorizationLineInput } from '../authorization/schema.ts'
import { type WorkItem, workOf } from '../authorization/work.ts'
import type { IsoDate } from '../dates.ts'
import type { Guide } from '../guide/schema.ts'
import type { AuthorizationId, PayerId } from '../ids.ts'
import { type Cents, sumCents } from '../money.ts'
import { sortNameOf } from '../patient.ts'
import type { ReasonTables } from '../remittance/tables.ts'
import { termsOf } from '../search-terms.ts'
import { type Approval, type CaseContents, payerOf } from './contents.ts'
import { type Clock, clocksOf } from './clocks.ts'
import { decisionsOf } from './decisions.ts'
import { documentationOf } from './documentation.ts'
import type { Step } from './schema.ts'
import { snapshotOf } from './snapshot.ts'
import { progressOf, statusOf } from './steps.ts'

/** What a case derives from besides itself. */
export interface Surroundings {
  guide: Guide
  reasons: ReasonTables
  holidays: readonly IsoDate[]
  /** The office's local date. */
  today: IsoDate
}
export interface Derived {
  mainCode: string | null
  status: string
  progress: Step
  feeCents: Cents
  clocks: Clock[]
  /** Whom each clock’s authorization was asked of. */
  asked: Map<string, PayerId | null>
  payerId: PayerId | null
  work: WorkItem[]
  /** The words by which it is found. */
  terms: string[]
  approvals: Map<AuthorizationId, Approval>
  /** Lines of requests that are not sent yet, where they differ from what the case plans now. */
  drafts: Map<AuthorizationId, (AuthorizationLineInput & { id?: string | undefined })[]>
}

export function derive(contents: CaseContents, { guide, reasons, holidays, today }: Surroundings): Derived {
  const { record, patient, lines, decision, authorizations, claims } = contents
  const approvals = approvalsNow(contents, today)
  const documentation = documentationOf(contents, guide, today)
  const snapshot = snapshotOf(contents, documentation, decisionsOf(contents, reasons), holidays, approvals)
  const clocks = clocksOf(snapshot)
  const mains = lines.filter((line) => line.role === 'main')
  const payerId = payerOf(contents, record.coverageId)?.id ?? null
  return {
    mainCode: mains.at(-1)?.code ?? decision?.codes[0] ?? null,
    status: statusOf(snapshot),
    progress: progressOf(snapshot),
    feeCents: sumCents(lines.map((line) => line.feeCents * line.quantity)),
    clocks,
    asked: new Map(snapshot.authorizations.map((one) => [one.id, one.payerId])),
    payerId,
    work: workOf({ payerId, providerId: record.providerId, sortName: sortNameOf(patient) }, snapshot, clocks),
    terms:
      record.state === 'voided'
        ? []
        : [
            ...termsOf(
              ...lines.map((line) => line.code),
              ...(decision?.codes ?? []),
              ...authorizations.map((one) => one.reference),
              ...claims.flatMap((claim) => [claim.number, claim.payerClaimNumber]),
            ),
            ...(record.tooth ? [`tooth${record.tooth.toLowerCase()}`] : []),
          ],
    approvals,
    drafts: new Map(
      authorizations.flatMap(({ id, state, lines: asked }) => {
        const wanted = isDraft(state) ? followed(asked, lines) : null
        return wanted ? [[id, wanted] as const] : []
      }),
    ),
  }
}
