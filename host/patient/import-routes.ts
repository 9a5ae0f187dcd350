// Import of a practice system's list of patients: preview, all or nothing, undone as a whole.
import type { patientImportRoutes } from '#core/contract/patient-import.ts'
import { payerKey } from '#core/patient.ts'
import { doneOf, noteImport, noteUndone, refuseUndone } from '#host/import/done.ts'
import { MOST_SHOWN, shown, whyHeld } from '#host/import/shown.ts'
import { changedBy, listImports, removePeople } from '#host/import/rows.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { listPayers } from '#host/office/rows.ts'
import type { PersonBefore } from './import-rows.ts'
import { changedIn, keptIn, readPractice, shownChanges } from './import/read.ts'
import { putBack, writePractice } from './import/write.ts'

export const patientImportHandlers = {
  'patient.previewImport': async (context, input) => {
    const { fresh, known, sha256: _, answers: _answers, ...list } = await readPractice(context, context.db, input)
    const changed = changedIn({ known })
    const kept = keptIn({ known })
    const plans = [
      ...fresh.flatMap(({ listed }) => listed.plans),
      ...changed.flatMap((one) => one.plans.flatMap((work) => (work.do === 'add' ? [work.plan] : []))),
    ]
    const payers = new Set((await listPayers(context.db, '')).map((payer) => payerKey(payer.name)))
    const newPayers = new Map(plans.map(({ payer }) => [payerKey(payer), payer]))
    return {
      ...list,
      ...shown(list),
      readAs: list.readAs.slice(0, MOST_SHOWN),
      ready: fresh.length,
      changing: changed.length,
      changed: shownChanges(changed.slice(0, MOST_SHOWN), (one) => one.changes),
      kept: shownChanges(kept.slice(0, MOST_SHOWN), (one) => one.kept),
      duplicates: known.length - changed.length,
      newCoverages: plans.length,
      newPayers: [...newPayers].flatMap(([key, name]) => (payers.has(key) ? [] : [name])),
    }
  },
  'patient.import': async (context, { leaveOutProblems, ...input }) => {
    const list = await readPractice(context, context.tx, input)
    const why = whyHeld(list, { leaveOutProblems })
    if (why) refuse([why])
    const changed = changedIn(list).length
    const counts = { imported: list.fresh.length, changed, duplicates: list.known.length - changed }
    const done = doneOf(list, counts)
    if (list.fresh.length + list.known.length === 0) return { importId: null, ...done }
    const importId = await writePractice(context, list)
    noteImport(context, importId, list, counts)
    return { importId: done.imported + changed === 0 ? null : importId, ...done }
  },
  'patient.undoImport': async (context, { importId, reason }) => {
    await refuseUndone(context, 'patient', importId)
    const back = await putBack(context, await changedBy<PersonBefore>(context.tx, 'patient', importId))
    const made = await removePeople(context.tx, importId)
    return noteUndone(context, { importId, reason }, made, back)
  },
  'patient.listImports': async ({ db }) => ({
    imports: await listImports(db, 'patient'),
  }),
} satisfies HandlersOf<keyof typeof patientImportRoutes>
