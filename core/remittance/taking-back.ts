// What stands in the way of taking an EOB back: what was decided on top of it.
import { postedOf, type StoredClaim, type StoredRemittance } from '../case/contents.ts'
import { type Decidable, decisionsOf } from '../case/decisions.ts'
import { caseMoney } from '../case/case-money.ts'
import { formatDate } from '../dates.ts'
import { type Cents, sumCents } from '../money.ts'
import { takenBackBy } from './standing.ts'
import type { ReasonTables } from './tables.ts'

/** Whether an EOB takes an earlier one back. */
export const isReversal = ({ lines }: Pick<StoredRemittance, 'lines'>) =>
  sumCents(lines.map((line) => line.billedCents)) < 0

/** A claim with those that it corrects or takes back, and those that correct it or take it back. */
function familyOf(claims: readonly StoredClaim[], claimId: string): StoredClaim[] {
  const rootOf = (id: string): string => {
    const before = claims.find((one) => one.id === id)?.replacesId
    return before ? rootOf(before) : id
  }
  return claims.filter((one) => rootOf(one.id) === rootOf(claimId))
}

/** By how much the books of claims cannot be: open below nothing or above the charge, a claim paid below nothing. Cents. */
function impossibleCents(family: Decidable, tables: ReasonTables): Cents {
  const decided = decisionsOf(family, tables)
  const feeCents = sumCents([...decided.charges.values()])
  const { openCents } = caseMoney({ feeCents, expectedPlanCents: null, ...decided })
  const below = family.claims.map(({ id }) =>
    sumCents(decided.remittances.filter((one) => one.claimId === id).map((one) => -one.paidCents)),
  )
  return Math.max(0, -openCents, openCents - feeCents, ...below)
}

/**
 * Why an EOB may not be taken back yet: a reversal of the payer stands without it, or what was decided after a reversal stands
 * beside what that took back.
 * @returns what to take back first, in words; null when nothing stands in the way
 */
export function builtOn(contents: Decidable, tables: ReasonTables, eob: StoredRemittance): string | null {
  const claims = familyOf(contents.claims, eob.claimId)
  const posted = postedOf(contents).filter((one) => claims.some(({ id }) => id === one.claimId))
  const others = posted.filter((one) => one.id !== eob.id)
  // What a person settled gives way: it stands in the way of nothing.
  const family = (remittances: StoredRemittance[]) => ({
    claims,
    coverages: contents.coverages,
    settlements: [],
    remittances,
  })
  const impossible = (remittances: StoredRemittance[]) => impossibleCents(family(remittances), tables)
  const own = decisionsOf(family(posted), tables).decisions.filter((one) => one.claimId === eob.claimId)
  const [by] = [...takenBackBy(own)].find(([, taken]) => taken.id === eob.id) ?? []
  if (!by && impossible(others) <= impossible(posted)) return null
  const numberOf = ({ claimId }: Pick<StoredRemittance, 'claimId'>) => claims.find(({ id }) => id === claimId)!.number
  if (isReversal(eob)) {
    const later = others.find((one) => !isReversal(one) && one.id > eob.id)
    if (!later) return null
    return `The EOB of ${formatDate(later.eobDate)} on claim ${numberOf(later)} was posted after this reversal and still counts. Undo that one first.`
  }
  const reversal = by ?? others.find((one) => isReversal(one) && one.claimId === eob.claimId)
  if (!reversal) return null
  return `The payer reversed this EOB: its reversal of ${formatDate(reversal.eobDate)} on claim ${numberOf(reversal)} still counts. Undo that one first.`
}
