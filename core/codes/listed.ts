// The office's own list of codes, under its license: the ADA's descriptors, and from when to when each code holds.
import * as z from 'zod'
import { IsoDate } from '../dates.ts'
import type { Code, Guide } from '../guide/schema.ts'

export const ListedCode = z.strictObject({
  code: z.string().max(10),
  descriptor: z.string().max(1000),
  /** null: the list does not say. */
  from: IsoDate.nullable(),
  to: IsoDate.nullable(),
})
export type ListedCode = z.infer<typeof ListedCode>

/** What a list is of: an edition of CDT by its year, such as 2027, or the reason or remark codes of EOBs. */
export const ListOf = z.string().regex(/^(20\d\d|carc|rarc)$/)
export const isEdition = (of: string) => of.startsWith('20')

export interface OfficeList {
  of: string
  codes: readonly ListedCode[]
}
/** All CDT lists of an office as one: of a code that stands in several, the newest edition's entry. */
export interface CodeList {
  years: readonly string[]
  codes: ReadonlyMap<string, ListedCode & { year: string }>
}

export function joinLists(lists: readonly OfficeList[]): CodeList {
  const ordered = lists.filter(({ of }) => isEdition(of)).sort((a, b) => a.of.localeCompare(b.of))
  const entries = ordered.flatMap(({ of: year, codes }) => codes.map((one) => [one.code, { ...one, year }] as const))
  return { years: [...new Set(ordered.map(({ of }) => of))], codes: new Map(entries) }
}

export const firstDayOf = (year: string): IsoDate => `${year}-01-01`
export const lastDayBefore = (year: string): IsoDate => `${Number(year) - 1}-12-31`

/** A code as the list has it: it holds in that edition, whatever was known before. */
function asListed(code: Code, { descriptor, from, to, year }: ListedCode & { year: string }): Code {
  const first = firstDayOf(year)
  const begins = code.validFrom !== null && code.validFrom > first ? first : code.validFrom
  const ends = code.validTo !== null && code.validTo < first ? null : code.validTo
  return {
    ...code,
    validFrom: from ?? begins,
    validTo: to ?? ends,
    retired: false,
    ...(descriptor && { descriptor }),
  }
}

const known = new WeakMap<CodeList, WeakMap<Guide, Guide>>()

/** The guide with what the office's list says of its codes; the same object for the same two. */
export function withListed(guide: Guide, list: CodeList): Guide {
  if (list.codes.size === 0) return guide
  const ofList = known.get(list) ?? new WeakMap<Guide, Guide>()
  known.set(list, ofList)
  const made = ofList.get(guide) ?? { ...guide, codes: guide.codes.map((code) => ofCode(code, list)) }
  ofList.set(guide, made)
  return made
}
function ofCode(code: Code, { codes }: CodeList): Code {
  const found = codes.get(code.code)
  return found ? asListed(code, found) : code
}

/** What is known of a code before a list is read. */
export interface KnownCode {
  validFrom: IsoDate | null
  validTo: IsoDate | null
  descriptor: string
}
export interface CodeChange {
  label: 'Descriptor' | 'First day' | 'Last day'
  from: string
  to: string
}
/** What a list says otherwise than what is known of a code; a descriptor that was empty is filled, not changed. */
export function codeChanges(known: KnownCode, { descriptor, from, to }: ListedCode): CodeChange[] {
  const changes: [CodeChange['label'], string | null, string | null][] = [
    ['Descriptor', known.descriptor || null, known.descriptor ? descriptor || null : null],
    ['First day', known.validFrom, from],
    ['Last day', known.validTo, to],
  ]
  return changes.flatMap(([label, before, now]) =>
    now !== null && now !== before ? [{ label, from: before ?? '', to: now }] : [],
  )
}

/** A line planned or done and not billed to its end. */
export interface PlacedCode {
  code: string
  on: IsoDate | null
}
/** Why a line no longer fits the list; null where it does. Without a day nothing is said. */
export function whyAffected(
  { on }: PlacedCode,
  { from, to }: ListedCode,
  changes: readonly CodeChange[],
  year: string,
): 'ended' | 'not_yet' | 'revised' | null {
  if (on === null) return null
  if (to !== null && on > to) return 'ended'
  if (from !== null && on < from) return 'not_yet'
  return on >= firstDayOf(year) && changes.some(({ label }) => label === 'Descriptor') ? 'revised' : null
}
