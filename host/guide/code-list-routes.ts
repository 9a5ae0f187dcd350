// Import of the office's list of codes: preview, all or nothing, undone as a whole.
import type { codeListRoutes } from '#core/contract/code-list.ts'
import { doneOf, noteImport, noteUndone, refuseUndone } from '#host/import/done.ts'
import { listImports, removeMade } from '#host/import/rows.ts'
import { MOST_SHOWN, shown, whyHeld } from '#host/import/shown.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { codeLists } from './code-list-rows.ts'
import { readCodeList, workAffected, writeCodeList } from './code-list.ts'

export const codeListHandlers = {
  'codeList.editions': async ({ db, assets }) => {
    const lists = new Map((await codeLists(db)).map(({ of, codes }) => [of, codes.length]))
    return {
      editions: assets.editions.map((edition) => ({ ...edition, listed: lists.get(edition.from.slice(0, 4)) ?? null })),
    }
  },
  'codeList.previewImport': async (context, input) => {
    const read = await readCodeList(context, input)
    const { listed, fresh, changed, absent, isKnown: _, sha256: _sha, answers: _answers, ...list } = read
    const affected = await workAffected(context.db, read, input.into.of)
    return {
      ...list,
      ...shown(read),
      listed: listed.length,
      ready: fresh.length,
      changing: changed.length,
      changed: changed.slice(0, MOST_SHOWN),
      absent,
      affected: affected.slice(0, MOST_SHOWN),
      affecting: affected.length,
    }
  },
  'codeList.import': async (context, { leaveOutProblems, ...input }) => {
    const list = await readCodeList({ ...context, db: context.tx }, input)
    const why = whyHeld(list, { leaveOutProblems })
    if (why) refuse([why])
    const isNew = !list.isKnown && list.listed.length > 0
    const counts = { imported: isNew ? list.listed.length : 0, changed: 0, duplicates: list.duplicates }
    const done = doneOf(list, counts)
    if (!isNew) return { importId: null, ...done }
    const importId = await writeCodeList(context, list, input.into.of)
    noteImport(context, importId, list, counts)
    return { importId, ...done }
  },
  'codeList.undoImport': async (context, { importId, reason }) => {
    await refuseUndone(context, 'code_list', importId)
    const made = await removeMade(context.tx, importId, 'code_list', [])
    return noteUndone(context, { importId, reason }, made)
  },
  'codeList.listImports': async ({ db }) => ({ imports: await listImports(db, 'code_list') }),
} satisfies HandlersOf<keyof typeof codeListRoutes>
