// A list of codes against what is known of them: new, changed, missing; and the open work that it reaches.
import { CODE_HEADINGS, type CodeField, missingCodeFields } from '#core/codes/list-fields.ts'
import {
  type CodeChange,
  codeChanges,
  firstDayOf,
  isEdition,
  type KnownCode,
  lastDayBefore,
  type ListedCode,
  whyAffected,
  withListed,
} from '#core/codes/listed.ts'
import { type ReadCodes, readCodeRows } from '#core/codes/read-list.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { isValidOn } from '#core/guide/facts.ts'
import { askedColumns } from '#core/import/headings.ts'
import { type OpenedList, openList } from '#host/import/open-list.ts'
import { addImport, rememberedLists, rememberList } from '#host/import/rows.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { addCodeList, codeListOf, openLinesOf } from './code-list-rows.ts'

/** A list with fewer codes is a part of an edition: what is missing in it says nothing. */
const LEAST_WHOLE = 400

export interface ReadCodeList extends Omit<OpenedList<CodeField>, 'above' | 'body'>, Omit<ReadCodes, 'codes'> {
  missing: string[]
  asked: ReturnType<typeof askedColumns<CodeField>>
  questions: []
  duplicates: number
  /** What the list says of codes, with the ends of those that it no longer has. */
  listed: ListedCode[]
  fresh: ListedCode[]
  changed: { row: number; code: string; changes: CodeChange[] }[]
  /** Codes of the guides that hold in this edition and that a whole list does not have. */
  absent: string[]
  isKnown: boolean
}
type Wish = ParsedInputOf<'codeList.previewImport'>

/** Reads the file and holds it against guides and earlier lists. Writes nothing. @throws REFUSED */
export async function readCodeList(
  { db, assets, today }: Pick<QueryContext, 'db' | 'assets' | 'today'>,
  { into: { of, endMissing }, ...input }: Wish,
): Promise<ReadCodeList> {
  const { above: _, body, ...rest } = await openList(input, CODE_HEADINGS, await rememberedLists(db, 'code_list'))
  const missing = missingCodeFields(rest.mapping)
  const asked = askedColumns(rest.headings, rest.mapping, rest.ignored, CODE_HEADINGS)
  const { codes, ...read } = readCodeRows(missing.length > 0 ? [] : body, rest, { of, today })
  const known = of === 'carc' || of === 'rarc' ? knownReasons(assets, of) : knownCodes(assets, of)
  const changed = codes.flatMap((one) => {
    const before = known.get(one.code)
    const changes = before ? codeChanges(before, one) : []
    return changes.length > 0 ? [{ row: one.row, code: one.code, changes }] : []
  })
  const names = new Set(codes.map(({ code }) => code))
  const absent =
    codes.length < LEAST_WHOLE ? [] : [...known].flatMap(([code, { holds }]) => (holds && !names.has(code) ? code : []))
  const ended = endMissing ? absent.map((code) => ({ code, descriptor: '', from: null, to: lastDayBefore(of) })) : []
  const listed = [...codes.map(({ row: _row, ...one }) => one), ...ended]
  const isKnown = JSON.stringify(await codeListOf(db, of)) === JSON.stringify(listed)
  return {
    ...rest,
    ...read,
    missing,
    asked,
    questions: [],
    duplicates: isKnown ? codes.length : 0,
    listed,
    fresh: isKnown ? [] : listed.filter(({ code }) => !known.has(code)),
    changed,
    absent,
    isKnown,
  }
}

/** The codes of all guides as the office's lists have them by now, and those that stand in these lists alone. */
function knownCodes({ guides, codeList }: QueryContext['assets'], year: string) {
  const known = new Map<string, KnownCode & { holds: boolean }>()
  for (const { code, descriptor, from, to } of codeList.codes.values())
    known.set(code, { validFrom: from, validTo: to, descriptor, holds: false })
  for (const { id } of guides.heads)
    for (const code of withListed(guides.get(id), codeList).codes) {
      const { validFrom, validTo, descriptor = '' } = code
      known.set(code.code, { validFrom, validTo, descriptor, holds: isValidOn(code, firstDayOf(year)) })
    }
  return known
}

/** Reason or remark codes as shipped or as the office's list before has them. */
function knownReasons({ reasons }: QueryContext['assets'], of: 'carc' | 'rarc') {
  const rows = [...reasons[of].values()]
  return new Map(
    rows.map(({ code, retired }) => [
      code,
      { validFrom: null, validTo: retired ? RETIRED : null, descriptor: '', holds: false },
    ]),
  )
}
/** A shipped code that has ended says no day. */
const RETIRED = ''

/** Open work whose codes end, begin later or are worded anew by the list. */
export async function workAffected(db: QueryContext['db'], list: ReadCodeList, of: string) {
  if (!isEdition(of)) return []
  const changes = new Map(list.changed.map((one) => [one.code, one.changes]))
  const listed = new Map(list.listed.map((one) => [one.code, one]))
  const codes = [
    ...new Set([...changes.keys(), ...list.listed.filter(({ to }) => to !== null).map(({ code }) => code)]),
  ]
  const lines = await openLinesOf(db, codes)
  return lines.flatMap((line) => {
    const why = whyAffected(line, listed.get(line.code)!, changes.get(line.code) ?? [], of)
    return why && line.on !== null ? [{ ...line, on: line.on, why }] : []
  })
}

/** Keeps the list. @returns the id of the import */
export async function writeCodeList(context: CommandContext, list: ReadCodeList, of: string): Promise<string> {
  const { tx, now } = context
  await rememberList(tx, 'code_list', list)
  const [importId, id] = [context.newId<string>(), context.newId<string>()]
  const { sha256, rows, listed } = list
  await addCodeList(tx, { id, of, codes: listed, now })
  const made = [{ entity: 'code_list' as const, id }]
  await addImport(tx, { id: importId, kind: 'code_list', sha256, rows, made, changed: [] }, context)
  return importId
}
