// Turns the facts a caller states into known facts: checks the vocabulary, drops unknowns, derives from the tooth.
import { isDate } from '../dates.ts'
import { AppError } from '../errors.ts'
import { findTooth } from '../teeth.ts'
import type { Facts, FactValue, StatedFacts } from './condition.ts'
import type { Code, FactSpec, Guide, Source } from './schema.ts'

export interface GuideIndex {
  facts: Map<string, FactSpec>
  codes: Map<string, Code>
  sources: Map<string, Source>
}

const indexes = new WeakMap<Guide, GuideIndex>()

/** The guide's facts, codes and sources by id; built once per guide. */
export function indexOf(guide: Guide): GuideIndex {
  let index = indexes.get(guide)
  if (!index) {
    index = {
      facts: new Map(guide.facts.map((fact) => [fact.id, fact])),
      codes: new Map(guide.codes.map((code) => [code.code, code])),
      sources: new Map(guide.sources.map((source) => [source.id, source])),
    }
    indexes.set(guide, index)
  }
  return index
}

export interface KnownFacts {
  facts: Facts
  /** the tooth text that names no tooth, if any */
  impossibleTooth: string | null
  /** the stated dentition contradicts the tooth */
  dentitionMismatch: boolean
}

/**
 * Checks facts against the guide's vocabulary. `"unknown"`, empty text and missing keys are unknown and dropped.
 * Dentition and tooth class come from the tooth; a stated dentition that contradicts it makes both unknown.
 * @throws AppError INVALID_INPUT naming a fact that is not in the vocabulary or has a value of the wrong kind
 */
export function readFacts(guide: Guide, stated: StatedFacts): KnownFacts {
  const index = indexOf(guide)
  const known: KnownFacts = { facts: {}, impossibleTooth: null, dentitionMismatch: false }
  for (const [id, value] of Object.entries(stated)) {
    const spec = index.facts.get(id)
    if (!spec || !spec.given) throw invalid(id, `${id} is not a fact of the guide ${guide.id}`)
    if (value === null || value === 'unknown' || value === '') continue
    if (spec.kind === 'tooth' && typeof value === 'string') {
      const tooth = findTooth(value)
      if (tooth) known.facts[id] = tooth.tooth
      else known.impossibleTooth = value
      continue
    }
    if (!fits(spec, value)) throw invalid(id, `${id} must be ${expectation(spec)}`)
    known.facts[id] = value
  }
  derive(guide, known)
  return known
}

function invalid(id: string, message: string): AppError {
  return new AppError('INVALID_INPUT', message, { fact: id, issues: [{ path: `facts.${id}`, message }] })
}

function derive(guide: Guide, known: KnownFacts): void {
  const text = known.facts['tooth']
  const tooth = typeof text === 'string' ? findTooth(text) : undefined
  if (!tooth) return
  for (const spec of guide.facts) {
    if (spec.derivedFrom === undefined) continue
    const derived = spec.id === 'dentition' ? tooth.dentition : tooth.toothClass
    const stated = known.facts[spec.id]
    if (stated !== undefined && stated !== derived) {
      known.dentitionMismatch = true
      continue
    }
    known.facts[spec.id] = derived
  }
  if (known.dentitionMismatch) for (const id of ['tooth', 'dentition', 'tooth_class']) delete known.facts[id]
}

/** Whether a stated value is one that the fact may have; unknown is one. */
export function isAnswerTo(spec: FactSpec, value: FactValue | null): boolean {
  if (!spec.given) return false
  return value === null || value === 'unknown' || value === '' || spec.kind === 'tooth' || fits(spec, value)
}

function fits(spec: FactSpec, value: FactValue): boolean {
  switch (spec.kind) {
    case 'enum':
      return spec.values?.some((choice) => choice.value === value) ?? false
    case 'boolean':
      return typeof value === 'boolean'
    case 'number':
      return typeof value === 'number' && value >= (spec.min ?? 0) && value <= (spec.max ?? 1_000_000)
    case 'date':
      return typeof value === 'string' && isDate(value)
    case 'codes':
      return Array.isArray(value) && value.every((code) => /^D\d{4}$/.test(code))
    case 'counts':
      return (
        typeof value === 'object' &&
        !Array.isArray(value) &&
        Object.entries(value).every(
          ([area, count]) => /^[1-4]0$/.test(area) && Number.isInteger(count) && count >= 0 && count <= 8,
        )
      )
    case 'text':
      return typeof value === 'string'
    default:
      return false
  }
}

function expectation(spec: FactSpec): string {
  switch (spec.kind) {
    case 'enum':
      return `one of ${[...(spec.values ?? []).map((choice) => choice.value), 'unknown'].join(', ')}`
    case 'boolean':
      return 'true, false or "unknown"'
    case 'number':
      return `a number from ${spec.min ?? 0}${spec.max === undefined ? '' : ` to ${spec.max}`}`
    case 'date':
      return 'a date such as 2026-11-23'
    case 'codes':
      return 'a list of codes such as ["D3351"]'
    case 'counts':
      return 'counts per quadrant such as {"10": 4}, 0 to 8 each'
    case 'text':
      return 'text'
    default:
      return 'a tooth such as "8" or "A"'
  }
}

/** Exams, films and tests, in whichever guide they stand: films of one day may stand in one line, of several teeth or of none. */
export const isDiagnostic = ({ code }: Pick<Code, 'code'>): boolean => code.startsWith('D0')

/** True when the code may be reported for a service on that date; a null date is not judged. */
export function isValidOn(code: Code, serviceDate: string | null): boolean {
  if (code.retired) return false
  if (serviceDate === null) return true
  return (code.validFrom ?? '') <= serviceDate && serviceDate <= (code.validTo ?? '9999')
}

/** True when the code may be used on that tooth, judged by its number alone; false for a text that is no tooth. */
export function fitsTooth(code: Code, tooth: string): boolean {
  if (code.area !== 'tooth') return true
  const found = findTooth(tooth)
  if (!found) return false
  if (code.teeth.dentition !== 'any' && code.teeth.dentition !== found.dentition) return false
  return code.teeth.classes?.includes(found.toothClass) ?? true
}
