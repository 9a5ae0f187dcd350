// An office's own log of authorizations: its columns; its rows are sorted elsewhere.
import {
  type Asked,
  askedColumns,
  type ImportField,
  LOG_HEADINGS,
  missingFields,
} from '#core/authorization-import/fields.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { type OpenedList, openList } from '#host/import/open-list.ts'
import { rememberedLists } from '#host/import/rows.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import type { Reader } from '#host/kernel/store.ts'
import { NO_ROWS, type SortedRows, sortRows } from './sort-rows.ts'

export interface ReadList extends Omit<OpenedList<ImportField>, 'above' | 'body'>, SortedRows {
  missing: string[]
  asked: Asked[]
}

/** Reads the file and sorts its rows: to import, changed, already there, with questions or problems. Writes nothing. */
export async function readList(
  context: Pick<QueryContext, 'today' | 'assets' | 'step'>,
  db: Reader,
  input: ParsedInputOf<'authorization.previewImport'>,
): Promise<ReadList> {
  const opened = await openList(input, LOG_HEADINGS, await rememberedLists<ImportField>(db, 'authorization'))
  const { above: _, body, ...rest } = opened
  const { headings, mapping, ignored } = rest
  const missing = missingFields(mapping)
  const asked = askedColumns(
    headings,
    mapping,
    ignored,
    body.map(({ cells }) => cells),
  )
  const list = { ...rest, missing, asked }
  if (missing.length > 0) return { ...list, ...NO_ROWS }
  return { ...list, ...(await sortRows(context, db, body, rest)) }
}
