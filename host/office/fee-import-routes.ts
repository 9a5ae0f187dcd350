// Import of a list of fees: preview, all or nothing, undone as a whole.
import type { feeImportRoutes } from '#core/contract/fee-import.ts'
import { formatMoney } from '#core/money.ts'
import { doneOf, noteImport, noteUndone, refuseUndone } from '#host/import/done.ts'
import { changedBy, listImports, removeMade } from '#host/import/rows.ts'
import { MOST_SHOWN, shown, whyHeld } from '#host/import/shown.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { type FeesBefore, putFeesBack, readFeeList, writeFeeList } from './fee-import.ts'

export const feeImportHandlers = {
  'feeSchedule.previewImport': async ({ db }, input) => {
    const read = await readFeeList(db, input)
    const { fresh, changed, schedule, sha256: _, answers: _answers, ...list } = read
    return {
      ...list,
      ...shown(read),
      schedule: schedule?.name ?? input.into.name,
      ready: fresh.length,
      changing: changed.length,
      changed: changed.slice(0, MOST_SHOWN).map(({ row, code, from, cents }) => ({
        row,
        code,
        changes: [{ label: 'Fee', from: formatMoney(from), to: formatMoney(cents) }],
      })),
    }
  },
  'feeSchedule.import': async (context, { leaveOutProblems, ...input }) => {
    const list = await readFeeList(context.tx, input)
    const why = whyHeld(list, { leaveOutProblems })
    if (why) refuse([why])
    const counts = { imported: list.fresh.length, changed: list.changed.length, duplicates: list.duplicates }
    const done = doneOf(list, counts)
    if (counts.imported + counts.changed === 0) return { importId: null, ...done }
    const importId = await writeFeeList(context, list, input.into)
    noteImport(context, importId, list, counts)
    return { importId, ...done }
  },
  'feeSchedule.undoImport': async (context, { importId, reason }) => {
    await refuseUndone(context, 'fee_schedule', importId)
    const back = await putFeesBack(context, await changedBy<FeesBefore>(context.tx, 'fee_schedule', importId))
    const made = await removeMade(context.tx, importId, 'fee_schedule', ['plan'])
    return noteUndone(context, { importId, reason }, made, back)
  },
  'feeSchedule.listImports': async ({ db }) => ({ imports: await listImports(db, 'fee_schedule') }),
} satisfies HandlersOf<keyof typeof feeImportRoutes>
