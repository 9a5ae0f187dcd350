// Reason and remark codes with the office's newer list: codes that the shipped table does not know, and ends.
import type { IsoDate } from '../dates.ts'
import type { ReasonTables } from '../remittance/tables.ts'
import type { OfficeList } from './listed.ts'

type Table = ReadonlyMap<string, ReasonTables['carc'] extends ReadonlyMap<string, infer Row> ? Row : never>

/**
 * What the list says of ends holds; a code that is not shipped is known by the list's own words and asks a person what to do.
 * @param today ends after it have not come yet
 */
export function withListedReasons(
  table: Table,
  lists: readonly OfficeList[],
  { of, today }: { of: 'carc' | 'rarc'; today: IsoDate },
): Table {
  const list = lists.filter((one) => one.of === of).at(-1)
  if (!list) return table
  const rows = new Map(table)
  for (const { code, descriptor, to } of list.codes) {
    const retired = to !== null && to <= today
    const known = table.get(code)
    if (known) rows.set(code, { ...known, retired: retired || (known.retired && to !== null) })
    else
      rows.set(code, {
        code,
        plain: descriptor || 'In your list of codes, without words',
        actions: ['VER'],
        cause: null,
        alert: false,
        retired,
        successors: [],
        source: 'Your own list of codes',
      })
  }
  return rows
}
