// Rows of the authorization worklists in words, figures over what was decided, and how long payers take.
import { describeClock, bucketOf } from '#core/case/clock-words.ts'
import { figuresOf, type DecidedRequest } from '#core/authorization/figures.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import { type Answered, medianAnswerDays, turnaroundOf } from '#core/authorization/turnaround.ts'
import { listsOf, sentBetween } from '#core/authorization/worklist.ts'
import type { Clock } from '#core/case/deadlines.ts'
import type { OutputOf } from '#core/contract/index.ts'
import type { WorklistFilter, WorklistRow } from '#core/contract/worklist.ts'
import { daysBetween, type IsoDate } from '#core/dates.ts'
import type { PayerId, UserId } from '#core/ids.ts'
import type { Payer } from '#core/patient.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { answersOf, decidedBetween } from './figure-rows.ts'
import type { WorklistFilter as SqlFilter, WorklistRecord } from './worklist-rows.ts'
import { readSettings } from '#host/office/settings.ts'

type Db = Reader | Writer

/** Whose rows are wanted: undefined for everybody's, null for nobody's. */
export function assigneeOf(assignee: WorklistFilter['assignee'], me: UserId): UserId | null | undefined {
  return assignee === 'me' ? me : assignee === 'none' ? null : assignee
}

/** The filter of the contract as the repository knows it. */
export function sqlFilter(
  { age, assignee, ...filter }: WorklistFilter,
  today: IsoDate,
  me: UserId,
): Omit<SqlFilter, 'list'> {
  return {
    ...filter,
    today,
    assigneeId: assigneeOf(assignee, me),
    ...(age ? { sent: age === 'unsent' ? ('never' as const) : sentBetween(age, today) } : {}),
  }
}

/** A record in words for `today`. */
export function toWorklistRow(row: WorklistRecord, today: IsoDate, holidays: readonly IsoDate[]): WorklistRow {
  const clock = clockOf(row)
  const words = clock && describeClock(clock, today, holidays)
  return {
    id: row.id,
    authorizationId: row.authorization_id,
    caseId: row.case_id,
    version: row.version,
    patientName: `${row.last_name}, ${row.first_name}`,
    tooth: row.tooth,
    area: row.area,
    code: row.main_code,
    payerName: row.payer_name,
    providerName: row.provider_name,
    assigneeName: row.assignee_name,
    kind: row.kind,
    state: row.state,
    sentOn: row.sent_on,
    ageDays: row.sent_on ? daysBetween(row.sent_on, today) : null,
    expectedOn: row.expected_on,
    infoDueOn: row.info_due_on,
    decidedOn: row.decided_on,
    validTo: row.valid_to,
    patientCalledOn: row.called_on,
    lastVisitOn: row.last_visit_on,
    reference: row.reference ?? '',
    snoozedUntil: row.snoozed_until,
    lists: listsOf(
      {
        state: row.state as AuthorizationState,
        treatment: row.treatment as 'planned',
        caseState: 'open',
        answerDueOn: row.answer_due_on,
        validTo: row.valid_to,
        patientCalledOn: row.called_on,
        lastVisitOn: row.last_visit_on,
        isStale: row.stale === 1,
      },
      today,
    ),
    reason: words?.reason ?? 'Nothing due',
    source: words?.source ?? '',
    action: words?.action ?? 'Open',
    step: clock?.step ?? 'authorization',
    deadline: words?.deadline ?? null,
    bucket: (clock && words && bucketOf(clock, words.deadline, today)) ?? 'later',
  }
}

function clockOf(row: WorklistRecord): Clock | null {
  if (!row.clock_kind || !row.due_on || !row.params_json || !row.step) return null
  return {
    key: row.clock_key ?? '',
    kind: row.clock_kind as Clock['kind'],
    dueOn: row.due_on,
    params: JSON.parse(row.params_json) as Clock['params'],
    step: row.step as Clock['step'],
    waiting: row.waiting === 1,
    assigneeId: row.assignee_id,
    taskId: null,
    authorizationId: row.authorization_id,
  }
}

/** Rates by payer and code of what was decided in the period, and each payer's usual days. */
export async function authorizationFigures(
  db: Db,
  period: { from: IsoDate; to: IsoDate },
  holidays: readonly IsoDate[],
): Promise<OutputOf<'authorization.figures'>> {
  const requests = await decidedBetween(db, period)
  const payers = await db
    .selectFrom('payer')
    .select(['id', 'name', 'usual_answer_days', 'source'])
    .orderBy('name')
    .execute()
  const turnaround = []
  for (const payer of payers) {
    const { days, answers } = await ownTurnaround(db, payer.id, holidays)
    if (answers === 0 && payer.usual_answer_days === null) continue
    turnaround.push({
      payerId: payer.id,
      payerName: payer.name,
      onFileDays: payer.usual_answer_days,
      onFileSource: payer.source,
      ownDays: days,
      answers,
    })
  }
  return { rows: figuresOf(requests satisfies DecidedRequest[], holidays), turnaround }
}

/** Keeps what a payer's latest answers say, so that every clock need not count them again. */
export async function learnTurnaround(tx: Writer, payerId: PayerId, holidays: readonly IsoDate[]): Promise<void> {
  const { days, answers } = await ownTurnaround(tx, payerId, holidays)
  await tx.updateTable('payer').set({ own_answer_days: days, own_answers: answers }).where('id', '=', payerId).execute()
}

/** After an import came in or was taken back: it holds answers of many payers. */
export async function learnAllTurnarounds(tx: Writer): Promise<void> {
  const { holidays } = await readSettings(tx)
  for (const { id } of await tx.selectFrom('payer').select('id').execute()) await learnTurnaround(tx, id, holidays)
}

/** The payer with the figure that counts: its own history once there are enough answers. */
export async function withOwnTurnaround(db: Db, payer: Payer): Promise<Payer> {
  const own = await db
    .selectFrom('payer')
    .select(['own_answer_days', 'own_answers'])
    .where('id', '=', payer.id)
    .executeTakeFirstOrThrow()
  const { days, basis } = turnaroundOf(
    { days: own.own_answer_days, answers: own.own_answers },
    { days: payer.usualAnswerDays, source: payer.source },
  )
  return { ...payer, usualAnswerDays: days, source: basis }
}

/** How long a payer took for the office's own latest requests, in business days. */
export async function ownTurnaround(
  db: Db,
  payerId: PayerId,
  holidays: readonly IsoDate[],
): Promise<{ days: number | null; answers: number }> {
  const answers: Answered[] = await answersOf(db, payerId)
  return { days: medianAnswerDays(answers, holidays), answers: answers.length }
}
