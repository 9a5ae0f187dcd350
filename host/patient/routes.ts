// Patients, coverages and the palette's search.
import type { patientRoutes } from '#core/contract/patient.ts'
import { formatDate, type IsoDate } from '#core/dates.ts'
import { AppError } from '#core/errors.ts'
import type { CaseId, CoverageId, PatientId } from '#core/ids.ts'
import { orderPlans } from '#core/coverage/order.ts'
import { nameKey, PLAN_ORDERS, sortNameOf, type PatientInput } from '#core/patient.ts'
import { listOpenCases, pageCases } from '#host/case/list-rows.ts'
import { mergePatients, previewMerge, unmergePatient } from './merge.ts'
import { restorePatient, voidPatient } from './void.ts'
import {
  addCoverage,
  addPatient,
  checkActive,
  countPatients,
  findGone,
  findTwin,
  getPatient,
  coverageById,
  glanceAt,
  holdingCoverages,
  patientsById,
  listSimilar,
  mergedInto,
  pagePatients,
  removeCoverage,
  setPlanOrder,
  standingOf,
  toPatient,
  updateCoverage,
  updatePatient,
} from './rows.ts'
import { queryTerms } from '#core/search-terms.ts'
import { casesOf, findEntities } from './search-rows.ts'
import { found } from '#host/kernel/versioned.ts'
import { invalid, refuse } from '#host/kernel/refuse.ts'
import type { CommandContext, HandlersOf } from '#host/kernel/context.ts'

export const patientHandlers = {
  'patient.list': async ({ db }, { text, standing, after, limit }) => {
    const terms = queryTerms(text)
    const find = async () => (await findEntities(db, terms, 200, 'patient')).map((hit) => hit.entityId)
    const ids = standing === 'gone' ? await findGone(db, text) : terms.length > 0 ? await find() : null
    const { rows, next } = await pagePatients(db, { standing, ids, after, limit })
    const seen = await glanceAt(
      db,
      rows.map((row) => row.id),
    )
    const total = ids ? ids.length : await countPatients(db)
    return {
      patients: rows.map((row) => ({
        ...toPatient(row),
        ...seen.get(row.id)!,
      })),
      next,
      total,
    }
  },
  'patient.get': async (context, { id }) => {
    const { db } = context
    const { rows } = await pageCases(db, {
      progress: null,
      state: 'all',
      patientId: id,
      ids: null,
      after: null,
      limit: 200,
    })
    const { standing, voidReason, mergedInto: intoId } = await standingOf(db, id)
    return {
      patient: await getPatient(db, id),
      standing,
      voidReason,
      mergedInto: intoId && (await getPatient(db, intoId)),
      merged: await mergedInto(db, id),
      coverages: await holdingCoverages(db, id),
      cases: rows.map((row) => ({ ...row, title: context.assets.guides.titleOf(row.title) })),
    }
  },
  'patient.add': async (context, { patient, addAnyway }) => {
    refuseUnborn(context, patient)
    if (!addAnyway) await askAboutTwin(context, patient, null)
    const id = context.newId<PatientId>()
    await addPatient(context.tx, id, patient, context)
    context.audit({ entity: 'patient', entityId: id, patientId: id, after: patient })
    return { id }
  },
  'patient.update': async (context, { id, version, patient, saveAnyway }) => {
    refuseUnborn(context, patient)
    await checkActive(context.tx, id)
    const before = await getPatient(context.tx, id)
    const isSame = nameKey(before) === nameKey(patient) && before.birthDate === patient.birthDate
    if (!saveAnyway && !isSame) await askAboutTwin(context, patient, id)
    await updatePatient(context.tx, id, version, patient, context)
    context.audit({ entity: 'patient', entityId: id, patientId: id, before, after: patient })
    // Age and, for a child, consent follow from the birth date; lists go by the name.
    if (!isSame || sortNameOf({ id, ...patient }) !== sortNameOf(before))
      for (const caseId of await listOpenCases(context.tx, id)) context.touches(caseId)
  },
  'patient.similar': async ({ db }, input) => ({ patients: await listSimilar(db, input) }),
  'patient.void': voidPatient,
  'patient.restore': restorePatient,
  'patient.mergePreview': previewMerge,
  'patient.merge': mergePatients,
  'patient.unmerge': unmergePatient,
  'coverage.add': async (context, { coverage }) => {
    await checkActive(context.tx, coverage.patientId)
    const id = context.newId<CoverageId>()
    await addCoverage(context.tx, id, coverage, context)
    context.audit({ entity: 'coverage', entityId: id, patientId: coverage.patientId, after: coverage })
    return { id }
  },
  'coverage.update': async (context, { id, version, coverage }) => {
    const before = await coverageById(context.tx, id)
    found(before.patientId === coverage.patientId ? before : undefined, 'coverage', id)
    await updateCoverage(context.tx, id, version, coverage, context)
    context.audit({ entity: 'coverage', entityId: id, patientId: coverage.patientId, before, after: coverage })
    // Approvals rest on the coverage they were given under.
    for (const caseId of await listOpenCases(context.tx, coverage.patientId)) context.touches(caseId)
  },
  'coverage.remove': async (context, { id, version, reason }) => {
    const before = await coverageById(context.tx, id)
    await removeCoverage(context.tx, before, version, context)
    context.audit({ entity: 'coverage', entityId: id, patientId: before.patientId, before, reason })
    for (const caseId of await listOpenCases(context.tx, before.patientId)) context.touches(caseId)
  },
  'coverage.setOrder': async (context, { patientId, coverages, reason }) => {
    const before = await holdingCoverages(context.tx, patientId)
    const seen = new Set(coverages.map(({ id }) => id))
    if (seen.size !== coverages.length || before.length !== seen.size || before.some(({ id }) => !seen.has(id)))
      refuse(['The patient’s plans changed meanwhile. Look at them again.'])
    await setPlanOrder(context.tx, coverages, context)
    context.audit({
      entity: 'patient',
      entityId: patientId,
      patientId,
      before: before.map(({ id, order }) => ({ id, order })),
      after: coverages.map(({ id }, at) => ({ id, order: PLAN_ORDERS[at]! })),
      reason,
    })
    for (const caseId of await listOpenCases(context.tx, patientId)) context.touches(caseId)
  },
  'cob.order': async (_context, facts) => orderPlans(facts),
  'search.find': async (context, { text, limit }) => {
    const { db } = context
    const hits = await findEntities(db, queryTerms(text), limit)
    const patientIds = [...new Set(hits.map((hit) => hit.patientId))]
    if (patientIds.length === 0) return { hits: [] }
    const patients = await patientsById(db, patientIds)
    const caseIds = hits.filter((hit) => hit.kind === 'case').map((hit) => hit.entityId as CaseId)
    const found = await casesOf(db, { caseIds, patientIds }, limit)
    const cases = found.filter(
      (row) =>
        caseIds.includes(row.id) ||
        (row.state === 'open' && hits.some((hit) => hit.kind === 'patient' && hit.patientId === row.patient_id)),
    )
    const name = (id: PatientId) => `${patients.get(id)!.lastName}, ${patients.get(id)!.firstName}`
    return {
      hits: [
        ...hits
          .filter((hit) => hit.kind === 'patient')
          .map((hit) => ({
            kind: 'patient' as const,
            patientId: hit.patientId,
            caseId: null,
            title: name(hit.patientId),
            detail: `born ${formatDate(patients.get(hit.patientId)!.birthDate)}`,
          })),
        ...cases.map((row) => ({
          kind: 'case' as const,
          patientId: row.patient_id,
          caseId: row.id,
          title: `${name(row.patient_id)}${row.tooth ? ` · #${row.tooth}` : ''} · ${row.main_code ?? context.assets.guides.titleOf(row.guide_id)}`,
          detail: row.status,
        })),
      ].slice(0, limit),
    }
  },
} satisfies HandlersOf<keyof typeof patientRoutes>

/** The same person twice splits a history: limits, money and letters would each see a half. */
async function askAboutTwin({ tx }: CommandContext, patient: PatientInput, except: PatientId | null): Promise<void> {
  const patientId = await findTwin(tx, patient, except)
  if (patientId === undefined) return
  const why = 'There is already a patient with this name and birth date.'
  throw new AppError('REFUSED', why, { reasons: [why], overridable: true, patientId })
}

/** Ages, limits and consent follow from the birth date. */
function refuseUnborn({ today }: { today: IsoDate }, { birthDate }: { birthDate: IsoDate }): void {
  if (birthDate > today) invalid('patient.birthDate', 'This day is in the future.')
}
