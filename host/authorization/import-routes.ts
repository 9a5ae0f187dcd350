// Import of an office's log: preview, all or nothing, take back.
import type { authorizationImportRoutes } from '#core/contract/authorization.ts'
import { countTouched, listImports, removeImport } from './import-rows.ts'
import { found } from '#host/kernel/versioned.ts'
import { codesWithoutGuide, newcomers, readList } from './import/read.ts'
import { learnAllTurnarounds } from './list.ts'
import { writeList } from './import/write.ts'
import { refuse } from '#host/kernel/refuse.ts'
import type { HandlersOf } from '#host/kernel/context.ts'

/** A preview shows this many problems; the count says how many there are. */
const MOST_PROBLEMS = 500

export const authorizationImportHandlers = {
  'authorization.previewImport': async (context, input) => {
    const { ready, sha256: _, problems, ...list } = await readList(context, context.db, input)
    return {
      ...list,
      problems: problems.slice(0, MOST_PROBLEMS),
      ready: ready.length,
      codesWithoutGuide: codesWithoutGuide(context, ready),
      ...(await newcomers(context.db, ready)),
    }
  },
  'authorization.import': async (context, { leaveOutProblems, ...input }) => {
    const list = await readList(context, context.tx, input)
    if (list.missing.length > 0) refuse([`Say which column holds: ${list.missing.join(', ')}.`])
    const { rows, duplicates } = list
    const wrong = new Set(list.problems.map((one) => one.row)).size
    if (wrong > 0 && !leaveOutProblems)
      refuse([`${wrong} ${wrong === 1 ? 'row has' : 'rows have'} problems. Correct the list, or leave those rows out.`])
    const problems = list.problems.slice(0, MOST_PROBLEMS)
    if (list.ready.length === 0) return { importId: null, imported: 0, rows, duplicates, problems }
    const importId = await writeList(context, list)
    context.audit({
      entity: 'import',
      entityId: importId,
      after: { sha256: list.sha256, rows, imported: list.ready.length, duplicates, leftOut: wrong },
    })
    return { importId, imported: list.ready.length, rows, duplicates, problems }
  },
  'authorization.undoImport': async (context, { importId, reason }) => {
    const batch = (await listImports(context.tx)).find((one) => one.id === importId)
    if (found(batch, 'import', importId).undone_at !== null) refuse(['This import was taken back before.'])
    const touched = await countTouched(context.tx, importId)
    if (touched > 0)
      refuse([
        `${touched} ${touched === 1 ? 'case of this import has' : 'cases of this import have'} been worked on since. Close what is not wanted in the cases.`,
      ])
    const removed = await removeImport(context.tx, importId, context)
    await learnAllTurnarounds(context)
    context.audit({ entity: 'import', entityId: importId, after: { removed }, reason })
    return { removed }
  },
  'authorization.listImports': async ({ db }) => ({
    imports: (await listImports(db)).map((one) => ({
      id: one.id,
      rows: one.rows,
      user: one.name ?? '',
      at: one.imported_at,
      undone: one.undone_at !== null,
    })),
  }),
} satisfies HandlersOf<keyof typeof authorizationImportRoutes>
