// Drafts narratives and letters from facts and dated notes; what is not known is shown as a gap, never invented.
import { formatDate, type IsoDate, isDate } from '../dates.ts'
import { AppError } from '../errors.ts'
import { evaluate, type FactValue } from './condition.ts'
import { indexOf, readFacts } from './facts.ts'
import type { Facts, FiledRecord, StatedFacts } from './condition.ts'
import type { Guide, Template } from './schema.ts'

/** Lengths payers take: claim remark (ADA item 35, electronic) and attachment narrative. Source: desk.md B, E. */
export const NARRATIVE_LIMITS = { remark: 80, narrative: 2000 } as const

/** A dated entry of the chart; letters quote these and nothing else. */
export interface DatedNote {
  date: string
  text: string
  phase?: string
}

/** The templates that fit a code, most specific use first. */
export function templatesFor(guide: Guide, code: string, use?: Template['use']): Template[] {
  return guide.narratives.filter(
    (one) => (one.for.includes(code) || one.for.includes('*')) && (use === undefined || one.use === use),
  )
}

/** The record a text rests on, and the day it is written. */
export interface Written extends FiledRecord {
  today: IsoDate
}

/**
 * The text of a template with facts, notes and context filled in. A part whose condition is not known to hold is left
 * out; a slot without a value becomes `[label]`. What was done is never dated in the future.
 * @param stated facts that the record bears out
 * @param context values from the case: claim number, EOB date, dentist …
 * @throws AppError NOT_FOUND for an unknown template
 */
export function draftNarrative(
  guide: Guide,
  templateId: string,
  stated: StatedFacts,
  notes: readonly DatedNote[],
  context: Record<string, string> = {},
  written: Written = NOTHING_FILED,
): string {
  const template = guide.narratives.find((candidate) => candidate.id === templateId)
  if (!template)
    throw new AppError('NOT_FOUND', 'This text template does not exist', { entity: 'template', id: templateId })
  const known = readFacts(guide, stated).facts
  const facts = template.use === 'authorization' ? known : past(guide, known, written.today)
  const scope = { facts, serviceDate: null, coded: [], sameDay: [], record: written }
  const fill = (slot: string): string => {
    if (slot.startsWith('note:')) return quote(notes, slot.slice(5))
    if (slot.startsWith('ctx:')) return readable(context[slot.slice(4)]) ?? `[${words(slot.slice(4))}]`
    return factText(guide, facts, slot)
  }
  return template.parts
    .filter((part) => part.when === undefined || evaluate(part.when, scope) === true)
    .map((part) => part.text.replace(/\{([\w:]+)\}/g, (_, slot: string) => fill(slot)))
    .filter((text) => text !== '')
    .join(template.use === 'appeal' ? '\n\n' : ' ')
}

const NOTHING_FILED: Written = { onFile: [], past: [], today: '9999-12-31' }

/** Facts without the dates that lie ahead. */
function past(guide: Guide, facts: Facts, today: IsoDate): Facts {
  const isAhead = (id: string, value: FactValue) =>
    indexOf(guide).facts.get(id)?.kind === 'date' && typeof value === 'string' && value > today
  return Object.fromEntries(Object.entries(facts).filter(([id, value]) => !isAhead(id, value)))
}

/** How people leave a place open; what is captured names it. */
const BLANKS = [
  /[[{]+([^[\]{}]*)[\]}]+/u, // [prognosis] {prognosis} [ ]
  /[[{]+([^[\]{}.,;\n]*)|[\]}]/u, // half of a bracket: an edit that was not finished
  /<(\p{L}[\p{L}\p{N} _/#?'’.,:()-]*|\s*)>(?!\s*[\d=])/u, // <prognosis>, but not “pockets <4 mm, later >2 mm”
  /\(\s*\)/u,
  /_{3,}|(?<!\w)__|__(?!\w)/u, // on __/__, but not film__2.png
  /(?<=[:#]\s*)(?:\.{3,}|…)|\?{2,}/u, // Prognosis: … #??
  /(?<=[\p{L}\p{N}]\s*)\.{3,}(?!\.)(?=\s*[;\n]|\s*$|\s+\p{Lu})/u, // prognosis ... but not “pain ... gone”
  /\b([Tt][Bb][DdAa]|[Xx]{3,})\b/u,
]
const BLANK = new RegExp(BLANKS.map((one) => one.source).join('|'), 'gu')

/** The blanks left in a text by name, without brackets: `[prognosis]`, or `blank` for `____`. Full-width signs count. */
export function gapsIn(text: string): string[] {
  const nameOf = ([, ...names]: RegExpExecArray) => names.join('').trim() || 'blank'
  // A single “…” is a sign of ordinary text; in full it would be three dots.
  const plain = text.replace(/[^…]+|…{2,}/gu, (part) => part.normalize('NFKC'))
  return [...new Set([...plain.matchAll(BLANK)].map(nameOf))]
}

/** Where the first blank at or after a place in a text stands, for the cursor: `[start, end]`; null when none is left. */
export function blankFrom(text: string, from: number): [start: number, end: number] | null {
  const found = [...text.matchAll(BLANK)].find(({ index }) => index >= from)
  return found ? [found.index, found.index + found[0].length] : null
}

/** Tidies white space and says by how many characters the text is over the limit; it never cuts. */
export function fitTo(text: string, limit: number): { text: string; over: number } {
  const tidy = text
    .replace(/[ \t]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .trim()
  return { text: tidy, over: Math.max(0, tidy.length - limit) }
}

function factText(guide: Guide, facts: Facts, id: string): string {
  const spec = indexOf(guide).facts.get(id)
  const value = facts[id]
  if (value === undefined) return `[${(spec?.label ?? words(id)).toLowerCase()}]`
  const label = spec?.values?.find((choice) => choice.value === value)?.label
  return label?.toLowerCase() ?? readable(value) ?? ''
}

function readable(value: FactValue | undefined): string | undefined {
  if (value === undefined || value === '') return undefined
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([area, count]) => `${area}: ${count}`)
      .join(', ')
  const text = String(value)
  return isDate(text) ? formatDate(text) : text
}

/** `quotes` gives the chart's own words; `visits` one line per dated note. */
function quote(notes: readonly DatedNote[], style: string): string {
  if (notes.length === 0) return '[dated chart notes]'
  const sorted = [...notes].sort((a, b) => (a.date < b.date ? -1 : 1))
  return sorted
    .map((note) => `${formatDate(note.date)}: ${style === 'quotes' ? `“${note.text.trim()}”` : note.text.trim()}`)
    .join(style === 'quotes' ? '\n' : ' ')
}

function words(id: string): string {
  return id
    .replace(/([A-Z])/g, ' $1')
    .replaceAll('_', ' ')
    .toLowerCase()
}
