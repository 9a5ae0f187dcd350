// Two versions of a guide: what differs in words, and how a newer shipped version goes into the office's own.
import { citedIn } from './reference.ts'
import type { Guide } from './schema.ts'

/** What the entries of each list are called, and by what they are known. */
const LISTS = {
  families: 'Family',
  codes: 'Code',
  facts: 'Question',
  rules: 'Rule',
  validators: 'Warning',
  visitPlans: 'Visit plan',
  comparisons: 'Comparison',
  checklist: 'Checklist item',
  authorizationHints: 'Authorization hint',
  conflicts: 'Conflict',
  frequency: 'Frequency limit',
  denials: 'Denial',
  narratives: 'Narrative',
  icd: 'Diagnosis rule',
  questionsAndAnswers: 'Note',
  sources: 'Source',
} as const satisfies Partial<Record<keyof Guide, string>>
type List = keyof typeof LISTS
const LIST_NAMES = Object.keys(LISTS) as List[]

type Entry = Record<string, unknown>
const entriesOf = (guide: Guide, list: List): Map<string, Entry> =>
  new Map((guide[list] as Entry[]).map((entry) => [keyOf(entry), entry]))
const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
const keyOf = ({ id, code, question, text, codes }: Entry) => textOf(id ?? code ?? question ?? text ?? codes)
const nameOf = ({ question, title, message, label, cause, ...entry }: Entry) =>
  textOf(question ?? title ?? message ?? label ?? cause ?? keyOf({ question, ...entry }))
const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** One sentence for each entry that is new, gone, left out or worded otherwise; sources by themselves are no difference. */
export function guideDifferences(before: Guide, after: Guide): string[] {
  const title = before.title === after.title ? [] : [`Title: “${before.title}” is now “${after.title}”.`]
  return [
    ...title,
    ...LIST_NAMES.filter((list) => list !== 'sources').flatMap((list) => {
      const [had, has] = [entriesOf(before, list), entriesOf(after, list)]
      const what = LISTS[list]
      const changed = [...has].flatMap(([key, entry]) => {
        const old = had.get(key)
        if (!old || isSame(old, entry)) return []
        if (entry['leftOut'] !== undefined && old['leftOut'] === undefined)
          return [`${what} left out: ${nameOf(entry)}. ${textOf(entry['leftOut'])}`]
        const [was, is] = [nameOf(old), nameOf(entry)]
        return [was === is ? `${what} changed: ${is}` : `${what} changed: “${was}” is now “${is}”`]
      })
      return [
        ...[...has].filter(([key]) => !had.has(key)).map(([, entry]) => `${what} added: ${nameOf(entry)}`),
        ...[...had].filter(([key]) => !has.has(key)).map(([, entry]) => `${what} removed: ${nameOf(entry)}`),
        ...changed,
      ]
    }),
  ]
}

/**
 * The office's guide with what a newer shipped version changed. An entry that the office changed itself stays as the office has it.
 * @param base the shipped version that the office's guide was made from
 * @returns the guide, and the entries that both changed, by name
 */
export function takeOver(base: Guide, ours: Guide, shipped: Guide): { guide: Guide; kept: string[] } {
  const kept: string[] = []
  const lists = LIST_NAMES.filter((list) => list !== 'sources').map((list) => {
    const [was, own, now] = [base, ours, shipped].map((guide) => entriesOf(guide, list)) as [
      Map<string, Entry>,
      Map<string, Entry>,
      Map<string, Entry>,
    ]
    const pick = (key: string): Entry[] => {
      const [old, mine, theirs] = [was.get(key), own.get(key), now.get(key)]
      if (isSame(old, mine)) return theirs ? [theirs] : []
      if (!isSame(old, theirs) && !isSame(mine, theirs)) kept.push(nameOf(mine ?? theirs ?? {}))
      return mine ? [mine] : []
    }
    const added = [...own.keys()].filter((key) => !now.has(key))
    // Rules of the office's own go first, all else of its own comes last.
    const keys = list === 'rules' ? [...added, ...now.keys()] : [...now.keys(), ...added]
    return [list, keys.flatMap(pick)] as const
  })
  const title = ours.title === base.title ? shipped.title : ours.title
  const guide: Guide = { ...shipped, ...(Object.fromEntries(lists) as Partial<Guide>), title }
  const cited = new Set(citedIn({ ...guide, sources: [] }))
  const known = new Map([...ours.sources, ...shipped.sources].map((source) => [source.id, source]))
  return { guide: { ...guide, sources: [...known.values()].filter(({ id }) => cited.has(id)) }, kept }
}
