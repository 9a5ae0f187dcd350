// Import of an office's log: preview, all or nothing, take back.
import type { authorizationImportRoutes } from '#core/contract/authorization.ts'
import { countTouched, type RequestBefore, removeImport } from './import-rows.ts'
import { changedBy, listImports } from '#host/import/rows.ts'
import { found } from '#host/kernel/versioned.ts'
import { labelOf } from '#core/authorization-import/fields.ts'
import { takeChangesBack } from './import/change.ts'
import { newcomers } from './import/newcomers.ts'
import { readList } from './import/read.ts'
import { learnAllTurnarounds } from './list.ts'
import { writeList } from './import/write.ts'
import { refuse } from '#host/kernel/refuse.ts'
import type { HandlersOf } from '#host/kernel/context.ts'

/** Problems, questions and the like: this many are shown, the counts say how many there are. */
const MOST_SHOWN = 500

export const authorizationImportHandlers = {
  'authorization.previewImport': async (context, input) => {
    const { ready, changed, sha256: _, answers: _answers, ...list } = await readList(context, context.db, input)
    const rows = ready.flat()
    return {
      ...list,
      problems: list.problems.slice(0, MOST_SHOWN),
      questions: list.questions.slice(0, MOST_SHOWN),
      leftOut: list.leftOut.slice(0, MOST_SHOWN),
      ready: rows.length,
      requests: ready.length,
      changed: changed.flat().map(({ number, person, row, changes }) => ({
        row: number,
        lastName: person.lastName,
        firstName: person.firstName,
        birthDate: person.birthDate,
        payer: row.payer,
        code: row.code,
        tooth: row.tooth,
        area: row.area,
        changes: changes.map(({ field, from, to }) => ({ label: labelOf(field), from, to })),
      })),
      ...(await newcomers(context, rows)),
    }
  },
  'authorization.import': async (context, { leaveOutProblems, ...input }) => {
    const list = await readList(context, context.tx, input)
    if (list.missing.length > 0) refuse([`Say which column holds: ${list.missing.join(', ')}.`])
    if (list.asked.length > 0)
      refuse([`Say what these columns hold: ${list.asked.map(({ column }) => list.headings[column]).join(', ')}.`])
    const { rows, duplicates, ready, changed } = list
    const wrong = new Set([...list.problems, ...list.questions].map((one) => one.row)).size
    if (wrong > 0 && !leaveOutProblems)
      refuse([
        `${wrong} ${wrong === 1 ? 'row has' : 'rows have'} problems or questions. Answer them, or leave those rows out.`,
      ])
    const problems = list.problems.slice(0, MOST_SHOWN)
    const leftOut = list.leftOut.slice(0, MOST_SHOWN)
    const done = { imported: ready.length, changed: changed.length, rows, duplicates, problems, leftOut }
    if (ready.length + changed.length === 0) return { importId: null, ...done }
    const importId = await writeList(context, list)
    context.audit({
      entity: 'import',
      entityId: importId,
      after: { sha256: list.sha256, rows, imported: ready.length, changed: changed.length, duplicates, leftOut: wrong },
    })
    return { importId, ...done }
  },
  'authorization.undoImport': async (context, { importId, reason }) => {
    const batch = (await listImports(context.tx, 'authorization')).find((one) => one.id === importId)
    if (found(batch, 'import', importId).undone_at !== null) refuse(['This import was already undone.'])
    const changed = await changedBy<RequestBefore>(context.tx, 'authorization', importId)
    const workedOn = changed.filter(({ version, versionNow }) => version !== versionNow).length
    const touched = workedOn + (await countTouched(context.tx, importId))
    if (touched > 0)
      refuse([
        `${touched} ${touched === 1 ? 'case of this import has' : 'cases of this import have'} been worked on since. Close what is not wanted in the cases.`,
      ])
    await takeChangesBack(context, changed, reason)
    const removed = await removeImport(context.tx, importId, context)
    await learnAllTurnarounds(context)
    context.audit({ entity: 'import', entityId: importId, after: { removed }, reason })
    return { removed }
  },
  'authorization.listImports': async ({ db }) => ({
    imports: (await listImports(db, 'authorization')).map((one) => ({
      id: one.id,
      rows: one.rows,
      user: one.name ?? '',
      at: one.imported_at,
      undone: one.undone_at !== null,
    })),
  }),
} satisfies HandlersOf<keyof typeof authorizationImportRoutes>
