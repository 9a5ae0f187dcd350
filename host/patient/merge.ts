// Two entries of one person become one: all that belongs to the one moves to the other, and comes back exactly as it was.
import type { OutputOf } from '#core/contract/index.ts'
import type { PatientId } from '#core/ids.ts'
import type { Patient } from '#core/patient.ts'
import { type MergePlan, planMerge } from '#core/patient-merge.ts'
import { COVERED } from '#host/import/rows.ts'
import { pageCases } from '#host/case/list-rows.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import type { Reader } from '#host/kernel/store.ts'
import {
  casesOfPatient,
  handCases,
  isAstray,
  keepMoved,
  type Moved,
  pointCoverage,
  setPatientState,
  takeMoved,
  updateCoverageRow,
} from './merge-rows.ts'
import { coveragesByPatient, getPatient, holdingCoverages, indexPatients, standingOf, updatePatient } from './rows.ts'

interface Pair {
  from: Patient
  into: Patient
}
interface PairIds {
  fromId: PatientId
  intoId: PatientId
}

async function readPair(db: Reader, { fromId, intoId }: PairIds): Promise<Pair & { plan: MergePlan }> {
  const from = await getPatient(db, fromId)
  const into = await getPatient(db, intoId)
  const given = { from: await holdingCoverages(db, fromId), into: await holdingCoverages(db, intoId) }
  const plan = planMerge(from, into, given)
  for (const id of [fromId, intoId])
    if ((await standingOf(db, id)).standing !== 'active') plan.reasons.push('One of them is voided or merged already.')
  return { from, into, plan }
}

/** What would move, for looking at before. */
export async function previewMerge(
  { db, assets }: QueryContext,
  ids: PairIds,
): Promise<OutputOf<'patient.mergePreview'>> {
  const { from, into, plan } = await readPair(db, ids)
  const filter = { progress: null, state: 'all' as const, ids: null, after: null, limit: 200 }
  const { rows } = await pageCases(db, { ...filter, patientId: ids.fromId })
  const theirs = await holdingCoverages(db, ids.fromId)
  return {
    from,
    into,
    cases: rows.map((row) => ({ ...row, title: assets.guides.titleOf(row.title) })),
    coverages: plan.coverages.map(({ id, sameAs, order }) => ({
      coverage: theirs.find((one) => one.id === id)!,
      isSame: sameAs !== null,
      order,
    })),
    filled: Object.keys(plan.filled),
    reasons: plan.reasons,
  }
}

/** @throws CONFLICT when one of them was changed; REFUSED */
export async function mergePatients(
  context: CommandContext,
  seen: { from: { id: PatientId; version: number }; into: { id: PatientId; version: number } },
): Promise<void> {
  const { tx } = context
  const [fromId, intoId] = [seen.from.id, seen.into.id]
  const { from, into, plan } = await readPair(tx, { fromId, intoId })
  if (plan.reasons.length > 0) refuse(plan.reasons)
  const { id: _id, version: _version, ...known } = into
  const before = Object.fromEntries(Object.keys(plan.filled).map((key) => [key, known[key as keyof typeof known]]))
  const moved: Moved = { cases: [], coverages: [], pointed: [], filled: plan.filled, before }
  const all = (await coveragesByPatient(tx, [fromId])).get(fromId)!
  for (const { coverage } of all) {
    const planned = plan.coverages.find((one) => one.id === coverage.id)
    if (planned?.sameAs) {
      for (const table of COVERED) {
        const rows = await pointCoverage(tx, table, { from: coverage.id, to: planned.sameAs })
        if (rows.length > 0) moved.pointed.push({ table, rows, from: coverage.id, to: planned.sameAs })
      }
      continue
    }
    moved.coverages.push({ id: coverage.id, order: coverage.order })
    const ordinal = planned?.order ?? coverage.order
    await updateCoverageRow(tx, coverage.id, null, { patient_id: intoId, ordinal }, context)
  }
  moved.cases = (await casesOfPatient(tx, fromId)).map(({ id }) => id)
  await handCases(tx, moved.cases, intoId, context)
  const undoId = context.newId<string>()
  await keepMoved(tx, { id: undoId, action: 'patient.merge', moved }, context)
  const gone = { standing: 'merged' as const, merged_into: intoId, undo_id: undoId }
  await setPatientState(tx, fromId, seen.from.version, gone, context)
  await updatePatient(tx, intoId, seen.into.version, { ...known, ...plan.filled }, context)
  await settlePair(context, { fromId, intoId })
  context.audit({ entity: 'patient', entityId: fromId, patientId: intoId, before: from, after: { intoId, moved } })
}

/** Gives a merged patient everything back. @throws REFUSED when something that came since rests on it; CONFLICT */
export async function unmergePatient(
  context: CommandContext,
  { id: fromId, version }: { id: PatientId; version: number },
): Promise<void> {
  const { tx } = context
  const { standing, mergedInto: intoId, undoId } = await standingOf(tx, fromId)
  if (standing !== 'merged' || !intoId || !undoId) refuse(['This patient is not merged.'])
  if ((await standingOf(tx, intoId)).standing !== 'active')
    refuse(['The other patient was merged or voided since. Undo that first.'])
  const moved = await takeMoved(tx, undoId, context)
  await handCases(tx, moved.cases, fromId, context)
  for (const { id, order } of moved.coverages)
    await updateCoverageRow(tx, id, null, { patient_id: fromId, ordinal: order }, context)
  for (const { table, rows, from, to } of moved.pointed) await pointCoverage(tx, table, { from: to, to: from, rows })
  if (await isAstray(tx, [fromId, intoId]))
    refuse([
      'Since the merge a case was billed to a plan that belongs to the other entry. Change the plan of that case first.',
    ])
  await setPatientState(tx, fromId, version, { standing: 'active', merged_into: null, undo_id: null }, context)
  const { id: _id, version: current, ...now } = await getPatient(tx, intoId)
  const isAsFilled = (key: string) =>
    JSON.stringify(now[key as keyof typeof now]) === JSON.stringify(moved.filled[key as keyof typeof now])
  const back = Object.fromEntries(Object.entries(moved.before).filter(([key]) => isAsFilled(key)))
  await updatePatient(tx, intoId, current, { ...now, ...back }, context)
  await settlePair(context, { fromId, intoId })
  context.audit({ entity: 'patient', entityId: fromId, patientId: fromId, before: { intoId }, after: { moved } })
}

/** The words that find both, and what derives from all their cases: history, order of payment, names. */
async function settlePair(context: CommandContext, { fromId, intoId }: PairIds): Promise<void> {
  await indexPatients(context.tx, [fromId, intoId])
  for (const patientId of [fromId, intoId])
    for (const { id, state } of await casesOfPatient(context.tx, patientId)) if (state === 'open') context.touches(id)
}
