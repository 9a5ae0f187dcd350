// The benefit year of a plan, and what was used in it: by date of service, for the person and for the family.
import * as z from 'zod'
import { addDays, addMonths, formatDate, IsoDate } from '../dates.ts'
import { CaseId, PatientId } from '../ids.ts'
import { Cents, sumCents } from '../money.ts'
import { classOf } from './benefit-class.ts'

/** First and last day of the year whose benefits a service uses. `startMonth`: 1–12; null = not known, the calendar year. */
export function benefitYearOf(startMonth: number | null, day: IsoDate): { from: IsoDate; to: IsoDate } {
  const month = startMonth ?? 1
  const year = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) < month ? 1 : 0)
  const from: IsoDate = `${year}-${String(month).padStart(2, '0')}-01`
  return { from, to: addDays(addMonths(from, 12), -1) }
}

/** One service that a plan decided: what it took of the deductible and paid. */
export const UsedBenefit = z.strictObject({
  patientId: PatientId,
  patientName: z.string(),
  caseId: CaseId,
  claimNumber: z.string(),
  /** Empty: what stands at a claim and at no service. */
  code: z.string(),
  /** The day of service; that of the EOB where none is on file. */
  on: IsoDate,
  deductibleCents: Cents,
  paidCents: Cents,
})
export type UsedBenefit = z.infer<typeof UsedBenefit>

/** What was used of a plan in a benefit year, and of its lifetime maximum for orthodontics. */
export interface UsedBenefits {
  year: { from: IsoDate; to: IsoDate }
  person: { deductibleCents: Cents; paidCents: Cents }
  /** All members of the family, the person among them. */
  family: { deductibleCents: Cents; paidCents: Cents }
  /** Paid for orthodontics to the person in all years. */
  orthodonticCents: Cents
  /** What these figures are counted from, the earliest first. */
  counted: readonly UsedBenefit[]
}

const isOrthodontic = ({ code }: { code: string }) => classOf(code) === 'orthodontics'

/**
 * Sums what a family used. Orthodontics has its own maximum and none of the year's.
 * @param all services of the person and the family under the plan, of any year
 */
export function usedIn(
  all: readonly UsedBenefit[],
  patientId: PatientId,
  year: { from: IsoDate; to: IsoDate },
): UsedBenefits {
  const inYear = all.filter(({ on }) => year.from <= on && on <= year.to)
  const sum = (of: readonly UsedBenefit[]) => ({
    deductibleCents: sumCents(of.map((one) => one.deductibleCents)),
    paidCents: sumCents(of.filter((one) => !isOrthodontic(one)).map((one) => one.paidCents)),
  })
  const isOwn = (one: UsedBenefit) => one.patientId === patientId
  const orthodontic = all.filter((one) => isOwn(one) && isOrthodontic(one))
  const counted = [...new Set([...inYear, ...orthodontic])]
    .filter((one) => one.deductibleCents !== 0 || one.paidCents !== 0)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  return {
    year,
    person: sum(inYear.filter(isOwn)),
    family: sum(inYear),
    orthodonticCents: sumCents(orthodontic.map((one) => one.paidCents)),
    counted,
  }
}

/** `Jan 1 – Dec 31, 2026`, in full. */
export const yearWords = ({ from, to }: { from: IsoDate; to: IsoDate }) => `${formatDate(from)} – ${formatDate(to)}`
