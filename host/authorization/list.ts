// Rows of the authorization worklists in words, figures over what was decided, and how long payers take.
import { formOf } from '#core/case/actions.ts'
import { describeClock } from '#core/case/clock-words.ts'
import { bucketOf, countsOn } from '#core/case/urgency.ts'
import type { Assets } from '#core/assets.ts'
import { withRules } from '#core/payer-rule/match.ts'
import { answerFigures, type DecidedRequest } from '#core/authorization/figures.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import { type Answered, medianAnswerDays } from '#core/authorization/turnaround.ts'
import { listsOf, sentBetween } from '#core/authorization/worklist.ts'
import type { Clock } from '#core/case/clocks.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import type { WorklistFilter, WorklistRow } from '#core/contract/today.ts'
import { daysBetween, type IsoDate } from '#core/dates.ts'
import { figuresOf } from '#core/payer-figures.ts'
import type { PayerId, UserId } from '#core/ids.ts'
import type { Reader, Writer } from '#host/kernel/store.ts'
import { rereadAll } from '#host/case/case-file.ts'
import { caseLabel } from '#host/case/list-rows.ts'
import { toClock } from '#host/case/task-rows.ts'
import { listKnownPayers, listPayers } from '#host/office/rows.ts'
import { answersOf, decidedBetween, keepTurnaround } from './figure-rows.ts'
import {
  countWorklists,
  pageWorklist,
  type WorklistSelection as SqlFilter,
  type WorklistRecord,
} from './worklist-rows.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { readSettings } from '#host/office/settings.ts'

/** Whose rows are wanted: undefined for everybody's, null for nobody's. */
export function assigneeOf(assignee: WorklistFilter['assignee'], me: UserId): UserId | null | undefined {
  return assignee === 'me' ? me : assignee === 'none' ? null : assignee
}

/** The filter of the contract as the rows know it. */
function sqlFilter({ age, assignee, ...filter }: WorklistFilter, today: IsoDate, me: UserId): Omit<SqlFilter, 'list'> {
  return {
    ...filter,
    today,
    assigneeId: assigneeOf(assignee, me),
    ...(age ? { sent: age === 'unsent' ? ('never' as const) : sentBetween(age, today) } : {}),
  }
}

/** One page of a worklist with the counts of all. */
export async function listWork(
  context: QueryContext,
  { list, sort, after, limit, ...filter }: ParsedInputOf<'authorization.list'>,
): Promise<OutputOf<'authorization.list'>> {
  const { db, today, user } = context
  const { holidays } = await readSettings(context)
  const where = sqlFilter(filter, today, user.id)
  const page = await pageWorklist(db, { ...where, list }, { by: sort, after, limit })
  return {
    rows: page.rows.map((row) => toWorklistRow(row, today, holidays)),
    next: page.next,
    counts: await countWorklists(db, where),
  }
}

/** A record in words for `today`. */
function toWorklistRow(row: WorklistRecord, today: IsoDate, holidays: readonly IsoDate[]): WorklistRow {
  const clock = clockOf(row)
  const words = clock && describeClock(clock, today, holidays)
  return {
    id: row.id,
    authorizationId: row.authorization_id,
    caseId: row.case_id,
    version: row.version,
    ...caseLabel(row),
    providerName: row.provider_name,
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
    form: words && clock ? formOf(words.action, clock.step) : null,
    taskId: clock?.taskId ?? null,
    step: clock?.step ?? 'authorization',
    deadline: clock && countsOn(clock),
    bucket: (clock && bucketOf(clock, today)) ?? 'later',
  }
}

function clockOf(row: WorklistRecord): Clock | null {
  const { clock_kind: kind, due_on, params_json, step, waiting } = row
  if (!kind || !due_on || !params_json || !step || waiting === null) return null
  return toClock({ ...row, key: row.clock_key ?? '', kind, due_on, params_json, step, waiting, task_id: null })
}

/** Rates by payer and code of what was decided in the period, and each payer's usual days. */
export async function authorizationFigures(
  db: Reader,
  period: { from: IsoDate; to: IsoDate },
  holidays: readonly IsoDate[],
  assets: Assets,
): Promise<OutputOf<'authorization.figures'>> {
  const requests = await decidedBetween(db, period)
  const payers = await listKnownPayers(db)
  const turnaround = []
  for (const payer of payers) {
    const { days, answers } = await ownTurnaround(db, payer.id, holidays)
    const known = { ...withRules(payer, assets.programs, null), ownAnswerDays: days, ownAnswers: answers }
    const figures = figuresOf(known, 'answer')
    if (figures.length === 1 && figures[0]!.origin === 'assumed') continue
    turnaround.push({
      payerId: payer.id,
      payerName: payer.name,
      onFileDays: figures.find((one) => one.origin === 'office')?.count ?? null,
      ownDays: days,
      answers,
      shipped: figures.find((one) => one.origin === 'shipped') ?? null,
      counts: figures.find((one) => one.counts)!,
    })
  }
  return { rows: answerFigures(requests satisfies DecidedRequest[], holidays), turnaround }
}

/** Keeps what a payer's latest answers say, so that every clock need not count them again. */
export async function learnTurnaround(tx: Writer, payerId: PayerId, holidays: readonly IsoDate[]): Promise<void> {
  await keepTurnaround(tx, payerId, await ownTurnaround(tx, payerId, holidays))
}

/** After an import came in or was taken back: it holds answers of many payers. */
export async function learnAllTurnarounds(context: CommandContext): Promise<void> {
  const { holidays } = await readSettings(context)
  for (const { id } of await listPayers(context.db, '')) await learnTurnaround(context.tx, id, holidays)
  rereadAll(context, 'coverages')
}

/** How long a payer took for the office's own latest requests, in business days. */
async function ownTurnaround(
  db: Reader,
  payerId: PayerId,
  holidays: readonly IsoDate[],
): Promise<{ days: number | null; answers: number }> {
  const answers: Answered[] = await answersOf(db, payerId)
  return { days: medianAnswerDays(answers, holidays), answers: answers.length }
}
