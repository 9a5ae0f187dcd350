// The reason and remark tables as data, and what a code means in plain words. Unknown codes are shown raw, never guessed.
import * as z from 'zod'
import { NextAction, type AdjustmentGroup, ReasonMeaning } from './schema.ts'

const ReasonRow = ReasonMeaning.omit({ known: true }).extend({
  actions: z.array(NextAction).min(1),
  successors: z.array(z.string()),
})
const ReasonTable = z.array(ReasonRow)
type ReasonTable = z.infer<typeof ReasonTable>

export interface ReasonTables {
  carc: ReadonlyMap<string, ReasonTable[number]>
  rarc: ReadonlyMap<string, ReasonTable[number]>
}

/** The rows of one table keyed by code. @throws ZodError when a row does not fit */
export function readTable(rows: unknown): ReasonTables['carc'] {
  return new Map(ReasonTable.parse(rows).map((row) => [row.code, row]))
}

/** Both tables keyed by code. @throws ZodError when a row does not fit */
export function readTables(carc: unknown, rarc: unknown): ReasonTables {
  return { carc: readTable(carc), rarc: readTable(rarc) }
}

/** What to do when only the group is known (domain.md 6); an unknown reason under CO is asked, never written off. */
const GROUP_ACTIONS = { CO: 'VER', PR: 'BILL', PI: 'APP', OA: 'VER' } as const satisfies Record<
  AdjustmentGroup,
  NextAction
>

/** The meaning of a reason (CARC) or remark (RARC) code. */
export function explain(
  tables: ReasonTables,
  kind: 'carc' | 'rarc',
  code: string,
  group: AdjustmentGroup | null = null,
): ReasonMeaning {
  const row = tables[kind].get(code.toUpperCase())
  if (!row) {
    return {
      code,
      plain: 'Not in the table: look the code up on the EOB or ask the payer',
      actions: [group ? GROUP_ACTIONS[group] : 'VER'],
      cause: null,
      alert: false,
      retired: false,
      known: false,
      source: '',
    }
  }
  const { plain, actions, cause, alert, retired, successors, source } = row
  const words = retired && successors.length > 0 ? `${plain}; today ${successors.join(' or ')}` : plain
  return {
    code: row.code,
    plain: words,
    actions: actionsOf(actions, group),
    cause,
    alert,
    retired,
    known: true,
    source,
  }
}

/** Only under CO does a contract take something off: under PR it is the patient’s, as with balance billing, else a person asks. */
function actionsOf(actions: readonly NextAction[], group: AdjustmentGroup | null): NextAction[] {
  if (group === null || group === 'CO') return [...actions]
  const instead = group === 'PR' ? 'BILL' : 'VER'
  return [...new Set(actions.map((action) => (action === 'WO' ? instead : action)))]
}

/** A payer's own code on a paper EOB has no CARC; these read what a person typed. */
export function searchReasons(tables: ReasonTables, kind: 'carc' | 'rarc', text: string): ReasonMeaning[] {
  const needle = text.trim().toLowerCase()
  return [...tables[kind].values()]
    .filter(
      (row) => needle === '' || row.code.toLowerCase().startsWith(needle) || row.plain.toLowerCase().includes(needle),
    )
    .map((row) => explain(tables, kind, row.code))
    .sort((a, b) => Number(a.retired) - Number(b.retired) || a.code.localeCompare(b.code, 'en', { numeric: true }))
}
