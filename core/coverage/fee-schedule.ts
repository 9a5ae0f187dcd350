// Fee schedules: the office's own fees and those of each contract, with the days from which they hold and who takes part.
import * as z from 'zod'
import { type IsoDate as Day, IsoDate } from '../dates.ts'
import { FeeScheduleId, ProviderId } from '../ids.ts'
import { type Cents, Fee, formatMoney, parseMoney } from '../money.ts'

const Code = z.string().regex(/^D\d{4}$/, 'A code such as D2740')
const isOnce = (values: readonly string[]) => new Set(values).size === values.length
/** Fees from a day on, until the next edition begins. */
export const FeeEdition = z.strictObject({
  from: IsoDate,
  /** Where the fees come from, in the office's words. */
  source: z.string().trim().max(200).default(''),
  fees: z
    .array(z.strictObject({ code: Code, cents: Fee }))
    .max(1500)
    .refine((fees) => isOnce(fees.map(({ code }) => code)), 'A code is listed twice'),
})
export type FeeEdition = z.infer<typeof FeeEdition>
/** A dentist who takes part in a contract; null = no known beginning, no end. */
const Member = z.strictObject({ providerId: ProviderId, from: IsoDate.nullable(), to: IsoDate.nullable() })

export const FeeScheduleInput = z.strictObject({
  name: z.string().trim().min(1, 'The fee schedule needs a name').max(100),
  /** The office's own full fees, or those that a contract allows. */
  kind: z.enum(['office', 'contract']),
  /** Who takes part in the contract; empty: every dentist of the office. */
  members: z
    .array(Member)
    .max(50)
    .refine((all) => isOnce(all.map(({ providerId }) => providerId)), 'A dentist is listed twice')
    .default([]),
  /** The last day of the contract; null: it goes on. */
  endsOn: IsoDate.nullable().default(null),
  editions: z
    .array(FeeEdition)
    .max(30)
    .refine((all) => isOnce(all.map(({ from }) => from)), 'Two fee lists begin on the same day'),
})
export type FeeScheduleInput = z.infer<typeof FeeScheduleInput>
export const FeeSchedule = FeeScheduleInput.extend({ id: FeeScheduleId, version: z.number().int() })
export type FeeSchedule = z.infer<typeof FeeSchedule>

/** The edition that holds on a day; null before the first one and after the contract. */
export function editionOn({ editions, endsOn }: Pick<FeeSchedule, 'editions' | 'endsOn'>, day: Day): FeeEdition | null {
  if (endsOn !== null && day > endsOn) return null
  const begun = editions.filter(({ from }) => from <= day)
  return begun.sort((a, b) => (a.from < b.from ? -1 : 1)).at(-1) ?? null
}

/** The fee of a code on a day; null = not on file. */
export function feeOn(schedule: Pick<FeeSchedule, 'editions' | 'endsOn'>, code: string, day: Day): Cents | null {
  return editionOn(schedule, day)?.fees.find((fee) => fee.code === code)?.cents ?? null
}

export type PlanNetwork = 'in' | 'out' | 'capitation' | 'unknown'
/**
 * Whether a dentist is in the plan's network on a day: by the contract's members where the plan has one on file.
 * @param providerId the dentist who treats; null = nobody chosen
 */
export function networkOn(
  network: PlanNetwork,
  contract: Pick<FeeSchedule, 'members' | 'endsOn'> | null,
  providerId: ProviderId | null,
  day: Day,
): PlanNetwork {
  if (contract === null || network === 'out' || network === 'capitation') return network
  if (contract.endsOn !== null && day > contract.endsOn) return 'out'
  if (contract.members.length === 0) return 'in'
  if (providerId === null) return 'unknown'
  const member = contract.members.find((one) => one.providerId === providerId)
  if (!member) return 'out'
  return (member.from === null || member.from <= day) && (member.to === null || day <= member.to) ? 'in' : 'out'
}

/** `D2740 $1,050.00`, a line for each code. */
export const feesAsText = (fees: FeeEdition['fees']) =>
  fees.map(({ code, cents }) => `${code} ${formatMoney(cents)}`).join('\n')

/**
 * Reads fees as they are typed or pasted from a sheet: a code, with or without its D, and a fee on each line.
 * @returns the fees, or the first line that cannot be read
 */
export function readFees(text: string): { fees: FeeEdition['fees'] } | { wrong: string } {
  const fees = new Map<string, Cents>()
  for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
    if (line === '') continue
    const [, number, amount] = /^D?(\d{4})(?:[\s;:=]|,\s)\s*(.+)$/i.exec(line) ?? []
    const cents = amount === undefined ? null : parseMoney(amount)
    const code = `D${number}`
    if (cents === null || cents < 0) return { wrong: `“${line}” is not a code with its fee` }
    if (fees.has(code)) return { wrong: `${code} is listed twice` }
    fees.set(code, cents)
  }
  return { fees: [...fees].map(([code, cents]) => ({ code, cents })) }
}
