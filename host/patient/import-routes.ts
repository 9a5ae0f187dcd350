// Import of a practice system's list of patients: preview, all or nothing, undone as a whole.
import type { patientImportRoutes } from '#core/contract/patient-import.ts'
import { payerKey } from '#core/patient.ts'
import { changedBy, listImports, markUndone, removePeople } from '#host/import/rows.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { found } from '#host/kernel/versioned.ts'
import { listPayers } from '#host/office/rows.ts'
import type { PersonBefore } from './import-rows.ts'
import { changedIn, keptIn, readPractice, shownChanges } from './import/read.ts'
import { putBack, writePractice } from './import/write.ts'

/** Problems, questions and the like: this many are shown, the counts say how many there are. */
const MOST_SHOWN = 500

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
      problems: list.problems.slice(0, MOST_SHOWN),
      questions: list.questions.slice(0, MOST_SHOWN),
      leftOut: list.leftOut.slice(0, MOST_SHOWN),
      readAs: list.readAs.slice(0, MOST_SHOWN),
      ready: fresh.length,
      changed: shownChanges(changed.slice(0, MOST_SHOWN), (one) => one.changes),
      kept: shownChanges(kept.slice(0, MOST_SHOWN), (one) => one.kept),
      duplicates: known.length - changed.length,
      newCoverages: plans.length,
      newPayers: [...newPayers].flatMap(([key, name]) => (payers.has(key) ? [] : [name])),
    }
  },
  'patient.import': async (context, { leaveOutProblems, ...input }) => {
    const list = await readPractice(context, context.tx, input)
    if (list.missing.length > 0) refuse([`Say which column holds: ${list.missing.join(', ')}.`])
    if (list.asked.length > 0)
      refuse([`Say what these columns hold: ${list.asked.map(({ column }) => list.headings[column]).join(', ')}.`])
    const wrong = new Set([...list.problems, ...list.questions].map((one) => one.row)).size
    if (wrong > 0 && !leaveOutProblems)
      refuse([
        `${wrong} ${wrong === 1 ? 'row has' : 'rows have'} problems or questions. Answer them, or leave those rows out.`,
      ])
    const changed = changedIn(list).length
    const done = {
      imported: list.fresh.length,
      changed,
      rows: list.rows,
      duplicates: list.known.length - changed,
      problems: list.problems.slice(0, MOST_SHOWN),
      leftOut: list.leftOut.slice(0, MOST_SHOWN),
    }
    if (list.fresh.length + list.known.length === 0) return { importId: null, ...done }
    const importId = await writePractice(context, list)
    const { sha256, rows } = list
    const after = { sha256, rows, imported: done.imported, changed, duplicates: done.duplicates, leftOut: wrong }
    context.audit({ entity: 'import', entityId: importId, after })
    return { importId: done.imported + changed === 0 ? null : importId, ...done }
  },
  'patient.undoImport': async (context, { importId, reason }) => {
    const batch = (await listImports(context.tx, 'patient')).find((one) => one.id === importId)
    if (found(batch, 'import', importId).undone_at !== null) refuse(['This import was already undone.'])
    const done = await putBack(context, await changedBy<PersonBefore>(context.tx, 'patient', importId))
    const { removed, stayed } = await removePeople(context.tx, importId)
    await markUndone(context.tx, importId, context)
    const after = { removed, restored: done.restored, stayed: stayed + done.stayed }
    context.audit({ entity: 'import', entityId: importId, after, reason })
    return after
  },
  'patient.listImports': async ({ db }) => ({
    imports: (await listImports(db, 'patient')).map((one) => ({
      id: one.id,
      rows: one.rows,
      user: one.name ?? '',
      at: one.imported_at,
      undone: one.undone_at !== null,
    })),
  }),
} satisfies HandlersOf<keyof typeof patientImportRoutes>
