// Writes what a list of procedures says anew, and takes it back.
import type { PatientId } from '#core/ids.ts'
import { addImport, type Changed, type Made, rememberList } from '#host/import/rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { addPast, openCasesOf, type PastOnFile, setPast } from '../history-rows.ts'
import type { HistoryList } from './read.ts'

/** A procedure before an import changed it. */
export type PastBefore = Omit<PastOnFile, 'id' | 'version'>

/** @returns the id of the import */
export async function writeHistory(context: CommandContext, list: HistoryList): Promise<string> {
  const { tx } = context
  await rememberList(tx, 'past_procedure', list)
  const { fresh, changed, unlisted, relisted, sha256, rows } = list
  const importId = context.newId<string>()
  const added = fresh.map(({ procedure }) => ({ id: context.newId<string>(), procedure }))
  const total = added.length
  for (let at = 0; at < total; at += 500) {
    await context.step(at, total)
    await addPast(tx, added.slice(at, at + 500), context)
  }
  const updates = [
    ...changed.map(({ before, procedure }) => ({ before, now: { ...procedure, isListed: true } })),
    ...unlisted.map((before) => ({ before, now: { ...before, isListed: false } })),
    ...relisted.map((before) => ({ before, now: { ...before, isListed: true } })),
  ]
  const kept: Changed<PastBefore>[] = []
  for (const { before, now } of updates) {
    const { id, version, ...was } = before
    await setPast(tx, before, now, context)
    kept.push({ id, version: version + 1, before: was })
  }
  const made: Made[] = added.map(({ id }) => ({ entity: 'past_procedure', id }))
  await addImport(tx, { id: importId, kind: 'past_procedure', sha256, rows, made, changed: kept }, context)
  await touch(
    context,
    [...fresh, ...changed].map(({ procedure }) => procedure.patientId),
  )
  return importId
}

/** Puts back what an import changed. @returns how many were, and how many stay as a later one left them */
export async function putHistoryBack(
  context: CommandContext,
  changed: readonly (Changed<PastBefore> & { versionNow: number | null })[],
): Promise<{ restored: number; stayed: number }> {
  let restored = 0
  for (const { id, version, versionNow, before } of changed) {
    if (version !== versionNow) continue
    await setPast(context.tx, { id, version }, before, context)
    restored += 1
  }
  await touch(
    context,
    changed.map(({ before }) => before.patientId),
  )
  return { restored, stayed: changed.length - restored }
}

/** What was done before goes into each open case. */
export async function touch(context: CommandContext, patients: readonly PatientId[]): Promise<void> {
  for (const id of await openCasesOf(context.tx, [...new Set(patients)])) context.touches(id)
}
