// Appeals with their letter, deadline and history.
import type { Selectable } from 'kysely'
import type { Appeal, AppealLetter, AppealState, Deadline } from '#core/appeal/schema.ts'
import type { AppealId, CaseId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { AppealTable } from '#db/tables/money.ts'
import { listTransitions } from '#host/case/transition-rows.ts'
import { found, type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

type Db = Reader | Writer

function toAppeal(row: Selectable<AppealTable>, history: Appeal['history']): Appeal {
  return {
    id: row.id,
    caseId: row.case_id,
    claimId: row.claim_id,
    remittanceId: row.remittance_id,
    level: row.level as Appeal['level'],
    state: row.state as AppealState,
    deadline: row.deadline_json === null ? null : (JSON.parse(row.deadline_json) as Deadline),
    letter: JSON.parse(row.letter_json) as AppealLetter,
    sentOn: row.sent_on,
    channel: row.channel as Appeal['channel'],
    decidedOn: row.decided_on,
    outcomeNote: row.outcome_note,
    nextDays: row.next_days,
    history,
    version: row.version,
  }
}

/** Appeals of a case or one by id, the newest first. */
export async function listAppeals(db: Db, where: { caseId: CaseId } | { id: AppealId }): Promise<Appeal[]> {
  let query = db.selectFrom('appeal').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc')
  query = 'id' in where ? query.where('id', '=', where.id) : query.where('case_id', '=', where.caseId)
  const rows = await query.execute()
  const histories = await listTransitions(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) =>
    toAppeal(
      row,
      (histories.get(row.id) ?? []).map(({ event, on, at, user, note }) => ({ event, on, at, user, note })),
    ),
  )
}
/** @throws NOT_FOUND */
export async function getAppeal(db: Db, id: AppealId): Promise<Appeal> {
  return found((await listAppeals(db, { id }))[0], 'appeal', id)
}

export async function addAppeal(
  tx: Writer,
  appeal: Pick<Appeal, 'id' | 'caseId' | 'claimId' | 'remittanceId' | 'level' | 'deadline' | 'letter'>,
  stamp: Stamp,
): Promise<void> {
  await tx
    .insertInto('appeal')
    .values({
      id: appeal.id,
      case_id: appeal.caseId,
      claim_id: appeal.claimId,
      remittance_id: appeal.remittanceId,
      level: appeal.level,
      state: 'draft',
      ...deadlineColumns(appeal.deadline),
      letter_json: JSON.stringify(appeal.letter),
      sent_on: null,
      channel: null,
      decided_on: null,
      outcome_note: '',
      next_days: null,
      created_at: stamp.now,
      ...stampOf(stamp),
    })
    .execute()
}
const deadlineColumns = (deadline: Deadline | null) => ({
  deadline_on: deadline?.on ?? null,
  deadline_json: deadline === null ? null : JSON.stringify(deadline),
})

export async function updateAppealLetter(
  tx: Writer,
  id: AppealId,
  version: number,
  letter: AppealLetter,
  deadline: Deadline | null,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(
    tx,
    'appeal',
    id,
    version,
    { letter_json: JSON.stringify(letter), ...deadlineColumns(deadline) },
    stamp,
  )
}
export async function updateAppeal(
  tx: Writer,
  id: AppealId,
  version: number,
  changes: Partial<
    Pick<Selectable<AppealTable>, 'state' | 'sent_on' | 'channel' | 'decided_on' | 'outcome_note' | 'next_days'>
  >,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'appeal', id, version, changes, stamp)
}
