// How a payer would answer what the invented practice sent, in a remittance file.
import type { EraClaimSpec } from './era-file.ts'
import type { Asked, SentClaim, SentRequest } from './sent-rows.ts'

const dollars = (cents: number) => Math.round(cents) / 100
const nameOf = ({ lastName, firstName, memberId }: Asked) => ({
  lastName: lastName.toUpperCase(),
  firstName: firstName.toUpperCase(),
  memberId,
})

/** A claim as decided: as the plan says, by a lower fee than agreed, or not at all. */
export function decided(claim: SentClaim, how: 'paid' | 'less' | 'denied'): EraClaimSpec {
  const { number, percent } = claim
  const lines = claim.lines.map(({ code, feeCents }, at) => {
    const id = `${number}-${at + 1}`
    const charge = dollars(feeCents)
    if (how === 'denied') return { code, id, charge, paid: 0, cas: [`CO:197:${charge}`], remarks: ['M62'] }
    const allowed = Math.round(feeCents * (how === 'less' ? 0.6 : 0.8))
    const deductible = at === 0 ? 5000 : 0
    const paid = Math.round(((allowed - deductible) * percent) / 100)
    const cas = [
      `CO:45:${dollars(feeCents - allowed)}`,
      ...(deductible > 0 ? [`PR:1:${dollars(deductible)}`] : []),
      `PR:2:${dollars(allowed - deductible - paid)}`,
    ]
    return { code, id, charge, paid: dollars(paid), allowed: dollars(allowed), cas }
  })
  return { number, ...nameOf(claim), payerNumber: `ICN${number.slice(-5)}`, lines }
}

/** A predetermination as it comes back: half of the fee, and a number to bill with. */
export function predetermined(request: SentRequest & { number: string }): EraClaimSpec {
  const { number } = request
  const own = `PRE${number.slice(-6)}`
  const lines = request.lines.map(({ code, feeCents }) => {
    const plan = Math.round(feeCents / 2)
    return {
      code,
      charge: dollars(feeCents),
      paid: 0,
      cas: [`OA:101:${dollars(plan)}`, `PR:2:${dollars(feeCents - plan)}`],
    }
  })
  return { number, status: '25', ...nameOf(request), payerNumber: own, predetermination: own, lines }
}
