// What a person decided about money that no plan, no contract and no patient share settles: written off, or billed to the patient.
import * as z from 'zod'
import { IsoDate } from '../dates.ts'
import { CaseId, SettlementId } from '../ids.ts'
import { keysOf } from '../keys-of.ts'
import { type Cents, Fee } from '../money.ts'

export const SETTLEMENT_WORDS = { write_off: 'written off', patient: 'billed to the patient' } as const

export const SettlementInput = z.strictObject({
  caseId: CaseId,
  on: IsoDate,
  way: z.enum(keysOf(SETTLEMENT_WORDS)),
  /** By service, as `settlement.forCase` names them. */
  parts: z
    .array(z.strictObject({ service: z.string().min(1).max(60), cents: Fee.min(1) }))
    .min(1, 'Type the amount')
    .max(50),
  reason: z.string().trim().min(3, 'Say why').max(300),
})
export type SettlementInput = z.infer<typeof SettlementInput>
export const Settlement = SettlementInput.omit({ caseId: true, parts: true }).extend({
  id: SettlementId,
  service: z.string(),
  cents: Fee,
  recordedBy: z.string(),
})
export type Settlement = z.infer<typeof Settlement>

/** What was decided about one service. */
export interface Settled {
  writeOffCents: Cents
  patientCents: Cents
}
/** What was decided by hand, by service. */
export function settledByService(
  settlements: readonly Pick<Settlement, 'service' | 'way' | 'cents'>[],
): Map<string, Settled> {
  const settled = new Map<string, Settled>()
  for (const { service, way, cents } of settlements) {
    const { writeOffCents, patientCents } = settled.get(service) ?? { writeOffCents: 0, patientCents: 0 }
    settled.set(service, {
      writeOffCents: writeOffCents + (way === 'write_off' ? cents : 0),
      patientCents: patientCents + (way === 'patient' ? cents : 0),
    })
  }
  return settled
}
