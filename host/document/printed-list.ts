// A worklist on paper: its rows read page by page through the same pages as the screen.
import type { OutputOf } from '#core/contract/index.ts'
import type { PrintedList } from '#core/contract/today.ts'
import { LIST_LABELS } from '#core/authorization/worklist.ts'
import type { Document } from '#core/document/document.ts'
import { type ListedWork, worklistSheet } from '#core/document/sheets.ts'
import type { CaseId } from '#core/ids.ts'
import { siteName } from '#core/teeth.ts'
import { getOffice } from '#host/office/rows.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { listWork } from '#host/authorization/list.ts'
import { listToday } from '#host/today/list.ts'

/** Nobody works through more than this on paper. */
const MOST_PRINTED = 1000

export async function worklistDocument(context: QueryContext, printed: PrintedList): Promise<Document> {
  const rows: ListedWork[] = []
  const only = printed.caseIds && new Set(printed.caseIds)
  let after: string | null = null
  do {
    const page: { rows: readonly WorkOfCase[]; next: string | null } = await readPage(context, printed, after)
    for (const row of page.rows) if (!only || only.has(row.caseId)) rows.push(row)
    after = page.next
  } while (after !== null && rows.length < MOST_PRINTED)
  const title =
    printed.of === 'today' ? 'Today' : `Authorizations: ${printed.list === 'all' ? 'All' : LIST_LABELS[printed.list]}`
  return worklistSheet(await getOffice(context.db), context.today, { title, rows, isCut: after !== null })
}
type WorkOfCase = ListedWork & { caseId: CaseId }

async function readPage(context: QueryContext, printed: PrintedList, after: string | null) {
  const { caseIds: _, ...narrowed } = printed
  if (narrowed.of === 'today') {
    const { of: __, ...query } = narrowed
    const { rows, next } = await listToday(context, { ...query, after, limit: 500 })
    return { rows: rows.map((row) => ({ ...wordsOf(row), deadline: row.deadline ?? row.dueOn })), next }
  }
  const { of: __, ...query } = narrowed
  const { rows, next } = await listWork(context, { ...query, after, limit: 500 })
  return { rows: rows.map((row) => ({ ...wordsOf(row), deadline: row.deadline })), next }
}

type Row = OutputOf<'today.list'>['rows'][number] | OutputOf<'authorization.list'>['rows'][number]

function wordsOf(row: Row): Omit<WorkOfCase, 'deadline'> {
  const { caseId, assigneeName, patientName, code, payerName, reason, action } = row
  return { caseId, assigneeName, patientName, site: siteName(row.tooth, row.area), code, payerName, reason, action }
}
