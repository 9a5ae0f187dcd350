// Rows of an office's own log, written as patients, cases and authorizations like any other.
import { basisOf, TO_CHECK } from '#core/authorization/approval.ts'
import type { KnownPayer } from '#core/case/contents.ts'
import { withRules } from '#core/payer-rule/match.ts'
import { PLAN_ORDERS } from '#core/patient.ts'
import type { FiguredPayer } from '#core/payer-figures.ts'
import type { AuthorizationEvent } from '#core/authorization/schema.ts'
import { NOT_APPROVED } from '#core/authorization/request.ts'
import { authorizationLife, isApproved } from '#core/authorization/lifecycle.ts'
import { assumedValidity, expectedAnswer } from '#core/authorization/terms.ts'
import type { ImportedRow } from '#core/authorization-import/read-row.ts'
import type { AuthorizationId, CaseId, CoverageId, LineId, PatientId } from '#core/ids.ts'
import { addAuthorization, addAuthorizationLines, setApproval } from '../rows.ts'
import { openCases } from '#host/case/case-file.ts'
import { say } from '#host/case/finish.ts'
import { addLines } from '#host/case/line-rows.ts'
import { addCase, addDecision } from '#host/case/rows.ts'
import { Newcomers } from '#host/import/newcomers.ts'
import { addImport, rememberList } from '#host/import/rows.ts'
import { coveragesOf, listPeople } from '../import-rows.ts'
import { addCoverageRow, addPatientRow, indexPatients } from '#host/patient/rows.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import { learnAllTurnarounds } from '../list.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { together } from '#host/kernel/insert-rows.ts'
import { readSettings } from '#host/office/settings.ts'
import { applyChanges, BY_IMPORT, grantedAs } from './change.ts'
import { guideIdOf } from './newcomers.ts'
import { type SentClaim, writeSentClaim } from './claims.ts'
import type { ReadList } from './read.ts'
import type { ReadyRow } from './sort-rows.ts'

/** Rows of the list that are written together. */
const TOGETHER = 100
/** What a row of the list makes, parents first. */
const NEW_ROWS = [
  'patient',
  'coverage',
  'case_file',
  'code_decision',
  'procedure_line',
  'authorization',
  'authorization_line',
  'transition',
  'case_event',
] as const

/** Writes the new requests, applies the changes and remembers what was said about the list. @returns the id of the import */
export async function writeList(context: CommandContext, list: ReadList): Promise<string> {
  const { tx } = context
  await rememberList(tx, 'authorization', list)
  const importId = context.newId<string>()
  const newcomers = await Newcomers.of(context, BY_IMPORT, { isByGroup: false })
  /** By patient and payer. */
  const covered = new Map<string, CoverageId>()
  /** Orders of payment that a patient's plans have. */
  const orders = new Map<PatientId, string[]>()
  const newPeople = new Map<ReadyRow['person'], PatientId>()
  /** Patients who are to be found by other words now. */
  const changed = new Set<PatientId>()
  const users = new Map((await listPeople(tx)).map((user) => [user.name.toLowerCase(), user.id]))
  const approved = new Map<CaseId, { id: AuthorizationId; asked: Parameters<typeof basisOf>[1] }>()
  const guides = context.assets.guides.heads
  const { holidays } = await readSettings(context)
  const { ready } = list
  const all = [...ready, ...list.claims]
  const claims: SentClaim[] = []
  for (let from = 0; from < all.length; from += TOGETHER) {
    const requests = all.slice(from, from + TOGETHER)
    const known = requests.flatMap(([{ person }]) => (person.id ? [person.id as PatientId] : []))
    for (const { id, patient_id, payer_id, ordinal } of await coveragesOf(tx, [...new Set(known)])) {
      const place = `${patient_id} ${payer_id}`
      covered.set(place, covered.get(place) ?? id)
      orders.set(patient_id, [...(orders.get(patient_id) ?? []), ordinal])
    }
    await together(tx, NEW_ROWS, async () => {
      for (const [index, request] of requests.entries()) {
        await context.step(from + index, all.length)
        if (request[0].row.isClaim) claims.push(await writeCase(request, 'follow_up'))
        else await writeRequest(request)
      }
    })
    await indexPatients(tx, [...changed])
    changed.clear()
  }
  // What changes from now on makes it stale; what the list does not hold cannot have changed.
  const answered = [...approved.keys()]
  for (let from = 0; from < answered.length; from += TOGETHER) {
    await context.step(all.length, all.length)
    for (const file of await openCases(context, answered.slice(from, from + TOGETHER))) {
      const { id, asked } = approved.get(file.id)!
      await file.write(context, ['authorizations'], () => setApproval(tx, id, basisOf(file, asked)))
    }
  }
  for (const claim of claims) newcomers.note('claim', await writeSentClaim(context, claim))
  await learnAllTurnarounds(context)
  const changes = await applyChanges(context, list.changed)
  const rows = [...all, ...list.changed].flat().length
  await addImport(
    tx,
    { id: importId, kind: 'authorization', sha256: list.sha256, rows, made: newcomers.made, changed: changes },
    context,
  )
  return importId

  /** A case with its request. */
  async function writeRequest(rows: readonly [ReadyRow, ...ReadyRow[]]): Promise<void> {
    const [{ row }] = rows
    const { caseId, lines, coverage } = await writeCase(rows, 'authorization')
    const authorizationId = await writeAuthorization(caseId, row, { lines, coverage })
    if (isApproved(row.state)) {
      const asked = { lines: lines.map(({ line }) => line), coverageId: coverage?.id ?? null }
      approved.set(caseId, { id: authorizationId, asked })
    }
  }

  /** Rows under one number are the services of one case. */
  async function writeCase(rows: readonly [ReadyRow, ...ReadyRow[]], step: 'authorization' | 'follow_up') {
    const [{ row, person }] = rows
    const patientId = (person.id as PatientId | null) ?? newPeople.get(person) ?? (await newPatient(person))
    const coverage = row.payer === '' ? null : await coverageOf(patientId, row)
    const caseId = newcomers.note('case_file', context.newId<CaseId>())
    const guideId = guideIdOf(guides, row.code)
    const { tooth, area } = row
    await addCase(
      tx,
      caseId,
      {
        patientId,
        guideId,
        tooth,
        area,
        coverageId: coverage?.id ?? null,
        providerId: null,
        treatment: row.isClaim ? 'done' : 'planned',
      },
      context,
      { assigneeId: users.get(row.owner.toLowerCase()) ?? null, step },
    )
    await addDecision(
      tx,
      {
        id: context.newId<string>(),
        caseId,
        codes: [...new Set(rows.map((one) => one.row.code))],
        ruleId: null,
        providerId: null,
        overrideReason: BY_IMPORT,
      },
      context,
    )
    const lines = rows.map((one, index) => ({
      lineId: context.newId<LineId>(),
      line: {
        code: one.row.code,
        tooth: one.row.tooth,
        area: one.row.area,
        quantity: 1,
        feeCents: one.row.feeCents,
        visitId: null,
        role: index === 0 ? ('main' as const) : ('additional' as const),
        surfaces: '',
        serviceDate: one.row.isClaim ? one.row.serviceDate : null,
        note: '',
      },
      row: one.row,
    }))
    const ids = lines.map(({ lineId }) => lineId)
    await addLines(
      tx,
      caseId,
      lines.map(({ line }) => line),
      () => ids.shift()!,
    )
    await say(context, { id: caseId }, { kind: step === 'follow_up' ? 'claim' : 'authorization', text: BY_IMPORT })
    context.touches(caseId)
    return { caseId, lines, coverage, row }
  }

  async function newPatient(person: ReadyRow['person']): Promise<PatientId> {
    const id = newcomers.note('patient', context.newId<PatientId>())
    const { lastName, firstName, birthDate } = person
    const blank = {
      gender: 'U' as const,
      address: NOWHERE,
      phone: '',
      mobile: '',
      email: '',
      guarantor: '',
      externalId: '',
      note: '',
    }
    await addPatientRow(tx, id, { lastName, firstName, birthDate, ...blank }, context)
    changed.add(id)
    newPeople.set(person, id)
    return id
  }

  /** The patient's coverage with this payer; made when there is none. */
  async function coverageOf(patientId: PatientId, row: ImportedRow) {
    const payer = await newcomers.payerOf(row.payer)
    const place = `${patientId} ${payer.id}`
    const there = covered.get(place)
    if (there) return { id: there, payer }
    const planId = await newcomers.planOf(payer.id)
    const id = newcomers.note('coverage', context.newId<CoverageId>())
    const { lastName, firstName, birthDate } = row
    const taken = orders.get(patientId) ?? []
    const order = PLAN_ORDERS.find((one) => !taken.includes(one)) ?? 'fourth'
    orders.set(patientId, [...taken, order])
    covered.set(place, id)
    changed.add(patientId)
    await addCoverageRow(
      tx,
      id,
      {
        patientId,
        planId,
        order,
        memberId: row.memberId || TO_CHECK,
        relation: 'self',
        subscriber: { lastName, firstName, birthDate, gender: 'U', employer: '', address: NOWHERE },
        validFrom: null,
        validTo: null,
      },
      context,
    )
    return { id, payer }
  }

  /** What was answered before the import says nothing yet of how long its rows take. */
  function figured(payer: KnownPayer): FiguredPayer {
    return { ...withRules(payer, context.assets.programs, null), ownAnswerDays: null, ownAnswers: 0 }
  }

  async function writeAuthorization(
    caseId: CaseId,
    row: ImportedRow,
    {
      lines,
      coverage,
    }: {
      lines: readonly { lineId: LineId; row: ImportedRow }[]
      coverage: Awaited<ReturnType<typeof coverageOf>> | null
    },
  ): Promise<AuthorizationId> {
    const id = newcomers.note('authorization', context.newId<AuthorizationId>())
    const { state } = row
    const kind = row.kind ?? 'required'
    const granted = state === 'approved' || state === 'approved_modified' || state === 'expired' || state === 'used'
    const validFrom = granted ? (row.validFrom ?? row.decidedOn) : row.validFrom
    const payer = coverage && figured(coverage.payer)
    const assumed = granted && !row.validTo && validFrom ? assumedValidity(validFrom, payer, kind) : null
    const expected = row.sentOn && !row.expectedOn ? expectedAnswer(row.sentOn, payer, kind, holidays) : null
    const from = 'From the office’s list'
    const request = { id, caseId, kind, coverageId: coverage?.id ?? null, state }
    await addAuthorization(tx, request, context, {
      reference: row.reference,
      sent_on: row.sentOn,
      expected_on: row.expectedOn ?? expected?.on ?? null,
      expected_basis: row.expectedOn ? from : (expected?.basis ?? ''),
      info_due_on: row.infoDueOn,
      decided_on: state === 'submitted' || state === 'info_requested' ? null : row.decidedOn,
      valid_from: validFrom,
      valid_to: row.validTo ?? assumed?.on ?? null,
      valid_basis: row.validTo ? from : (assumed?.basis ?? ''),
      patient_called_on: row.patientCalledOn,
      booked_for: row.bookedFor,
      note: row.note,
    })
    const asked = lines.map(({ lineId, row: { code, tooth, area, feeCents, approvedCents } }) => ({
      lineId,
      code,
      tooth,
      area,
      quantity: 1,
      feeCents,
      ...(granted ? grantedAs({ code, tooth }, approvedCents) : NOT_APPROVED),
    }))
    await addAuthorizationLines(tx, id, asked, () => context.newId<string>())
    let at: keyof typeof authorizationLife.table = 'drafting'
    for (const [event, on] of historyOf(row, context.today)) {
      const to: keyof typeof authorizationLife.table = (authorizationLife.table as Steps)[at][event]!
      const step = { caseId, entity: 'authorization' as const, entityId: id, event }
      await addTransition(context, { ...step, from: at, to, on, note: BY_IMPORT })
      at = to
    }
    return id
  }
}
type Steps = Record<
  keyof typeof authorizationLife.table,
  Partial<Record<AuthorizationEvent, keyof typeof authorizationLife.table>>
>

const NOWHERE = { street: '', city: '', state: '', zip: '' }
/** The steps of the table that lead to the state; a step whose day the list does not hold is dated today. */
function historyOf(row: ImportedRow, today: string): [AuthorizationEvent, string][] {
  const sent: [AuthorizationEvent, string] = ['submit', row.sentOn ?? today]
  const decided = row.decidedOn ?? today
  switch (row.state) {
    case 'not_required':
      return [['find_not_required', today]]
    case 'submitted':
      return [sent]
    case 'info_requested':
      return [sent, ['request_info', today]]
    case 'approved':
    case 'approved_modified':
      return [sent, [row.state === 'approved' ? 'approve' : 'approve_modified', decided]]
    case 'denied':
      return [sent, ['deny', decided]]
    case 'appealed':
      return [sent, ['deny', decided], ['appeal', today]]
    case 'expired':
      return [sent, ['approve', decided], ['expire', today]]
    case 'used':
      return [sent, ['approve', decided], ['use', today]]
    case 'withdrawn':
      return [['withdraw', today]]
    default:
      return []
  }
}
