// An EOB within its case: its advice knows which remedies are over and what all plans together leave.
import { leftByService } from '../case/case-money.ts'
import type { CaseContents, StoredClaim } from '../case/contents.ts'
import { type CaseDecisions, withDecision } from '../case/decisions.ts'
import type { Instant, IsoDate } from '../dates.ts'
import type { RemittanceId } from '../ids.ts'
import type { Cents } from '../money.ts'
import { decideRemittance, type LeftOfService } from './outcome.ts'
import type { Remittance, RemittanceInput } from './schema.ts'
import type { ReasonTables } from './tables.ts'
import { windowsFor } from './view.ts'

const NOTHING_LEFT: LeftOfService = { patientCents: 0, openCents: 0 }

/** An EOB with the advice that the case gives. `decided`: everything decided, with this EOB. */
export function viewInCase(
  contents: CaseContents,
  tables: ReasonTables,
  decided: CaseDecisions,
  { eob, claim, today }: { eob: Remittance; claim: StoredClaim; today: IsoDate },
): Remittance {
  const left = lessAtDesk(leftByService(decided), contents.patientPaidCents)
  const { lines } = decided.decisions.find(({ id }) => id === eob.id)!
  const beside = {
    windows: windowsFor(contents, eob, claim, today),
    left: (at: number) => left.get(lines[at]!.service) ?? NOTHING_LEFT,
  }
  return { ...eob, ...decideRemittance(tables, eob, (at) => lines[at]!.id, beside) }
}

/** What the patient paid at the desk comes off what is the patient's, one service after the other. */
function lessAtDesk(left: ReadonlyMap<string, LeftOfService>, paidCents: Cents): Map<string, LeftOfService> {
  let rest = paidCents
  return new Map(
    [...left].map(([service, one]) => {
      const atDeskCents = Math.min(rest, one.patientCents)
      rest -= atDeskCents
      return [service, { ...one, atDeskCents }]
    }),
  )
}

/** Sorts behind every id there is: an EOB about to be posted is the newest. */
const NEWEST = 'ffffffff-ffff-7fff-bfff-ffffffffffff' as RemittanceId

/** An EOB as it would be posted, and everything decided with it. */
export function asPosted(
  before: CaseDecisions,
  input: RemittanceInput,
  decided: ReturnType<typeof decideRemittance>,
): { eob: Remittance; after: CaseDecisions } {
  const stamp = { id: NEWEST, expectedPlanCents: null, shortfallCents: null, enteredBy: '', enteredAt: '' as Instant }
  const eob = { ...input, ...decided, ...stamp }
  return { eob, after: withDecision(before, eob) }
}
