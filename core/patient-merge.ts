// What merging two patients does: which plans move, which are the same, what blank data is filled.
import type { CoverageId } from './ids.ts'
import { type Coverage, PLAN_ORDERS, type Patient, type PatientInput, type PaymentOrder } from './patient.ts'

export interface MergePlan {
  coverages: {
    id: CoverageId
    /** The patient's own plan that is the same: the moved one's cases are billed to it. */
    sameAs: CoverageId | null
    /** Its place in the order of payment afterwards. */
    order: PaymentOrder
  }[]
  /** Blank data of the patient who stays, and what it becomes. */
  filled: Partial<Pick<PatientInput, (typeof FILLED)[number]>>
  /** Why it cannot be done. */
  reasons: string[]
}

const FILLED = ['phone', 'mobile', 'email', 'address', 'guarantor', 'externalId', 'gender', 'note'] as const
const isBlank = (value: unknown): boolean =>
  value === '' || value === 'U' || (typeof value === 'object' && value !== null && Object.values(value).every(isBlank))
const sign = ({ planId, memberId }: Coverage) => `${planId} ${memberId.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()}`

/** Plans that hold, of the patient who goes and of the one who stays. */
export function planMerge(
  from: Patient,
  into: Patient,
  given: { from: readonly Coverage[]; into: readonly Coverage[] },
): MergePlan {
  const taken = new Set(given.into.map(({ order }) => order))
  const reasons: string[] = from.id === into.id ? ['Choose another patient.'] : []
  const coverages = given.from.map((coverage) => {
    const same = given.into.find((one) => sign(one) === sign(coverage))
    if (same) return { id: coverage.id, sameAs: same.id, order: same.order }
    const order = taken.has(coverage.order) ? PLAN_ORDERS.find((one) => !taken.has(one)) : coverage.order
    if (!order) reasons.push('Together they would have more than four plans. Remove one that no longer holds first.')
    else taken.add(order)
    return { id: coverage.id, sameAs: null, order: order ?? coverage.order }
  })
  const filled = Object.fromEntries(
    FILLED.filter((key) => isBlank(into[key]) && !isBlank(from[key])).map((key) => [key, from[key]]),
  )
  return { coverages, filled, reasons: [...new Set(reasons)] }
}
