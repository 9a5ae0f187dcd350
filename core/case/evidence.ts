// Holds each checklist item against what the case has: films, notes, answers and its own data; names what is wrong.
import { addMonths, formatDate, type IsoDate } from '../dates.ts'
import { gapsIn } from '../guide/narrative.ts'
import type { ChecklistItem } from '../guide/schema.ts'
import type { ItemView } from '../contract/case-documentation.ts'
import type { Attachment, ChartNote, ItemAnswer, Line, Visit } from './schema.ts'

export interface Evidence {
  attachments: readonly Attachment[]
  notes: readonly ChartNote[]
  answers: readonly ItemAnswer[]
  /** As saved; empty when nobody wrote one. */
  narrative: string
  visits: readonly Visit[]
  lines: readonly Line[]
  tooth: string | null
  today: IsoDate
  /** Ids of items that the case's own data settles: tooth and dates, a benefit check … */
  settled: readonly string[]
}

/** First day of treatment by visits and dated lines, or null before it. Diagnostic lines do not start it. */
export function startedOn(evidence: Pick<Evidence, 'visits' | 'lines'>): IsoDate | null {
  const visits = evidence.visits.flatMap((visit) => visit.doneOn ?? [])
  const lines = evidence.lines.flatMap((line) => (line.role === 'main' ? (line.serviceDate ?? []) : []))
  return [...visits, ...lines].sort()[0] ?? null
}

/** Date of the final fill (final or single visit), or null while treatment runs. */
export function completedOn(visits: readonly Visit[]): IsoDate | null {
  return visits.find((visit) => /final|single/.test(visit.phase) && visit.doneOn !== null)?.doneOn ?? null
}

/** The state of one checklist item and why. */
export function viewItem(item: ChecklistItem, evidence: Evidence): ItemView {
  const files = evidence.attachments.filter((file) => belongs(item, file, evidence))
  const notes = evidence.notes.filter((note) => answersItem(item, note, evidence))
  const answer = evidence.answers.find((one) => one.key === item.key) ?? null
  const judgedFiles = files.map((file) => ({ id: file.id, problems: problemsOfFile(item, file, evidence) }))
  const judgedNotes = notes.map((note) => ({
    id: note.id,
    problems: problemsOfDate(item, note.notedOn, evidence, 'Noted'),
  }))
  const judged = [...judgedFiles, ...judgedNotes].map((one) => one.problems)
  if (item.evidenceKinds.includes('narrative') && evidence.narrative.trim() !== '')
    judged.push(problemsOfText(evidence.narrative))
  const sound = judged.some((problems) => problems.length === 0) || evidence.settled.includes(item.id)
  const problems = sound ? [] : [...new Set(judged.flat())]
  if (answer?.state === 'waived' && answer.note.trim() === '') problems.push('Waived without a reason')
  return {
    item,
    state: stateOf(sound, answer, problems),
    problems,
    attachmentIds: judgedFiles.filter(isSound).map((one) => one.id),
    rejectedIds: judgedFiles.filter((one) => !isSound(one)).map((one) => one.id),
    noteIds: judgedNotes.filter(isSound).map((one) => one.id),
    answer,
  }
}

const isSound = ({ problems }: { problems: readonly string[] }) => problems.length === 0

/** Files that items of a stage reject and none takes: they are not enclosed, not counted and not cited. */
export function rejectedIn(items: readonly Pick<ItemView, 'attachmentIds' | 'rejectedIds'>[]): Set<Attachment['id']> {
  const taken = new Set(items.flatMap((view) => view.attachmentIds))
  return new Set(items.flatMap((view) => view.rejectedIds).filter((id) => !taken.has(id)))
}

function stateOf(sound: boolean, answer: ItemAnswer | null, problems: readonly string[]): ItemView['state'] {
  if (answer?.state === 'waived') return answer.note.trim() === '' ? 'problem' : 'waived'
  if (sound || answer?.state === 'done') return 'done'
  return problems.length > 0 ? 'problem' : 'missing'
}

/** A file counts by its kind; for an item asked per visit also by its visit. A chart file settles only a visit's item. */
function belongs(item: ChecklistItem, file: Attachment, { visits }: Evidence): boolean {
  if (!item.evidenceKinds.includes(file.kind)) return false
  if (item.visitId === null) return file.kind !== 'chart_note'
  const visit = visits.find((one) => one.id === item.visitId)
  return file.visitId === null ? file.takenOn !== null && file.takenOn === visit?.doneOn : file.visitId === item.visitId
}

function answersItem(item: ChecklistItem, note: ChartNote, { visits }: Evidence): boolean {
  if (!item.evidenceKinds.includes('chart_note')) return false
  if (note.itemKeys.includes(item.key)) return true
  if (item.visitId === null) return false
  const visit = visits.find((one) => one.id === item.visitId)
  const sameVisit = note.visitId === null ? note.notedOn === visit?.doneOn : note.visitId === item.visitId
  return sameVisit && (item.id === 'visit_note' || note.itemKeys.includes(item.id))
}

/** A narrative with a blank is not there yet. */
function problemsOfText(text: string): string[] {
  const gaps = gapsIn(text)
  return gaps.length > 0 ? [`Narrative still to fill in: ${gaps.join(', ')}`] : []
}

const LABELLED = /periapical|bitewing/

function problemsOfFile(item: ChecklistItem, file: Attachment, evidence: Evidence): string[] {
  const problems: string[] = []
  const film = item.type === 'image'
  if (file.takenOn !== null) problems.push(...problemsOfTaken(item, file.takenOn, evidence))
  else if (film) problems.push('Film has no date')
  else if (item.dateRule !== 'none') problems.push('File has no date')
  if (film && evidence.tooth !== null) {
    if (file.tooth === null && LABELLED.test(file.kind)) problems.push('Film has no tooth label')
    if (file.tooth !== null && file.tooth !== evidence.tooth)
      problems.push(`Labeled #${file.tooth}, the case is on #${evidence.tooth}`)
  }
  return problems
}

/** What the guide says of the date, and the age that the payer takes. */
function problemsOfTaken(item: ChecklistItem, on: IsoDate, evidence: Evidence): string[] {
  const problems = problemsOfDate(item, on, evidence, 'Taken')
  const { maxAgeMonths, payer } = item
  if (problems.length > 0 || maxAgeMonths === null) return problems
  const from = startedOn(evidence) ?? evidence.today
  return on < addMonths(from, -maxAgeMonths)
    ? [`Taken ${formatDate(on)}: ${payer} takes none older than ${maxAgeMonths} months`]
    : []
}

function problemsOfDate(item: ChecklistItem, on: IsoDate, evidence: Evidence, verb: 'Taken' | 'Noted'): string[] {
  const day = formatDate(on)
  if (on > evidence.today) return [`${verb} ${day}: this date is in the future`]
  const started = startedOn(evidence)
  const completed = completedOn(evidence.visits)
  const visit = evidence.visits.find((one) => one.id === item.visitId)
  switch (item.dateRule) {
    case 'before_treatment':
      return started !== null && on > started ? [`${verb} ${day}, after treatment began on ${formatDate(started)}`] : []
    case 'after_completion':
      return completed !== null && on < completed
        ? [`${verb} ${day}, before the final visit of ${formatDate(completed)}`]
        : []
    case 'on_visit':
      // Staff often write the note up later; a note or film older than its visit cannot describe it.
      return visit?.doneOn != null && on < visit.doneOn
        ? [`${verb} ${day}, before the visit of ${formatDate(visit.doneOn)}`]
        : []
    case 'within_12_months':
      return on < addMonths(started ?? evidence.today, -12) ? [`${verb} ${day}: older than 12 months`] : []
    case 'none':
      return []
  }
}
