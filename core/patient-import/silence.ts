// A list without a column says nothing of it: what the last list said goes on.
import { payerKey, PLAN_ORDERS } from '../patient.ts'
import type { Listed, SaidPlan } from './families.ts'
import type { PersonField, PersonMapping } from './fields.ts'

const PERSON = [
  ['gender', ['gender']],
  ['phone', ['phone', 'work']],
  ['mobile', ['mobile', 'phone']],
  ['email', ['email']],
  ['guarantor', ['guarantor', 'guarantorId']],
  ['externalId', ['externalId']],
] as const
const PLACE = [
  ['street', ['street', 'street2']],
  ['city', ['city', 'street']],
  ['state', ['state', 'street']],
  ['zip', ['zip', 'street']],
] as const
const PLAN = [
  ['order', ['order', 'payer2']],
  ['groupNumber', ['groupNumber', 'groupNumber2']],
  ['memberId', ['memberId', 'memberId2']],
  ['validFrom', ['validFrom']],
  ['validTo', ['validTo']],
  ['relation', ['relation', 'relation2', 'subscriber', 'subscriberId']],
  ['subscriber', ['relation', 'relation2', 'subscriber', 'subscriberId']],
  ['employer', ['employer']],
] as const

/** @param hasSecond whether the list shows second plans: one that shows the first alone ends no other */
export function withSilence(
  now: Listed,
  before: Listed | null,
  { mapping, hasSecond }: { mapping: PersonMapping; hasSecond: boolean },
): Listed {
  if (before === null) return now
  const isSilent = (columns: readonly PersonField[]) => columns.every((column) => mapping[column] === undefined)
  const said: Listed = { ...now, address: { ...now.address } }
  for (const [key, columns] of PERSON) if (isSilent(columns)) Object.assign(said, { [key]: before[key] })
  for (const [key, columns] of PLACE) if (isSilent(columns)) said.address[key] = before.address[key]
  if (isSilent(['payer', 'payer2'])) return { ...said, plans: before.plans }
  const isOf = (was: SaidPlan, plan: SaidPlan) =>
    payerKey(was.payer) === payerKey(plan.payer) && (plan.memberId === '' || was.memberId === plan.memberId)
  said.plans = now.plans.map((plan) => {
    const was = before.plans.find((one) => isOf(one, plan))
    if (!was) return plan
    const filled = { ...plan }
    for (const [key, columns] of PLAN) if (isSilent(columns)) Object.assign(filled, { [key]: was[key] })
    return filled
  })
  if (hasSecond) return said
  const others = before.plans.filter(
    (was, at) => (was.order ?? PLAN_ORDERS[at]) !== 'primary' && !now.plans.some((plan) => isOf(was, plan)),
  )
  return { ...said, plans: [...said.plans, ...others] }
}
