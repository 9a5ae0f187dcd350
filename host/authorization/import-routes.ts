// Import of an office's log: preview, all or nothing, take back.
import type { authorizationImportRoutes } from '#core/contract/authorization.ts'
import { countTouched, type RequestBefore, removeImport } from './import-rows.ts'
import { changedBy, listImports } from '#host/import/rows.ts'
import { doneOf, noteImport, refuseUndone } from '#host/import/done.ts'
import { shown, whyHeld } from '#host/import/shown.ts'
import { labelOf } from '#core/authorization-import/fields.ts'
import { takeChangesBack } from './import/change.ts'
import { newcomers } from './import/newcomers.ts'
import { readList } from './import/read.ts'
import { learnAllTurnarounds } from './list.ts'
import { writeList } from './import/write.ts'
import { refuse } from '#host/kernel/refuse.ts'
import type { HandlersOf } from '#host/kernel/context.ts'

export const authorizationImportHandlers = {
  'authorization.previewImport': async (context, input) => {
    const read = await readList(context, context.db, input)
    const { ready, claims, changed, sha256: _, answers: _answers, ...list } = read
    const rows = [...ready, ...claims].flat()
    return {
      ...list,
      ...shown(list),
      ready: rows.length,
      requests: ready.length,
      claims: claims.length,
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
    const why = whyHeld(list, { leaveOutProblems })
    if (why) refuse([why])
    const { duplicates, ready, claims, changed } = list
    const counts = { imported: ready.length + claims.length, changed: changed.length, duplicates }
    const done = doneOf(list, counts)
    if (counts.imported + counts.changed === 0) return { importId: null, ...done }
    const importId = await writeList(context, list)
    noteImport(context, importId, list, counts)
    return { importId, ...done }
  },
  'authorization.undoImport': async (context, { importId, reason }) => {
    await refuseUndone(context, 'authorization', importId)
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
    imports: await listImports(db, 'authorization'),
  }),
} satisfies HandlersOf<keyof typeof authorizationImportRoutes>
