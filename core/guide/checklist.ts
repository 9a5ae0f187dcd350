// The documents a case needs at a stage, and whether a diagnosis fits its code.
import { evaluate, type StatedFacts } from './condition.ts'
import { indexOf, readFacts } from './facts.ts'
import type { ChecklistItem, ChecklistSpec, GuideFinding, Guide } from './schema.ts'
import type { ReportingMode, Stage } from '../case/schema.ts'
import type { PayerItem } from '../payer-rule/documents.ts'

interface ChecklistVisit {
  id: string
  phase: 'initial' | 'interim' | 'final' | 'single'
  /** null: planned, no note or film is due yet */
  serviceDate: string | null
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
  const asked = (input.payerItems ?? []).filter((one) => one.stages.includes(input.stage))
  const taken = new Set<PayerItem>()
  const finished = input.visits.some((visit) => visit.serviceDate !== null && /final|single/.test(visit.phase))
  const items = guide.checklist.flatMap((item) => {
    // A payer may want at this stage what the guide asks for at another one.
    const wanted = asked.filter((one) => one.kind !== null && item.evidenceKinds.includes(one.kind))
    if ((!item.stages.includes(input.stage) || item.leftOut !== undefined) && wanted.length === 0) return []
    if (item.families && !item.families.some((family) => families.has(family))) return []
    if (item.when && evaluate(item.when, scope) !== true) return []
    // A phased claim for an earlier visit cannot have the final film yet.
    if (item.dateRule === 'after_completion' && input.visits.length > 0 && !finished) return []
    for (const one of wanted) taken.add(one)
    const due = item.perVisit ? visitsOf(item, input.visits) : [toDue(item, null)]
    return due.map((one) => forPayer(one, wanted))
  })
  return [...items, ...asked.filter((one) => !taken.has(one)).map(fromPayer)]
}

/** An item of the guide as the payer wants it: named, with its words and source, and no older than it takes. */
function forPayer(item: ChecklistItem, wanted: readonly PayerItem[]): ChecklistItem {
  if (wanted.length === 0) return item
  const ages = wanted.flatMap((one) => one.maxAgeMonths ?? [])
  return {
    ...item,
    payer: wanted[0]!.payer,
    detail: [item.detail, ...wanted.map((one) => one.note || one.title)].join(' '),
    maxAgeMonths: ages.length > 0 ? Math.min(...ages) : null,
    source: [item.source, ...wanted.flatMap((one) => one.source)].join('; '),
  }
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
    payer: '',
    maxAgeMonths: null,
    source: source.join('; '),
    confidence,
  }
}

function fromPayer({ id, payer, title, note, kind, maxAgeMonths, source, confidence }: PayerItem): ChecklistItem {
  return {
    id,
    key: id,
    visitId: null,
    title,
    detail: note || title,
    who: ['front_desk'],
    type: 'payer',
    evidenceKinds: [kind ?? id],
    mayBeFile: true,
    dateRule: 'none',
    payer,
    maxAgeMonths,
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
