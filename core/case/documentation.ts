// What a case has in evidence and what its stages still need: judged per stage.
import { isApproved } from '../authorization/lifecycle.ts'
import type { TreatmentProgress } from '../authorization/request.ts'
import type { ItemView } from '../contract/case-documentation.ts'
import type { IsoDate } from '../dates.ts'
import { checklistFor } from '../guide/checklist.ts'
import { choose } from '../guide/choose.ts'
import type { StatedFacts } from '../guide/condition.ts'
import type { Written } from '../guide/narrative.ts'
import type { ChecklistItem, Guide } from '../guide/schema.ts'
import { borneOut, completion, kindsOnFile } from './borne-out.ts'
import { documentsFor } from '../payer-rule/documents.ts'
import { type CaseContents, payerOf } from './contents.ts'
import { startedOn, viewItem } from './evidence.ts'
import { caseFacts, reportingOf } from './case-facts.ts'
import { type Attachment, type Stage, STAGES, type ReportingMode } from './schema.ts'

export interface Documentation {
  guide: Guide
  facts: StatedFacts
  /** Codes that select the checklist: reported, decided, or recommended so far. */
  codes: string[]
  mode: ReportingMode
  /** Where the mode comes from. */
  basis: string
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
export function documentationOf(contents: CaseContents, guide: Guide, today: IsoDate): Documentation {
  const { record, visits, lines, history, decision, checks, attachments, notes, answers, narrative } = contents
  const { mode, basis } = reportingOf(contents)
  const facts = caseFacts(contents, guide, today)
  const named = [...new Set([...lines.map((line) => line.code), ...(decision?.codes ?? [])])]
  const codes =
    named.length > 0
      ? named
      : choose(guide, { facts, serviceDate: null, reportingMode: mode }).lines.map((line) => line.code)
  const holds: Record<string, boolean> = {
    benefit_check: checks.some((check) => check.kind === 'eligibility' && check.answer !== 'unknown'),
    authorization_letter: contents.authorizations.some(
      ({ state, reference }) => (isApproved(state) || state === 'used') && reference !== '',
    ),
  }
  const settles = (item: ChecklistItem, stage: Stage): boolean => {
    if (item.evidenceKinds.some((kind) => holds[kind])) return true
    if (!item.evidenceKinds.includes('case_data')) return false
    if (item.id === 'accident') return facts['trauma_date'] != null
    const dated = lines.length > 0 && lines.every((line) => line.serviceDate !== null)
    return (record.tooth !== null || record.area !== null) && (stage === 'authorization' || dated)
  }
  const known = new Map<Stage, ItemView[]>()
  const itemsOf = (stage: Stage): ItemView[] => {
    const items = known.get(stage) ?? judge(stage)
    known.set(stage, items)
    return items
  }
  const judge = (stage: Stage): ItemView[] => {
    const checklist = checklistFor(guide, {
      facts,
      stage,
      codes,
      visits: visits.map(({ id, phase, doneOn }) => ({ id, phase, serviceDate: doneOn })),
      reportingMode: mode,
      payerItems: documentsFor(payerOf(contents, record.coverageId), codes),
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
    itemsOf,
    filesFor(stage) {
      const wanted = new Set(itemsOf(stage).flatMap((view) => view.attachmentIds))
      return attachments.filter((file) => wanted.has(file.id))
    },
    textBasis() {
      const items = STAGES.flatMap(itemsOf)
      const recorded = { guide, facts, attachments, visits, lines, items, today }
      const past = history.map((line) => line.code)
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
