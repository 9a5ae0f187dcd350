// The practice system's history: what is on file of a patient, and the import of a list of procedures.
import type { historyImportRoutes } from '#core/contract/history-import.ts'
import { doneOf, noteImport, noteUndone, refuseUndone } from '#host/import/done.ts'
import { changedBy, listImports, removeMade } from '#host/import/rows.ts'
import { MOST_SHOWN, shown, whyHeld } from '#host/import/shown.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { pastByPatient, patientsOfImport } from './history-rows.ts'
import { readHistory } from './history/read.ts'
import { type PastBefore, putHistoryBack, touch, writeHistory } from './history/write.ts'

export const historyImportHandlers = {
  'patient.history': async ({ db }, { id }) => ({
    procedures: (await pastByPatient(db, [id]))
      .get(id)!
      .map(({ patientId: _, listKey: _key, version: _version, ...procedure }) => procedure),
  }),
  'patient.previewHistory': async (context, input) => {
    const read = await readHistory(context, context.db, input)
    const { fresh, changed, sha256: _, answers: _answers, unlisted, relisted: _relisted, ...list } = read
    return {
      ...list,
      ...shown(read),
      ready: fresh.length,
      changing: changed.length,
      changed: changed.slice(0, MOST_SHOWN).map(({ row, person, procedure, changes }) => ({
        row,
        lastName: person.lastName,
        firstName: person.firstName,
        birthDate: person.birthDate,
        code: procedure.code,
        changes,
      })),
      absent: unlisted.length,
    }
  },
  'patient.importHistory': async (context, { leaveOutProblems, ...input }) => {
    const list = await readHistory(context, context.tx, input)
    const why = whyHeld(list, { leaveOutProblems })
    if (why) refuse([why])
    const counts = { imported: list.fresh.length, changed: list.changed.length, duplicates: list.duplicates }
    const done = doneOf(list, counts)
    if (counts.imported + counts.changed + list.unlisted.length + list.relisted.length === 0)
      return { importId: null, ...done }
    const importId = await writeHistory(context, list)
    noteImport(context, importId, list, counts)
    return { importId, ...done }
  },
  'patient.undoHistory': async (context, { importId, reason }) => {
    await refuseUndone(context, 'past_procedure', importId)
    const patients = await patientsOfImport(context.tx, importId)
    const back = await putHistoryBack(context, await changedBy<PastBefore>(context.tx, 'past_procedure', importId))
    const made = await removeMade(context.tx, importId, 'past_procedure', [])
    await touch(context, patients)
    return noteUndone(context, { importId, reason }, made, back)
  },
  'patient.listHistoryImports': async ({ db }) => ({ imports: await listImports(db, 'past_procedure') }),
} satisfies HandlersOf<keyof typeof historyImportRoutes>
