// Facts as the record bears them out: what a narrative or a letter may say. An answer is no film and no visit.
import type { StatedFacts } from '../guide/condition.ts'
import { indexOf } from '../guide/facts.ts'
import type { Guide } from '../guide/schema.ts'
import type { ItemView } from '../contract/case-documentation.ts'
import { sumCents } from '../money.ts'
import type { IsoDate } from '../dates.ts'
import { completedOn, rejectedIn, startedOn } from './evidence.ts'
import type { Attachment, AttachmentKind, Line, Visit } from './schema.ts'

export interface Recorded {
  guide: Guide
  facts: StatedFacts
  attachments: readonly Attachment[]
  visits: readonly Visit[]
  lines: readonly Line[]
  /** The checklist of all stages. */
  items: readonly ItemView[]
  today: IsoDate
}

/** The facts for a text: dates of films are those on file, completion is that of the visits, the fee that of the lines. */
export function borneOut(recorded: Recorded): StatedFacts {
  const { guide, facts } = recorded
  const known = indexOf(guide).facts
  const record: StatedFacts = {
    pre_op_film_date: imageDate(recorded, 'pre_op_film_date', preOpKinds(guide)),
    film_date: imageDate(recorded, 'film_date', preOpKinds(guide)),
    photo_date: imageDate(recorded, 'photo_date', ['photo']),
    chart_date: imageDate(recorded, 'chart_date', ['perio_chart']),
    completion_date: completion(recorded),
    fee: wholeFee(recorded),
  }
  // What came before treatment cannot have come after it began, and nothing ended what nobody has begun.
  const began = startedOn(recorded)
  const isAfter = (day: unknown) => typeof day === 'string' && day > (began ?? recorded.today)
  for (const fact of BEFORE_TREATMENT) if (isAfter(facts[fact])) record[fact] = null
  for (const fact of ENDS_TREATMENT) if (began === null && typeof facts[fact] === 'string') record[fact] = null
  const own = Object.entries(record).filter(([id]) => known.has(id))
  return { ...facts, ...Object.fromEntries(own) }
}

const BEFORE_TREATMENT = ['trauma_date', 'prior_seat', 'prior_date', 'history_date']
const ENDS_TREATMENT = ['seat_date', 'delivery_date']

/** Kinds of files of the case that the checklist does not reject. */
export function kindsOnFile({ attachments, items }: Pick<Recorded, 'attachments' | 'items'>): AttachmentKind[] {
  return soundFiles({ attachments, items }).map((file) => file.kind)
}

/** The whole treatment is recorded: its last visit, or without visits every main line. */
export function completion({ facts, visits, lines }: Pick<Recorded, 'facts' | 'visits' | 'lines'>): IsoDate | null {
  if (visits.length > 0) return completedOn(visits)
  const main = lines.filter((line) => line.role === 'main')
  const dated = main.flatMap((line) => line.serviceDate ?? []).sort()
  if (dated.length > 0) return dated.length < main.length ? null : dated.at(-1)!
  const stated = facts['completion_date']
  return typeof stated === 'string' && main.length === 0 ? stated : null
}

const soundFiles = ({ attachments, items }: Pick<Recorded, 'attachments' | 'items'>) => {
  const rejected = rejectedIn(items)
  return attachments.filter((file) => !rejected.has(file.id))
}

/** What the guide takes for an image from before treatment; photos show no bone. */
function preOpKinds(guide: Guide): string[] {
  const before = guide.checklist.filter((item) => item.type === 'image' && item.dateRule === 'before_treatment')
  return before.flatMap((item) => item.evidenceKinds).filter((kind) => kind !== 'photo')
}

/** The date stated when such a file is on file, else that of the newest; a date alone counts where a person marked the item. */
function imageDate(recorded: Recorded, fact: string, kinds: readonly string[]): IsoDate | null {
  const { facts, items, today } = recorded
  const stated = facts[fact]
  const limit = fact.endsWith('film_date') ? (startedOn(recorded) ?? today) : today
  const isPossible = (day: IsoDate | null): day is IsoDate => day !== null && day <= limit && day <= today
  const dates = soundFiles(recorded)
    .filter((file) => kinds.includes(file.kind))
    .map((file) => file.takenOn)
    .filter(isPossible)
    .sort()
  if (typeof stated !== 'string') return dates.at(-1) ?? null
  if (dates.includes(stated)) return stated
  const marked = items.some(
    ({ item, answer }) => answer?.state === 'done' && item.evidenceKinds.some((kind) => kinds.includes(kind)),
  )
  return dates.at(-1) ?? (marked && isPossible(stated) ? stated : null)
}

/** In dollars, as the guides ask for it. */
function wholeFee({ facts, lines }: Recorded): number | null {
  const cents = sumCents(lines.filter((line) => line.role === 'main').map((line) => line.feeCents * line.quantity))
  const stated = facts['fee']
  return cents > 0 ? cents / 100 : typeof stated === 'number' ? stated : null
}
