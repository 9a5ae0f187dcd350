// After every command on a case: its status, step, clocks and search words are derived anew, in the same transaction.
import type { Assets } from '#core/assets.ts'
import { deadlineOf } from '#core/appeal/deadline.ts'
import type { AppealLevel } from '#core/appeal/schema.ts'
import { isApproved, standing } from '#core/authorization/lifecycle.ts'
import { isDraft } from '#core/authorization/request.ts'
import type { Authorization, AuthorizationState } from '#core/authorization/schema.ts'
import { ApprovalBasis, isOtherDentist, OTHER_DENTIST } from '#core/authorization/stale.ts'
import { checkAgainstClaim } from '#core/authorization/terms.ts'
import { turnaroundOf } from '#core/authorization/turnaround.ts'
import { clocksOf, type CaseSnapshot } from '#core/case/deadlines.ts'
import { readinessOf } from '#core/case/readiness.ts'
import { progressOf, statusOf } from '#core/case/steps.ts'
import { addDays, type IsoDate } from '#core/dates.ts'
import type { CaseId, CoverageId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { listAuthorizations } from '#host/authorization/rows.ts'
import { type CaseRecord, getCase, setDerived } from './rows.ts'
import { indexTerms, termsOf } from '#host/patient/search-rows.ts'
import { replaceClocks } from './task-rows.ts'
import { replaceWork, workRows } from '#host/authorization/worklist-rows.ts'
import { basisOf, checkStale } from '#host/authorization/approval.ts'
import { type CaseDecisions, loadDecisions, serviceOf, settledOf } from '#host/remittance/decisions.ts'
import { localDate } from '#host/kernel/clock.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { type Documentation, loadDocumentation } from './documentation.ts'
import { followCase } from '#host/authorization/follow.ts'
import { readSettings } from '#host/office/settings.ts'
import { payerOf } from '#host/remittance/remittances.ts'

type Db = Reader | Writer
/** What deriving needs; both command and query contexts have it. */
export interface DeriveContext {
  today: IsoDate
  assets: Assets
}

/** Call it last in every command that touches a case. */
export async function refreshCase(
  context: Pick<CommandContext, 'tx' | 'today' | 'assets'>,
  caseId: CaseId,
): Promise<void> {
  const { tx } = context
  const record = await getCase(tx, caseId)
  const documentation = await loadDocumentation(tx, record, context)
  const { lines, decision } = documentation
  const requests = await authorizationRows(tx, caseId)
  if (requests.some((row) => isDraft(row.state as AuthorizationState))) await followCase(tx, caseId)
  for (const row of requests)
    await checkStale(tx, row, await basisOf(tx, record, { lines, coverageId: row.coverage_id }), context.today)
  const decided = await loadDecisions(tx, context.assets.reasons, record)
  const snapshot = await loadSnapshot(tx, record, documentation, decided)
  const mainCode = decision?.codes[0] ?? lines.find((line) => line.role === 'main')?.code ?? null
  await setDerived(tx, caseId, {
    main_code: lines.filter((line) => line.role === 'main').at(-1)?.code ?? mainCode,
    status: statusOf(snapshot),
    progress: progressOf(snapshot),
    fee_cents: lines.reduce((sum, line) => sum + line.feeCents * line.quantity, 0),
  })
  const clocks = clocksOf(snapshot)
  const { sort_name: sortName } = await tx
    .selectFrom('patient')
    .select('sort_name')
    .where('id', '=', record.patient_id)
    .executeTakeFirstOrThrow()
  const payerId = (await payerOf(tx, record.coverage_id))?.id ?? null
  const asked = new Map(snapshot.authorizations.map((one) => [one.id, one.payerId]))
  const file = { id: caseId, payerId, asked, providerId: record.provider_id, sortName }
  await replaceClocks(tx, file, clocks)
  await replaceWork(tx, caseId, workRows(file, snapshot, clocks))
  const references = await tx.selectFrom('authorization').select('reference').where('case_id', '=', caseId).execute()
  const codes = [...lines.map((line) => line.code), ...(decision?.codes ?? [])]
  const terms = termsOf(
    ...codes,
    ...references.map((row) => row.reference),
    ...decided.claims.flatMap((claim) => [claim.number, claim.payerClaimNumber]),
  )
  await indexTerms(tx, 'case', caseId, record.patient_id, [
    ...terms,
    ...(record.tooth ? [`tooth${record.tooth.toLowerCase()}`] : []),
  ])
}

async function authorizationRows(db: Db, caseId: CaseId) {
  return db.selectFrom('authorization').selectAll().where('case_id', '=', caseId).orderBy('created_at').execute()
}

/** The payers behind these coverages. */
async function listCoveragePayers(db: Db, coverageIds: readonly (CoverageId | null)[]) {
  const ids = [...new Set(coverageIds)].filter((id) => id !== null)
  if (ids.length === 0) return []
  return (
    db
      .selectFrom('coverage')
      // Left joins keep SQLite from starting with the payers, which lead to every coverage.
      .leftJoin('plan', 'plan.id', 'coverage.plan_id')
      .leftJoin('payer', 'payer.id', 'plan.payer_id')
      .select(['coverage.id as coverageId', 'payer.id', 'payer.usual_answer_days', 'payer.timely_filing_days'])
      .select(['payer.name', 'payer.appeal_days', 'payer.source', 'payer.own_answer_days', 'payer.own_answers'])
      .where('coverage.id', 'in', ids)
      .execute()
  )
}

/** Why a claim being prepared does not fit the approval: date, code, tooth, quantity, dentist. */
function mismatchesOf(
  authorization: Authorization,
  approvalJson: string | null,
  { lines, providerId }: { lines: Documentation['lines']; providerId: string | null },
): string[] {
  if (!isApproved(authorization.state)) return []
  const billed = lines.filter((line) => line.serviceDate !== null)
  const basis = approvalJson === null ? null : ApprovalBasis.parse(JSON.parse(approvalJson))
  return [
    ...checkAgainstClaim(authorization, billed).map((one) => one.message),
    ...(basis && isOtherDentist(basis, providerId) ? [`${OTHER_DENTIST}.`] : []),
  ]
}

/** The day the present draft was begun: anew when a denied or expired request is prepared again. */
function draftedOn({ history }: Authorization, createdAt: string): IsoDate {
  const begun = standing(history).filter((step) => step.to === 'drafting')
  return begun.at(-1)?.on ?? localDate(createdAt)
}

/** Everything the status and the clocks depend on, read from the tables. */
export async function loadSnapshot(
  db: Db,
  record: CaseRecord,
  documentation: Documentation,
  decided: CaseDecisions,
): Promise<CaseSnapshot> {
  const caseId = record.id
  const { visits, lines, decision, checks } = documentation
  const authorizations = await authorizationRows(db, caseId)
  const claims = [...decided.claims].reverse()
  const payers = await listCoveragePayers(db, [
    record.coverage_id,
    ...authorizations.map((row) => row.coverage_id),
    ...claims.map((claim) => claim.coverageId),
  ])
  const payer = payers.find((one) => one.coverageId === record.coverage_id)
  const usualDaysOf = (coverageId: string | null) => {
    const asked = payers.find((one) => one.coverageId === coverageId)
    const own = { days: asked?.own_answer_days ?? null, answers: asked?.own_answers ?? 0 }
    return turnaroundOf(own, { days: asked?.usual_answer_days ?? null, source: asked?.source ?? '' }).days
  }
  const readiness = (stage: 'authorization' | 'claim') => readinessOf(stage, documentation.itemsOf(stage), visits)
  const requested = await listAuthorizations(db, { caseId })
  const requestOf = (id: string) => requested.find((one) => one.id === id)!
  const prepared = claims.some((claim) => claim.state === 'draft' || claim.state === 'rejected')
  const posted = [...decided.decisions].sort((a, b) => (a.enteredAt + a.id < b.enteredAt + b.id ? -1 : 1))
  // “We have this claim already” says nothing anew where a decision stands.
  const remittances = posted.filter(
    (one, at) => one.outcome !== 'repeated' || !posted.slice(0, at).some(({ claimId }) => claimId === one.claimId),
  )
  const { services, isOpen, isUnsent } = settledOf(record, lines, decided)
  const appeals = await db
    .selectFrom('appeal')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('created_at')
    .execute()
  const tasks = await db
    .selectFrom('task')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('done_at', 'is', null)
    .execute()
  const firstService = lines.flatMap((line) => line.serviceDate ?? []).sort()[0]
  const timelyFilingOn =
    payer?.timely_filing_days && firstService ? addDays(firstService, payer.timely_filing_days) : null
  const appealUntil = ({ coverageId, eobDate, appealDaysOnLetter }: (typeof remittances)[number]) => {
    const paying = payers.find((one) => one.coverageId === coverageId)
    const figure = { name: paying?.name ?? '', appealDays: paying?.appeal_days ?? null, source: paying?.source ?? '' }
    return deadlineOf({ eobDate, daysOnLetter: appealDaysOnLetter, payer: figure }).on
  }
  return {
    state: record.state,
    // The office's day: an evening in California is the next day in UTC.
    createdOn: localDate(record.created_at),
    treatment: record.treatment,
    assigneeId: record.assignee_id,
    snoozedUntil: record.snoozed_until,
    snoozedOn: record.snoozed_on,
    decided: decision !== undefined,
    confirmed: (decision?.provider ?? null) !== null,
    hasLines: lines.length > 0,
    visits,
    readiness: { authorization: readiness('authorization'), claim: readiness('claim') },
    need: checks.find((check) => check.kind === 'authorization_need')?.answer ?? 'unknown',
    authorizations: authorizations.map((row) => ({
      id: row.id,
      payerId: payers.find((one) => one.coverageId === row.coverage_id)?.id ?? null,
      kind: row.kind,
      state: row.state as CaseSnapshot['authorizations'][number]['state'],
      createdOn: draftedOn(requestOf(row.id), row.created_at),
      sentOn: row.sent_on,
      expectedOn: row.expected_on,
      expectedBasis: row.expected_basis,
      usualDays: usualDaysOf(row.coverage_id),
      infoDueOn: row.info_due_on,
      decidedOn: row.decided_on,
      validTo: row.valid_to,
      validBasis: row.valid_basis,
      patientCalledOn: row.patient_called_on,
      bookedFor: row.booked_for,
      stale:
        row.stale_since && row.stale_json
          ? { since: row.stale_since, reasons: JSON.parse(row.stale_json) as string[] }
          : null,
      changesOpen: row.state === 'approved_modified' && row.changes_answer === null,
      mismatches: prepared
        ? mismatchesOf(requestOf(row.id), row.approval_json, { lines, providerId: record.provider_id })
        : [],
    })),
    isOpen,
    isUnsent,
    claims: claims.map((claim) => ({
      id: claim.id,
      isOpen: claim.lines.some((line) => services.has(serviceOf(line))),
      state: claim.state,
      replacesId: claim.replacesId,
      sentOn: claim.sentOn,
      timelyFilingOn,
    })),
    remittances: remittances.map((one) => ({
      id: one.id,
      claimId: one.claimId,
      outcome: one.outcome,
      eobDate: one.eobDate,
      informationDueOn: one.informationDueOn,
      isOpen: one.lines.some((line) => services.has(line.service)),
      ...(one.outcome === 'denied' && { appealUntil: appealUntil(one) }),
    })),
    appeals: appeals.map((row) => ({
      id: row.id,
      claimId: row.claim_id,
      level: row.level as AppealLevel,
      state: row.state as CaseSnapshot['appeals'][number]['state'],
      deadlineOn: row.deadline_on,
      sentOn: row.sent_on,
      decidedOn: row.decided_on,
      nextDays: row.next_days,
      deadlineSource: row.deadline_json ? (JSON.parse(row.deadline_json) as { source: string }).source : '',
    })),
    tasks: tasks.map((row) => ({ id: row.id, title: row.title, dueOn: row.due_on, assigneeId: row.assignee_id })),
    holidays: (await readSettings(db)).holidays,
  }
}
