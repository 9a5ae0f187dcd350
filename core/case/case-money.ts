// The money of a case over all its EOBs: what is paid, written off, the patient's and still open. Integer cents.
import * as z from 'zod'
import { Cents, formatMoney, sumCents } from '../money.ts'
import { isDecision, type LeftOfService, shareAtClaim } from '../remittance/outcome.ts'
import { type PostedDecision, type Standing, standingOf } from '../remittance/standing.ts'
import { PLAN_ORDERS, type PaymentOrder } from '../patient.ts'
import type { Settled } from './settlement.ts'

export interface MoneyDecision extends PostedDecision {
  claimId: string
  coverageId: string | null
  /** The plan's place among the patient's plans; null: no plan, or one that is gone. */
  order: PaymentOrder | null
}
export interface MoneyInput {
  /** What is charged for the case's services: by the claims that were sent, else at the office's full fee. */
  feeCents: Cents
  expectedPlanCents: Cents | null
  /** The patient's part as an approval names it; null: the rest of the fee. */
  expectedPatientCents?: Cents | null
  /** Posted EOBs that were not taken back, oldest first. */
  decisions: readonly MoneyDecision[]
  /** Claims that a sent corrected claim has replaced: their payments stay, their shares do not. */
  replacedClaimIds: readonly string[]
  /** What our sent claims charge for a service; a service that none of them holds is charged what the EOB says. */
  charges: ReadonlyMap<string, Cents>
  /** What a person decided about what is open of a service. It counts as far as something is open, and never more. */
  settled: ReadonlyMap<string, Settled>
}
export const CaseMoney = z.strictObject({
  /** What is charged: on the claims that were sent, else at the office's fee. */
  feeCents: Cents,
  expectedPlanCents: Cents.nullable(),
  paidCents: Cents,
  writeOffCents: Cents,
  patientCents: Cents.nullable(),
  openCents: Cents,
  /** What a plan named as the patient's beyond what the plans left, in words; empty: nothing. */
  capped: z.string(),
  /** What plans paid and took off beyond what is charged for a service; 0 where nothing is wrong. */
  excessCents: Cents,
  /** What was settled by hand and counts no longer: a plan paid or took it off since, or its EOB was undone. */
  lapsedCents: Cents,
})
export type CaseMoney = z.infer<typeof CaseMoney>
type Accounts = Pick<MoneyInput, 'decisions' | 'replacedClaimIds' | 'charges' | 'settled'>
interface Plan {
  place: number
  decisions: readonly MoneyDecision[]
  standing: Standing
  isDecided: boolean
}
/** What one plan says of one account. */
interface Word {
  paidCents: Cents
  writeOffCents: Cents
  /** What is the patient's of each service that the plan decided. */
  patients: ReadonlyMap<string, Cents>
  patientAtClaimCents: Cents
  /** OA-23: what the plan takes the plans before it to have paid and written off. */
  earlierCents: Cents
}
interface Share {
  paidCents: Cents
  /** With what was settled by hand, as `patientCents`. */
  writeOffCents: Cents
  patientCents: Cents
  cappedCents: Cents
  excessCents: Cents
  /** What was settled by hand, as far as it counts. */
  settled: Settled
}

/**
 * Charge = paid + write-off + patient + open. Every payment counts; write-off and patient share are those of the decisions that
 * stand. Of several plans the last one says what the patient owes, never more than the plans left (domain.md 6, 8). What no
 * contract takes off and no plan leaves to the patient is open.
 */
export function caseMoney({
  feeCents,
  expectedPlanCents,
  expectedPatientCents = null,
  ...input
}: MoneyInput): CaseMoney {
  const plans = plansOf(input)
  const services = [...new Set(input.decisions.flatMap(({ lines }) => lines.map((line) => line.service)))]
  const shares = accountsOf(services, plans).map((account) =>
    shareOf(
      sumCents(account.map((service) => chargeOf(input, service))),
      plans.map((plan) => wordOf(plan, account)),
      settledOn(input, account),
    ),
  )
  const sum = (pick: (share: Share) => Cents) => sumCents(shares.map(pick))
  const paidCents = sum((one) => one.paidCents)
  const writeOffCents = sum((one) => one.writeOffCents)
  const owed = sum((one) => one.patientCents)
  const capped = sum((one) => one.cappedCents)
  const byPlans = owed - sum((one) => one.settled.patientCents)
  const byHand = (some: readonly Settled[]) => sumCents(some.map((one) => one.writeOffCents + one.patientCents))
  const rest = expectedPlanCents === null ? null : Math.max(0, feeCents - expectedPlanCents)
  const estimated = expectedPatientCents ?? rest
  const isDecided = plans.some(({ isDecided }) => isDecided)
  return {
    feeCents,
    expectedPlanCents,
    paidCents,
    writeOffCents,
    patientCents: isDecided ? owed : estimated,
    openCents: feeCents - paidCents - writeOffCents - owed,
    capped:
      capped === 0
        ? ''
        : `A plan put ${formatMoney(byPlans + capped)} on the patient. What is paid and written off leaves ${formatMoney(byPlans)}: no more is the patient’s.`,
    excessCents: sum((one) => one.excessCents),
    lapsedCents: byHand([...input.settled.values()]) - byHand(shares.map((one) => one.settled)),
  }
}

/** What all plans together leave of each service, to the patient and open; what several share goes to the first of them. */
export function leftByService(input: Accounts): Map<string, LeftOfService> {
  const plans = plansOf(input)
  const services = [...new Set(input.decisions.flatMap(({ lines }) => lines.map((line) => line.service)))]
  return new Map(
    accountsOf(services, plans).flatMap((account) => {
      const charge = sumCents(account.map((service) => chargeOf(input, service)))
      const words = plans.map((plan) => wordOf(plan, account))
      const { paidCents, writeOffCents, patientCents, settled } = shareOf(charge, words, settledOn(input, account))
      let left = { patientCents, openCents: Math.max(0, charge - paidCents - writeOffCents - patientCents) }
      return account.map((service) => {
        const said = (lastOn(words).get(service)?.patients.get(service) ?? 0) + settledOn(input, [service]).patientCents
        const named = account.length === 1 ? patientCents : said
        const own = {
          patientCents: Math.min(named, left.patientCents),
          openCents: Math.min(chargeOf(input, service), left.openCents),
          isDecided: isSpokenOf(words),
          isSettled: input.settled.has(service) && settled.writeOffCents + settled.patientCents > 0,
        }
        left = { patientCents: left.patientCents - own.patientCents, openCents: left.openCents - own.openCents }
        return [service, own] as const
      })
    }),
  )
}

/** The services of which something that is charged is not settled: open, undecided, or paid and taken off beyond the charge. */
export function openServices(input: Accounts): Set<string> {
  const plans = plansOf(input)
  const counted = input.decisions.filter((one) => !input.replacedClaimIds.includes(one.claimId))
  const decided = counted.flatMap(({ lines }) => lines.map((line) => line.service))
  const services = [...new Set([...input.charges.keys(), ...decided])]
  const isOpen = (account: readonly string[]) => {
    const charge = sumCents(account.map((service) => chargeOf(input, service)))
    const { paidCents, writeOffCents, patientCents } = shareOf(
      charge,
      plans.map((plan) => wordOf(plan, account)),
      settledOn(input, account),
    )
    return charge !== paidCents + writeOffCents + patientCents
  }
  return new Set(accountsOf(services, plans).filter(isOpen).flat())
}

const PLACES: readonly MoneyDecision['order'][] = [...PLAN_ORDERS, null]

/** The plans in the order in which they pay; of equal ones the one that spoke first. */
function plansOf({ decisions, replacedClaimIds, charges }: Accounts): Plan[] {
  return [...new Set(decisions.map((one) => one.coverageId))]
    .map((coverageId) => {
      const own = decisions.filter((one) => one.coverageId === coverageId)
      const counted = own.filter((one) => !replacedClaimIds.includes(one.claimId))
      return {
        place: PLACES.indexOf(own.at(-1)!.order),
        decisions: own,
        standing: standingOf(counted, (service) => charges.get(service) ?? null),
        isDecided: counted.some(({ lines }) => lines.some(isDecision)),
      }
    })
    .sort((a, b) => a.place - b.place)
}

/** Each service by itself, and those together that a standing share at a claim speaks of: it belongs to no line. */
function accountsOf(services: readonly string[], plans: readonly Plan[]): string[][] {
  let accounts = services.map((service) => [service])
  for (const share of plans.flatMap(({ standing }) => standing.atClaims)) {
    const joined = accounts.filter((account) => account.some((service) => share.services.includes(service)))
    accounts = [...accounts.filter((account) => !joined.includes(account)), joined.flat()]
  }
  return accounts
}

/** A service that no claim of ours holds is charged what the EOB says. */
function chargeOf({ charges, decisions }: Accounts, service: string): Cents {
  const lines = decisions.flatMap((one) => one.lines.filter((line) => line.service === service))
  return charges.get(service) ?? Math.max(0, ...lines.map((line) => line.billedCents))
}

/** What was settled by hand of an account. */
function settledOn({ settled }: Accounts, account: readonly string[]): Settled {
  const own = account.flatMap((service) => settled.get(service) ?? [])
  return {
    writeOffCents: sumCents(own.map((one) => one.writeOffCents)),
    patientCents: sumCents(own.map((one) => one.patientCents)),
  }
}

/** Whether a plan's decision stands on an account. */
const isSpokenOf = (words: readonly Word[]) => words.some(({ patients }) => patients.size > 0)

function wordOf({ decisions, standing }: Plan, account: readonly string[]): Word {
  const spoken = account.flatMap((service) => {
    const parts = standing.services.get(service) ?? []
    return parts.length > 0 ? [{ service, parts }] : []
  })
  const parts = spoken.flatMap((one) => one.parts)
  const shares = standing.atClaims.filter((share) => share.services.some((service) => account.includes(service)))
  const atClaims = shares.map(({ adjustments }) => shareAtClaim(adjustments))
  // What was paid at a claim goes with the first service that it decides.
  const paid = decisions.flatMap(({ lines, paidAtClaimCents }) => [
    account.includes((lines.find(isDecision) ?? lines[0])?.service ?? '') ? paidAtClaimCents : 0,
    ...lines.filter((line) => account.includes(line.service)).map((line) => line.paidCents),
  ])
  const reasons = [...parts, ...shares].flatMap((one) => one.adjustments)
  return {
    paidCents: sumCents(paid),
    writeOffCents: sumCents([...parts, ...atClaims].map((one) => one.writeOffCents)),
    patients: new Map(spoken.map((one) => [one.service, sumCents(one.parts.map((part) => part.patientCents))])),
    patientAtClaimCents: sumCents(atClaims.map((one) => one.patientCents)),
    earlierCents: sumCents(
      reasons.filter(({ group, carc }) => group === 'OA' && carc === '23').map((one) => one.cents),
    ),
  }
}

/** The last plan that speaks of each service. */
function lastOn(words: readonly Word[]): Map<string, Word> {
  return new Map(words.flatMap((word) => [...word.patients.keys()].map((service) => [service, word] as const)))
}

/** Of several plans the last one that speaks of a service says what of it is the patient's. */
function patientOf(words: readonly Word[]): Cents {
  const last = lastOn(words)
  const atLines = [...last].map(([service, word]) => word.patients.get(service) ?? 0)
  return sumCents([...atLines, ...[...new Set(last.values())].map((word) => word.patientAtClaimCents)])
}

function shareOf(chargeCents: Cents, words: readonly Word[], byHand: Settled): Share {
  const paidCents = sumCents(words.map((word) => word.paidCents))
  const patientCents = patientOf(words)
  let [writeOffCents, paidBefore] = [0, 0]
  for (const word of words) {
    if (word.patients.size > 0) {
      // OA-23 may hold the write-off of the plans before; what the plan takes off comes on top of it.
      const held = Math.min(Math.max(0, word.earlierCents - paidBefore), Math.max(0, writeOffCents))
      const said = word.writeOffCents + held
      // Two contracts take off the same fee once: the larger counts, within what is left.
      const isLater = paidBefore !== 0 || writeOffCents !== 0
      if (!isLater) writeOffCents = said
      else if (said !== 0) writeOffCents = Math.max(writeOffCents, Math.min(said, chargeCents - paidCents))
    }
    paidBefore += word.paidCents
  }
  const left = chargeCents - paidCents - writeOffCents
  const owed = Math.min(patientCents, Math.max(0, left))
  const excessCents = Math.max(0, owed - left)
  // What a person settled gives way to what a plan pays later.
  const openCents = isSpokenOf(words) ? Math.max(0, left - owed) : 0
  const settled = { writeOffCents: Math.min(byHand.writeOffCents, openCents), patientCents: 0 }
  settled.patientCents = Math.min(byHand.patientCents, openCents - settled.writeOffCents)
  return {
    paidCents,
    writeOffCents: writeOffCents + settled.writeOffCents,
    patientCents: owed + settled.patientCents,
    cappedCents: patientCents - owed,
    excessCents,
    settled,
  }
}
