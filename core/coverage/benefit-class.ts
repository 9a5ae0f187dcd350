// What a plan pays of a service, by the class that its code belongs to, as far as the plan's terms on file name it.
import * as z from 'zod'

/** Classes in the order in which plan summaries list them. */
export const BENEFIT_CLASSES = [
  'diagnostic',
  'preventive',
  'basic',
  'endodontics',
  'periodontics',
  'oral_surgery',
  'major',
  'prosthodontics',
  'implants',
  'orthodontics',
] as const
export const BenefitClass = z.enum(BENEFIT_CLASSES)
export type BenefitClass = z.infer<typeof BenefitClass>
export const CLASS_WORDS: Record<BenefitClass, string> = {
  diagnostic: 'Exams and films',
  preventive: 'Prevention',
  basic: 'Basic (fillings)',
  endodontics: 'Endodontics',
  periodontics: 'Periodontics',
  oral_surgery: 'Oral surgery',
  major: 'Major (crowns)',
  prosthodontics: 'Dentures, bridges',
  implants: 'Implants',
  orthodontics: 'Orthodontics',
}

const Percent = z.number().int().min(0).max(100)
export const Benefit = z.strictObject({
  of: BenefitClass,
  /** 0–100; null = not known. That of endodontics stands in the plan's `endoPercent`. */
  percent: Percent.nullable().default(null),
  deductibleApplies: z.boolean().default(true),
  /** Months from the beginning of the coverage in which nothing is paid; null = none known. */
  waitingMonths: z.number().int().min(1).max(60).nullable().default(null),
})
export type Benefit = z.infer<typeof Benefit>
/** A code that a plan pays differently from its class. */
export const CodeBenefit = z.strictObject({
  code: z.string().regex(/^D\d{4}$/, 'A code such as D2740'),
  percent: Percent,
})
export type CodeBenefit = z.infer<typeof CodeBenefit>

export interface PlanBenefits {
  endoPercent: number | null
  benefits: readonly Benefit[]
  codeBenefits: readonly CodeBenefit[]
}

/**
 * Last number of each range with its class: CDT's categories (ADA, CDT 2026), restorations parted as most plans do: fillings
 * and ready-made crowns are basic, crowns and inlays made for the patient major. Plans differ: a code's own percentage wins.
 */
const RANGES: readonly (readonly [last: number, of: BenefitClass | null])[] = [
  [999, 'diagnostic'],
  [1999, 'preventive'],
  [2499, 'basic'],
  [2899, 'major'],
  [2949, 'basic'],
  [2999, 'major'],
  [3999, 'endodontics'],
  [4999, 'periodontics'],
  [5999, 'prosthodontics'],
  [6199, 'implants'],
  [6999, 'prosthodontics'],
  [7999, 'oral_surgery'],
  [8999, 'orthodontics'],
]

/** The class of a code; null for one that plans put into none of their own: adjunctive services (D9). */
export function classOf(code: string): BenefitClass | null {
  const number = /^D(\d{4})$/.exec(code)?.[1]
  return number === undefined ? null : (RANGES.find(([last]) => Number(number) <= last)?.[1] ?? null)
}

/** What the plan's terms say of a code. `percent` null = not known: never that of another class. */
export function benefitFor(plan: PlanBenefits, code: string): Omit<Benefit, 'of'> & { of: BenefitClass | null } {
  const of = classOf(code)
  const found = plan.benefits.find((benefit) => benefit.of === of)
  const own = plan.codeBenefits.find((benefit) => benefit.code === code)
  const percent = of === 'endodontics' ? plan.endoPercent : (found?.percent ?? null)
  return {
    of,
    percent: own?.percent ?? percent,
    deductibleApplies: found?.deductibleApplies ?? true,
    waitingMonths: found?.waitingMonths ?? null,
  }
}

/** The code ranges of a class: `D2500-D2899`. */
export function benefitRange(of: BenefitClass): string[] {
  const code = (number: number) => `D${String(number).padStart(4, '0')}`
  return RANGES.flatMap(([last, named], at) =>
    named === of ? `${code((RANGES[at - 1]?.[0] ?? 99) + 1)}-${code(last)}` : [],
  )
}
