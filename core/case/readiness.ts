// Is the documentation complete? Checklist items against attachments, chart notes, answers and case data; problems named.
import { daysBetween, type IsoDate } from '../dates.ts'
import type { ChecklistItem } from '../guide/schema.ts'
import type { Attachment, AttachmentKind, ChartNote, ItemAnswer, Stage, Visit } from './schema.ts'

/** What settles items, beside files and notes. */
export interface Evidence {
  attachments: readonly Pick<Attachment, 'id' | 'kind' | 'takenOn' | 'tooth' | 'visitId'>[]
  notes: readonly Pick<ChartNote, 'id' | 'notedOn' | 'visitId' | 'itemKeys'>[]
  answers: readonly ItemAnswer[]
  narrative: string
  tooth: string | null
  visits: readonly Visit[]
  /** True when coverage was verified. */
  eligibilityChecked: boolean
  /** True when cause and date of the accident are known. */
  accidentKnown: boolean
  today: IsoDate
}
export interface AssessedItem {
  item: ChecklistItem
  state: 'missing' | 'done' | 'waived' | 'problem'
  problems: string[]
  attachmentIds: Attachment['id'][]
  noteIds: ChartNote['id'][]
  answer: ItemAnswer | null
}

/** Settles each item of a checklist. */
export function assess(items: readonly ChecklistItem[], evidence: Evidence): AssessedItem[] {
  return items.map((item) => assessItem(item, evidence))
}

function assessItem(item: ChecklistItem, evidence: Evidence): AssessedItem {
  const answer = evidence.answers.find((candidate) => candidate.key === item.key) ?? null
  const notes = evidence.notes.filter((note) => note.itemKeys.includes(item.key))
  const files = evidence.attachments.filter(
    (file) => fits(item, file.kind) && (item.visitId === null || file.visitId === item.visitId),
  )
  const problems = files.flatMap((file) => problemsOf(item, file, evidence))
  const sound = files.filter((file) => problemsOf(item, file, evidence).length === 0)
  const result = {
    item,
    problems,
    attachmentIds: files.map((file) => file.id),
    noteIds: notes.map((note) => note.id),
    answer,
  }
  if (answer?.state === 'waived') return { ...result, state: 'waived', problems: [] }
  if (answer?.state === 'done' || notes.length > 0 || sound.length > 0 || isSettledByCase(item, evidence))
    return { ...result, state: 'done', problems: sound.length > 0 ? [] : problems }
  return { ...result, state: problems.length > 0 ? 'problem' : 'missing' }
}

/** A chart entry may stand for several items, so only a note or an answer says which; files speak for themselves. */
function fits(item: ChecklistItem, kind: AttachmentKind): boolean {
  return kind !== 'chart_note' && item.evidenceKinds.includes(kind)
}

function isSettledByCase(item: ChecklistItem, evidence: Evidence): boolean {
  if (item.evidenceKinds.includes('narrative') && evidence.narrative.trim().length > 0) return true
  if (item.evidenceKinds.includes('benefit_check') && evidence.eligibilityChecked) return true
  if (!item.evidenceKinds.includes('case_data')) return false
  if (item.id === 'accident') return evidence.accidentKnown
  return (
    evidence.tooth !== null &&
    evidence.visits.length > 0 &&
    evidence.visits.every((visit) => visit.plannedOn !== null || visit.doneOn !== null)
  )
}

/** Why a file does not count. */
function problemsOf(item: ChecklistItem, file: Evidence['attachments'][number], evidence: Evidence): string[] {
  const problems: string[] = []
  const image = item.type === 'image'
  if (image && file.takenOn === null) problems.push('The film has no date')
  if (image && evidence.tooth !== null && file.tooth !== null && file.tooth !== evidence.tooth)
    problems.push(`The film is labelled tooth ${file.tooth}, the case is tooth ${evidence.tooth}`)
  const began = evidence.visits.flatMap((visit) => visit.doneOn ?? []).sort()[0]
  const ended = evidence.visits.find((visit) => visit.phase === 'final' || visit.phase === 'single')?.doneOn
  if (file.takenOn === null) return problems
  if (file.takenOn > evidence.today) problems.push('The date lies in the future')
  if (item.dateRule === 'before_treatment' && began !== undefined && file.takenOn > began)
    problems.push('Taken after treatment began')
  if (item.dateRule === 'after_completion' && ended && file.takenOn < ended)
    problems.push('Taken before the final fill')
  if (item.dateRule === 'within_12_months' && daysBetween(file.takenOn, evidence.today) > 366)
    problems.push('Older than 12 months')
  const visit = evidence.visits.find((candidate) => candidate.id === item.visitId)
  if (item.dateRule === 'on_visit' && visit?.doneOn && file.takenOn !== visit.doneOn)
    problems.push('Not taken on the day of the visit')
  return problems
}

const STAGE_WORDS: Record<Stage, string> = {
  authorization: 'request authorization',
  claim: 'send the claim',
  appeal: 'appeal',
}

export interface Readiness {
  stage: Stage
  ready: boolean
  done: number
  total: number
  missing: string[]
  sentence: string
}

/** Readiness of a stage as a sentence that names what is missing. */
export function readinessOf(stage: Stage, items: readonly AssessedItem[]): Readiness {
  const open = items.filter((item) => item.state === 'missing' || item.state === 'problem')
  const missing = open.map(({ item, problems }) =>
    problems[0] ? `${lower(item.title)} (${lower(problems[0])})` : lower(item.title),
  )
  const total = items.length
  const head = open.length === 0 ? 'Ready' : 'Not ready'
  const named = missing.slice(0, 3).join('; ') + (missing.length > 3 ? `; and ${missing.length - 3} more` : '')
  const sentence =
    open.length === 0
      ? `${head} to ${STAGE_WORDS[stage]}: all ${total} items done`
      : `${head} to ${STAGE_WORDS[stage]}: ${open.length} of ${total} missing: ${named}`
  return { stage, ready: open.length === 0, done: total - open.length, total, missing, sentence }
}

function lower(text: string): string {
  return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
}
