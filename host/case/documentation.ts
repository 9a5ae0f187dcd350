// What a case has in evidence and what its stages still need: read once, judged per stage.
import type { Assets } from '#core/assets.ts'
import type { TreatmentProgress } from '#core/authorization/request.ts'
import { borneOut, completion, kindsOnFile } from '#core/case/borne-out.ts'
import { type Evidence, startedOn, viewItem } from '#core/case/evidence.ts'
import { type Attachment, type BenefitCheck, type Line, type Stage, STAGES, type Visit } from '#core/case/schema.ts'
import type { ItemView } from '#core/contract/documentation.ts'
import type { IsoDate } from '#core/dates.ts'
import { checklistFor } from '#core/guide/checklist.ts'
import { choose } from '#core/guide/choose.ts'
import type { StatedFacts } from '#core/guide/condition.ts'
import type { Written } from '#core/guide/narrative.ts'
import type { ChecklistItem, Guide, ReportingMode } from '#core/guide/schema.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { listAttachments } from './attachment-rows.ts'
import { listBenefitChecks } from './benefit-rows.ts'
import { type CaseRecord, type DecisionRecord, findDecision } from './rows.ts'
import { findNarrative, listItemAnswers, listNotes, type NarrativeRecord } from './note-rows.ts'
import { type CaseParts, factsOf, loadParts, reportingOf } from './facts.ts'

type Db = Reader | Writer

export interface Documentation {
  guide: Guide
  facts: StatedFacts
  /** Codes that select the checklist: reported, decided, or recommended so far. */
  codes: string[]
  mode: ReportingMode
  /** Where the mode comes from. */
  basis: string
  visits: Visit[]
  lines: Line[]
  /** Lines of the patient's other cases. */
  history: CaseParts['history']
  decision: DecisionRecord | undefined
  checks: BenefitCheck[]
  attachments: Evidence['attachments']
  notes: Evidence['notes']
  narrative: NarrativeRecord | undefined
  /** The checklist of a stage with the state of each item. */
  itemsOf(stage: Stage): ItemView[]
  /** Files that hold for an item of the stage: no more leaves, minimum necessary (45 CFR 164.502(b)). */
  filesFor(stage: Stage): Attachment[]
  /** What a text may rest on: facts as the record bears them out, what is on file, what was done before. */
  textBasis(): TextBasis
}
export interface TextBasis extends TreatmentProgress {
  facts: StatedFacts
  written: Written
}

/** Everything the Documentation step knows of a case. */
export async function loadDocumentation(
  db: Db,
  record: CaseRecord,
  context: { today: IsoDate; assets: Assets },
): Promise<Documentation> {
  const { today } = context
  const guide = context.assets.guides.get(record.guide_id)
  const parts = await loadParts(db, record)
  const { visits, lines } = parts
  const attachments = await listAttachments(db, record.id)
  const notes = await listNotes(db, record.id)
  const answers = await listItemAnswers(db, record.id)
  const narrative = await findNarrative(db, record.id)
  const { mode, basis } = await reportingOf(db, record)
  const facts = await factsOf(db, record, guide, today, parts)
  const decision = await findDecision(db, record.id)
  const known = [...new Set([...lines.map((line) => line.code), ...(decision?.codes ?? [])])]
  const codes =
    known.length > 0
      ? known
      : choose(guide, { facts, serviceDate: null, reportingMode: mode }).lines.map((line) => line.code)
  const checks = await listBenefitChecks(db, record.id)
  const holds: Record<string, boolean> = {
    benefit_check: checks.some((check) => check.kind === 'eligibility' && check.answer !== 'unknown'),
    authorization_letter: (await findApprovedReference(db, record)) !== undefined,
  }
  const settles = (item: ChecklistItem, stage: Stage): boolean => {
    if (item.evidenceKinds.some((kind) => holds[kind])) return true
    if (!item.evidenceKinds.includes('case_data')) return false
    if (item.id === 'accident') return facts['trauma_date'] != null
    const dated = lines.length > 0 && lines.every((line) => line.serviceDate !== null)
    return (record.tooth !== null || record.area !== null) && (stage === 'authorization' || dated)
  }
  const itemsOf = (stage: Stage): ItemView[] => {
    const checklist = checklistFor(guide, {
      facts,
      stage,
      codes,
      visits: visits.map(({ id, phase, doneOn }) => ({ id, phase, serviceDate: doneOn })),
      reportingMode: mode,
    })
    const settled = checklist.filter((item) => settles(item, stage)).map((item) => item.id)
    const text = narrative?.text ?? ''
    const { tooth } = record
    const evidence = { attachments, notes, answers, narrative: text, visits, lines, tooth, today, settled }
    return checklist.map((item) => viewItem(item, evidence))
  }
  return {
    guide,
    facts,
    codes,
    mode,
    basis,
    ...parts,
    decision,
    checks,
    attachments,
    notes,
    narrative,
    itemsOf,
    filesFor(stage) {
      const wanted = new Set(itemsOf(stage).flatMap((view) => view.attachmentIds))
      return attachments.filter((file) => wanted.has(file.id))
    },
    textBasis() {
      const items = STAGES.flatMap(itemsOf)
      const recorded = { guide, facts, attachments, visits, lines, items, today }
      const past = parts.history.map((line) => line.code)
      // Visits and dated lines say it as well as the mark on the case: whichever is further.
      const began = startedOn(recorded)
      const ended = completion(recorded)
      const isDone = record.treatment === 'done' || ended !== null
      const isBegun = record.treatment === 'in_progress' || began !== null
      return {
        facts: borneOut(recorded),
        written: { onFile: kindsOnFile(recorded), past, today },
        treatment: isDone ? 'done' : isBegun ? 'in_progress' : 'planned',
        startedOn: began,
        completedOn: ended,
      }
    },
  }
}

async function findApprovedReference(db: Db, record: CaseRecord) {
  return db
    .selectFrom('authorization')
    .select('id')
    .where('case_id', '=', record.id)
    .where('state', 'in', ['approved', 'approved_modified', 'used'])
    .where('reference', '!=', '')
    .executeTakeFirst()
}
