// People of a practice system's list, written as patients with their plans; what is new of those on file is applied.
import { TO_CHECK } from '#core/authorization/approval.ts'
import type { Listed, SaidPlan } from '#core/patient-import/families.ts'
import { freeOrder, type PlanWork, subscriberOf } from '#core/patient-import/plans.ts'
import type { CoverageId, PatientId } from '#core/ids.ts'
import type { PatientInput, PaymentOrder } from '#core/patient.ts'
import type { Changed } from '#host/import/rows.ts'
import { addImport, rememberList } from '#host/import/rows.ts'
import { Newcomers } from '#host/import/newcomers.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { together } from '#host/kernel/insert-rows.ts'
import { keepSaid, type PersonBefore } from '../import-rows.ts'
import { casesOfPatient, updateCoverageRow } from '../merge-rows.ts'
import {
  addCoverageRow,
  addPatientRow,
  coveragesByPatient,
  getPatient,
  indexPatients,
  subscriberColumns,
  updatePatient,
} from '../rows.ts'
import { changedIn, type ChangedPerson, type ReadPractice } from './read.ts'

const BY_IMPORT = 'Imported from the practice system’s list'
/** People who are written together. */
const TOGETHER = 100
const NEW_ROWS = ['patient', 'coverage'] as const

/** Writes the new people, applies the changes and keeps what the list said. @returns the id of the import */
export async function writePractice(context: CommandContext, list: ReadPractice): Promise<string> {
  const { tx } = context
  await rememberList(tx, 'patient', list)
  const importId = context.newId<string>()
  const newcomers = await Newcomers.of(context, BY_IMPORT, { isByGroup: true })
  const said: { id: PatientId; listed: Listed }[] = list.known.map(({ before, listed }) => ({ id: before.id, listed }))
  const changing = changedIn(list)
  const total = list.fresh.length + changing.length
  for (let from = 0; from < list.fresh.length; from += TOGETHER) {
    const ids: PatientId[] = []
    await together(tx, NEW_ROWS, async () => {
      for (const [index, { listed }] of list.fresh.slice(from, from + TOGETHER).entries()) {
        await context.step(from + index, total)
        const id = newcomers.note('patient', context.newId<PatientId>())
        await addPatientRow(tx, id, patientOf(listed), context)
        await addPlans(id, listed)
        said.push({ id, listed })
        ids.push(id)
      }
    })
    await indexPatients(tx, ids)
  }
  const changed: Changed<PersonBefore>[] = []
  for (const [index, one] of changing.entries()) {
    await context.step(list.fresh.length + index, total)
    changed.push(await change(one))
    if (index % TOGETHER === TOGETHER - 1) await context.settle(list.fresh.length + index + 1, total)
  }
  await keepSaid(tx, said, context.today)
  const { sha256, rows } = list
  const { made } = newcomers
  if (made.length + changed.length > 0)
    await addImport(tx, { id: importId, kind: 'patient', sha256, rows, made, changed }, context)
  return importId

  async function addPlans(patientId: PatientId, listed: Listed): Promise<void> {
    const orders = new Set<PaymentOrder>()
    for (const plan of listed.plans) {
      const order = freeOrder(plan.order, orders)
      orders.add(order)
      await addPlan(patientId, listed, { plan, order })
    }
  }

  async function addPlan(
    patientId: PatientId,
    patient: Pick<PatientInput, 'lastName' | 'firstName' | 'birthDate' | 'gender' | 'address'>,
    { plan, order }: { plan: SaidPlan; order: PaymentOrder },
  ): Promise<void> {
    const payer = await newcomers.payerOf(plan.payer, plan.payerCode)
    const planId = await newcomers.planOf(payer.id, plan.groupNumber)
    const id = newcomers.note('coverage', context.newId<CoverageId>())
    const { memberId, relation, validFrom, validTo } = plan
    const subscriber = subscriberOf(plan, patient)
    const coverage = {
      patientId,
      planId,
      order,
      memberId: memberId || TO_CHECK,
      relation,
      subscriber,
      validFrom,
      validTo,
    }
    await addCoverageRow(tx, id, coverage, context)
  }

  /** @returns how the person was, to be put back */
  async function change(one: ChangedPerson): Promise<Changed<PersonBefore>> {
    const { id, version, ...patient } = one.before
    const coverages: PersonBefore['coverages'] = []
    for (const work of one.plans) {
      if (work.do === 'add') await addPlan(id, one.patient, work)
      else coverages.push(await setPlan(work))
    }
    await updatePatient(tx, id, version, one.patient, context)
    await touchCases(context, id)
    const { version: after } = await getPatient(tx, id)
    return { id, version: after, before: { patient, listed: one.last, coverages } }
  }

  async function setPlan({ coverage, set }: PlanWork & { do: 'set' }): Promise<PersonBefore['coverages'][number]> {
    const { id, version, memberId, validFrom, validTo, order, relation, subscriber } = coverage
    await updateCoverageRow(tx, id, version, columnsOf({ ...coverage, ...set }), context)
    return { id, version: version + 1, before: { memberId, validFrom, validTo, order, relation, subscriber } }
  }
}

const columnsOf = ({ relation, subscriber, ...rest }: PersonBefore['coverages'][number]['before']) => ({
  member_id: rest.memberId,
  valid_from: rest.validFrom,
  valid_to: rest.validTo,
  ordinal: rest.order,
  relation,
  ...subscriberColumns(subscriber),
})

/** What the plans and the person say goes into each open case. */
async function touchCases(context: CommandContext, id: PatientId): Promise<void> {
  for (const one of await casesOfPatient(context.tx, id)) if (one.state === 'open') context.touches(one.id)
}

const patientOf = ({ plans: _, ...patient }: Listed): PatientInput => patient

/** Puts people back as they were; who was edited since stays. @returns how many were, and how many stay */
export async function putBack(
  context: CommandContext,
  changed: readonly (Changed<PersonBefore> & { versionNow: number | null })[],
): Promise<{ restored: number; stayed: number }> {
  const { tx } = context
  let restored = 0
  const coverages = await coveragesByPatient(
    tx,
    changed.map(({ id }) => id as PatientId),
  )
  for (const [index, { version, versionNow, before, ...one }] of changed.entries()) {
    await context.step(index, changed.length)
    const id = one.id as PatientId
    const isAsLeft = (was: PersonBefore['coverages'][number]) =>
      coverages.get(id)?.some(({ coverage }) => coverage.id === was.id && coverage.version === was.version)
    if (version !== versionNow || !before.coverages.every(isAsLeft)) continue
    for (const coverage of before.coverages)
      await updateCoverageRow(tx, coverage.id, coverage.version, columnsOf(coverage.before), context)
    await updatePatient(tx, id, version, before.patient, context)
    await keepSaid(tx, [{ id, listed: before.listed }], context.today)
    await touchCases(context, id)
    restored += 1
  }
  return { restored, stayed: changed.length - restored }
}
