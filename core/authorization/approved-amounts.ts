// What an approval says of the money: the plan's and the patient's part, until the claim is decided.
import type { Line } from '../case/schema.ts'
import { type Cents, sumCents } from '../money.ts'
import { isApproved } from './lifecycle.ts'
import type { Authorization, AuthorizationLine } from './schema.ts'

export interface ApprovedAmounts {
  planCents: Cents
  /** Null where an approval names only the plan's part. */
  patientCents: Cents | null
}

/**
 * The amounts approved for the lines of a case; null unless an approval speaks of every line.
 * @param requests those to one plan, the newest first
 */
export function approvedAmounts(
  lines: readonly Pick<Line, 'id' | 'code' | 'tooth' | 'area' | 'feeCents' | 'quantity'>[],
  requests: readonly Pick<Authorization, 'state' | 'lines'>[],
): ApprovedAmounts | null {
  const free = requests.filter(({ state }) => isApproved(state) || state === 'used').flatMap((one) => one.lines)
  const found = lines.map((line) => {
    const byId = free.findIndex((one) => one.lineId === line.id)
    const at = byId >= 0 ? byId : free.findIndex((one) => isFor(one, line))
    const approved = at < 0 ? undefined : free.splice(at, 1)[0]
    return approved && amountsOf(approved, line.feeCents * line.quantity)
  })
  if (found.length === 0 || !found.every((one) => one !== undefined && one !== null)) return null
  const patient = found.map((one) => one.patientCents)
  return {
    planCents: sumCents(found.map((one) => one.planCents)),
    patientCents: patient.every((cents) => cents !== null) ? sumCents(patient) : null,
  }
}

const isFor = (approved: AuthorizationLine, line: Pick<Line, 'code' | 'tooth' | 'area'>) =>
  (approved.approvedCode ?? approved.code) === line.code &&
  (approved.approvedTooth ?? approved.tooth) === line.tooth &&
  (approved.area === null || approved.area === line.area)

/** Amounts that no longer fit the fee say nothing. */
function amountsOf({ approvedCents, approvedQuantity, patientCents }: AuthorizationLine, fee: Cents) {
  const planCents = approvedQuantity === 0 ? 0 : approvedCents
  return planCents === null || planCents + (patientCents ?? 0) > fee ? null : { planCents, patientCents }
}
