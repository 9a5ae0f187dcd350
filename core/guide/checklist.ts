// The documents a case needs at a stage, and whether a diagnosis fits its code.
import { evaluate, type StatedFacts } from './condition.ts'
import { indexOf, readFacts } from './facts.ts'
import type { ChecklistItem, ChecklistSpec, GuideFinding, Guide } from './schema.ts'
import type { ReportingMode, Stage } from '../case/schema.ts'

interface ChecklistVisit {
  id: string
  phase: 'initial' | 'interim' | 'final' | 'single'
  /** null: planned, no note or film is due yet */
  serviceDate: string | null
}
/** An item a payer wants beside the guide's, with its source; `id` may repeat a guide's item to extend its stages. */
interface PayerItem {
  id: string
  stages: Stage[]
  title: string
  detail: string
  source: string[]
  confidence: ChecklistItem['confidence']
}
export interface ChecklistInput {
  facts: StatedFacts
  stage: Stage
  /** codes of the case's lines; they select the items of their families */
  codes: string[]
  visits: ChecklistVisit[]
  reportingMode: ReportingMode
  payerItems?: PayerItem[]
}
/**
 * The items due at a stage. An item asked per visit stands once for every dated visit; in `phased` mode the claim of
 * a visit needs only what has happened so far, which the caller controls by the visits it passes.
 */
export function checklistFor(guide: Guide, input: ChecklistInput): ChecklistItem[] {
  const { facts } = readFacts(guide, input.facts)
  const scope = { facts, serviceDate: null, coded: input.codes, sameDay: [] }
  const families = new Set(input.codes.flatMap((code) => indexOf(guide).codes.get(code)?.family ?? []))
  const payerItems = input.payerItems ?? []
  const finished = input.visits.some((visit) => visit.serviceDate !== null && /final|single/.test(visit.phase))
  const items = guide.checklist.flatMap((item) => {
    const stages = [...item.stages, ...payerItems.filter((one) => one.id === item.id).flatMap((one) => one.stages)]
    if (!stages.includes(input.stage)) return []
    if (item.families && !item.families.some((family) => families.has(family))) return []
    if (item.when && evaluate(item.when, scope) !== true) return []
    // A phased claim for an earlier visit cannot have the final film yet.
    if (item.dateRule === 'after_completion' && input.visits.length > 0 && !finished) return []
    return item.perVisit ? visitsOf(item, input.visits) : [toDue(item, null)]
  })
  const extra = payerItems.filter(
    (one) => one.stages.includes(input.stage) && !guide.checklist.some((item) => item.id === one.id),
  )
  return [...items, ...extra.map(fromPayer)]
}

function visitsOf(item: ChecklistSpec, visits: readonly ChecklistVisit[]): ChecklistItem[] {
  return visits
    .filter((visit) => visit.serviceDate !== null && (item.phases?.includes(visit.phase) ?? true))
    .map((visit) => toDue(item, visit.id))
}

function toDue(item: ChecklistSpec, visitId: string | null): ChecklistItem {
  const { id, title, detail, who, type, evidenceKinds, mayBeFile, dateRule, source, confidence } = item
  const key = visitId === null ? id : `${id}:${visitId}`
  return {
    id,
    key,
    visitId,
    title,
    detail,
    who,
    type,
    evidenceKinds,
    mayBeFile,
    dateRule,
    source: source.join('; '),
    confidence,
  }
}

function fromPayer(item: PayerItem): ChecklistItem {
  const { id, title, detail, source, confidence } = item
  const fixed = { visitId: null, who: ['front_desk' as const], type: 'payer' as const, dateRule: 'none' as const }
  return {
    ...fixed,
    id,
    key: id,
    title,
    detail,
    evidenceKinds: [id],
    mayBeFile: true,
    source: source.join('; '),
    confidence,
  }
}

/** Warns when a diagnosis contradicts a code or none of the diagnoses supports it. ICD-10-CM codes with the point. */
export function checkDiagnoses(guide: Guide, code: string, diagnoses: readonly string[]): GuideFinding[] {
  const rule = guide.icd.find((candidate) => candidate.codes.includes(code))
  if (!rule || diagnoses.length === 0) return []
  const cited = { source: rule.source.join('; '), confidence: rule.confidence }
  const fits = (prefixes: readonly string[]) => diagnoses.some((icd) => prefixes.some((at) => icd.startsWith(at)))
  const clash = rule.mismatch.find((one) => diagnoses.some((icd) => icd.startsWith(one.icd)))
  if (clash) return [{ id: 'diagnosis_mismatch', severity: 'warn', message: clash.message, ...cited }]
  if (fits(rule.expected)) return []
  const only = fits(rule.alsoFits) ? 'gives only a cause' : 'is not among those expected'
  const message = `The diagnosis ${only} for ${code}: payers expect ${rule.expected.join(', ')}`
  return [{ id: 'diagnosis_unexpected', severity: 'warn', message, ...cited }]
}
