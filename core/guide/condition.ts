// Conditions of a guide: a small three-valued language over facts, codes and dates.
import * as z from 'zod'
import { ATTACHMENT_KINDS, type AttachmentKind } from '../case/schema.ts'
import { addDays, addMonths, IsoDate } from '../dates.ts'

/** What a fact may hold: text, number, flag, list of codes, or a count per quadrant (`{"10": 4}`). */
export const FactValue = z.union([
  z.string().max(4000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(40)).max(100),
  z.record(z.string(), z.number()),
])
export type FactValue = z.infer<typeof FactValue>
/** Facts as a caller states them; null and `"unknown"` are unknown. */
export type StatedFacts = Record<string, FactValue | null>
/** Facts that are known; an absent key is unknown. */
export type Facts = Record<string, FactValue>
/** `undefined` is "unknown": it counts neither as true nor as false. */
export type Truth = boolean | undefined

/** What a condition may look at beside the facts. */
export interface Scope {
  facts: Facts
  serviceDate: string | null
  /** codes of the lines under judgement: recommended and planned */
  coded: readonly string[]
  /** other codes of the same tooth or patient on the same day */
  sameDay: readonly string[]
  /** What the case has on file; absent while a code is chosen */
  record?: FiledRecord
}
/** What stands in the record beside the facts: texts say nothing that it does not bear out. */
export interface FiledRecord {
  /** kinds of files that the checklist takes */
  onFile: readonly AttachmentKind[]
  /** codes that this office has reported for the patient before this case */
  past: readonly string[]
}

const Scalar = z.union([z.string(), z.number(), z.boolean()])
const about = { fact: z.string() }
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { possible: Condition }
  | { fact: string; is: string | number | boolean }
  | { fact: string; in: (string | number | boolean)[] }
  | { fact: string; known: boolean }
  | { fact: string; atLeast: number }
  | { fact: string; includes: string[]; times?: number }
  | { fact: string; anyCount: number }
  | { fact: string; withinMonths: number }
  | { fact: string; olderThanDays: number }
  | { coded: string[] }
  | { sameDay: string[] }
  | { onFile: AttachmentKind[] }
  | { past: string[] }
  | { served: { from?: string | undefined; before?: string | undefined } }

/**
 * `all`/`any`/`not` follow Kleene's logic. `known` and `possible` (true unless known to be false) are the only tests
 * that look at ignorance itself. `includes` counts list entries, `anyCount` the largest count of a quadrant,
 * `withinMonths`/`olderThanDays` measure from the date of service. `onFile` and `past` look at the record: for texts.
 * `served` compares the date of service itself: editions of the code set. Without one it is false.
 */
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(Condition).min(1) }),
    z.strictObject({ any: z.array(Condition).min(1) }),
    z.strictObject({ not: Condition }),
    z.strictObject({ possible: Condition }),
    z.strictObject({ ...about, is: Scalar }),
    z.strictObject({ ...about, in: z.array(Scalar).min(1) }),
    z.strictObject({ ...about, known: z.boolean() }),
    z.strictObject({ ...about, atLeast: z.number() }),
    z.strictObject({ ...about, includes: z.array(z.string()).min(1), times: z.number().int().min(1).optional() }),
    z.strictObject({ ...about, anyCount: z.number().int().min(1) }),
    z.strictObject({ ...about, withinMonths: z.number().int().min(1) }),
    z.strictObject({ ...about, olderThanDays: z.number().int().min(0) }),
    z.strictObject({ coded: z.array(z.string()).min(1) }),
    z.strictObject({ sameDay: z.array(z.string()).min(1) }),
    z.strictObject({ onFile: z.array(z.enum(ATTACHMENT_KINDS)).min(1) }),
    z.strictObject({ past: z.array(z.string()).min(1) }),
    z.strictObject({ served: z.strictObject({ from: IsoDate.optional(), before: IsoDate.optional() }) }),
  ]),
)

/** True, false, or undefined when an unknown fact decides. */
export function evaluate(condition: Condition, scope: Scope): Truth {
  if ('fact' in condition) return evaluateFact(condition, scope)
  if ('all' in condition) return combine(condition.all, scope, false)
  if ('any' in condition) return combine(condition.any, scope, true)
  if ('not' in condition) {
    const inner = evaluate(condition.not, scope)
    return inner === undefined ? undefined : !inner
  }
  if ('possible' in condition) return evaluate(condition.possible, scope) !== false
  if ('coded' in condition) return condition.coded.some((code) => scope.coded.includes(code))
  if ('onFile' in condition) return scope.record && condition.onFile.some((kind) => scope.record!.onFile.includes(kind))
  if ('past' in condition) return scope.record && condition.past.some((code) => scope.record!.past.includes(code))
  if ('served' in condition) return isServed(condition.served, scope.serviceDate)
  return condition.sameDay.some((code) => scope.sameDay.includes(code))
}

function isServed(
  { from = '', before = '9999' }: { from?: string | undefined; before?: string | undefined },
  on: string | null,
): boolean {
  return on !== null && from <= on && on < before
}

function combine(parts: Condition[], scope: Scope, decisive: boolean): Truth {
  let unknown = false
  for (const part of parts) {
    const truth = evaluate(part, scope)
    if (truth === decisive) return decisive
    if (truth === undefined) unknown = true
  }
  return unknown ? undefined : !decisive
}

type FactCondition = Extract<Condition, { fact: string }>

function evaluateFact(condition: FactCondition, scope: Scope): Truth {
  const value = scope.facts[condition.fact]
  if ('known' in condition) return (value !== undefined) === condition.known
  if (value === undefined) return undefined
  if ('is' in condition) return value === condition.is
  if ('in' in condition) return condition.in.some((candidate) => candidate === value)
  if ('atLeast' in condition) return typeof value === 'number' && value >= condition.atLeast
  if ('includes' in condition) {
    const found = Array.isArray(value) ? value.filter((code) => condition.includes.includes(code)).length : 0
    return found >= (condition.times ?? 1)
  }
  if ('anyCount' in condition) return Object.values(value).some((count) => count >= condition.anyCount)
  if (scope.serviceDate === null || typeof value !== 'string') return undefined
  if ('withinMonths' in condition) return addMonths(value, condition.withinMonths) > scope.serviceDate
  return addDays(value, condition.olderThanDays) <= scope.serviceDate
}

/** The unknown facts that keep a condition undecided; empty when it is decided. */
export function unresolved(condition: Condition, scope: Scope): string[] {
  if (evaluate(condition, scope) !== undefined) return []
  if ('fact' in condition) return [condition.fact]
  if ('not' in condition) return unresolved(condition.not, scope)
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : []
  return [...new Set(parts.flatMap((part) => unresolved(part, scope)))]
}

/** Every fact a condition names. */
export function factsIn(condition: Condition): string[] {
  if ('fact' in condition) return [condition.fact]
  return childrenOf(condition).flatMap(factsIn)
}

/** Every code a condition names. */
export function codesOf(condition: Condition): string[] {
  if ('coded' in condition) return condition.coded
  if ('sameDay' in condition) return condition.sameDay
  if ('includes' in condition) return condition.includes
  if ('past' in condition) return condition.past
  return childrenOf(condition).flatMap(codesOf)
}

/** Every test of a fact inside a condition, with the value it compares to. */
export function testsOf(condition: Condition): FactCondition[] {
  return 'fact' in condition ? [condition] : childrenOf(condition).flatMap(testsOf)
}

/** Facts whose being unknown is itself looked at, by `known` or `possible`. */
export function modalFactsOf(condition: Condition): string[] {
  if ('possible' in condition) return factsIn(condition)
  if ('known' in condition) return [condition.fact]
  return childrenOf(condition).flatMap(modalFactsOf)
}

/** Whether a condition measures days or months from the date of service, or compares that date. */
export function measuresDates(condition: Condition): boolean {
  const measures = testsOf(condition).some((test) => 'withinMonths' in test || 'olderThanDays' in test)
  return measures || turnsOf(condition).length > 0
}

/** Days on which a condition may change its truth by the date of service alone. */
export function turnsOf(condition: Condition): IsoDate[] {
  if ('served' in condition) {
    const { from, before } = condition.served
    return [...(from ? [from] : []), ...(before ? [addDays(before, -1)] : [])]
  }
  return childrenOf(condition).flatMap(turnsOf)
}

function childrenOf(condition: Condition): Condition[] {
  if ('all' in condition) return condition.all
  if ('any' in condition) return condition.any
  if ('not' in condition) return [condition.not]
  return 'possible' in condition ? [condition.possible] : []
}
