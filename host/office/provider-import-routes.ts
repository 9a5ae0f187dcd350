// Import of a list of dentists: preview, all or nothing, undone as a whole.
import type { providerImportRoutes } from '#core/contract/provider-import.ts'
import { doneOf, noteImport, noteUndone, refuseUndone } from '#host/import/done.ts'
import { changedBy, listImports, removeMade } from '#host/import/rows.ts'
import { shown, whyHeld } from '#host/import/shown.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { listFeeSchedules } from './fee-schedule-rows.ts'
import { type ProviderBefore, putProvidersBack, readProviders, writeProviders } from './provider-import.ts'

const nameOf = ({ lastName, firstName }: { lastName: string; firstName: string }) => `${lastName}, ${firstName}`

export const providerImportHandlers = {
  'provider.previewImport': async ({ db }, input) => {
    const read = await readProviders(db, input)
    const { fresh, changed, sha256: _, answers: _answers, ...list } = read
    return {
      ...list,
      ...shown(read),
      ready: fresh.length,
      fresh: fresh.map(({ row, provider }) => ({ row, name: nameOf(provider), npi: provider.npi })),
      changed: changed.map(({ row, before, changes }) => ({
        row,
        name: nameOf(before),
        changes: changes.map(({ label, from, to }) => ({ label, from, to })),
      })),
    }
  },
  'provider.import': async (context, { leaveOutProblems, ...input }) => {
    const list = await readProviders(context.tx, input)
    const why = whyHeld(list, { leaveOutProblems })
    if (why) refuse([why])
    const counts = { imported: list.fresh.length, changed: list.changed.length, duplicates: list.duplicates }
    const done = doneOf(list, counts)
    if (counts.imported + counts.changed === 0) return { importId: null, ...done }
    const importId = await writeProviders(context, list)
    noteImport(context, importId, list, counts)
    return { importId, ...done }
  },
  'provider.undoImport': async (context, { importId, reason }) => {
    await refuseUndone(context, 'provider', importId)
    const back = await putProvidersBack(context, await changedBy<ProviderBefore>(context.tx, 'provider', importId))
    const inContracts = (await listFeeSchedules(context.tx)).flatMap(({ members }) =>
      members.map(({ providerId }) => providerId),
    )
    const made = await removeMade(context.tx, importId, 'provider', ['case_file', 'code_decision'], inContracts)
    return noteUndone(context, { importId, reason }, made, back)
  },
  'provider.listImports': async ({ db }) => ({ imports: await listImports(db, 'provider') }),
} satisfies HandlersOf<keyof typeof providerImportRoutes>
