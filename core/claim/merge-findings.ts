// Findings as the desk reads them: what several lines have in common is said once. Beside the fields each stays by itself.
import { DIFFERS } from './against-case.ts'
import type { ClaimFinding } from './schema.ts'

const DATE = '[A-Z][a-z]{2} \\d{1,2}, \\d{4}'
/** `D3353 #8`, `D3353 on Nov 30, 2026`, `D3353: Nov 30, 2026`; then what is said of it. */
const SUBJECT = new RegExp(`^(D\\d{4}(?: #\\w+)?)((?:: | on )${DATE})?(:? .*)$`)
const PLURAL: Readonly<Record<string, string>> = {
  is: 'are',
  needs: 'need',
  takes: 'take',
  points: 'point',
  does: 'do',
}

const joined = (names: readonly string[]) =>
  names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}` : (names[0] ?? '')

/** One sentence for findings that say the same of several lines. */
function sentenceOf(messages: readonly string[]): string {
  const parts = messages.map((message) => SUBJECT.exec(message)!)
  const [, , , rest = ''] = parts[0]!
  const said = rest.replace(/^ (\w+)/, (all, verb: string) => (PLURAL[verb] ? ` ${PLURAL[verb]}` : all))
  if (parts.every((part) => part[2])) return `${messages.length} dates${said}`
  return `${joined([...new Set(parts.map((part) => part[1]!))])}${said}`
}

/** What the case says otherwise than the claim, with what to do about it once at the end. */
function differencesOf(messages: readonly string[]): string {
  return `${messages.map((message) => message.replace(DIFFERS, '').trim()).join(' ')} ${DIFFERS}`
}

/** The same findings in their order, those that say the same of several lines as one that leads to the first of them. */
export function mergeFindings(findings: readonly ClaimFinding[]): ClaimFinding[] {
  const keyOf = ({ id, severity, source, message }: ClaimFinding) => {
    if (message.endsWith(DIFFERS)) return DIFFERS
    const [, , date, rest] = SUBJECT.exec(message) ?? []
    return rest === undefined ? id : [severity, source, date !== undefined, rest].join('|')
  }
  return [...groupBy(findings, keyOf).values()].map((group) => {
    const [first] = group as [ClaimFinding, ...ClaimFinding[]]
    const messages = [...new Set(group.map(({ message }) => message))]
    if (messages.length === 1) return first
    return { ...first, message: first.message.endsWith(DIFFERS) ? differencesOf(messages) : sentenceOf(messages) }
  })
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return groups
}
