// Appeals with their letter, deadline and history.
import type { Selectable } from 'kysely'
import { Appeal, type AppealLetter, type Deadline } from '#core/appeal/schema.ts'
import type { AppealId, CaseId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import type { AppealTable } from '#db/tables/money.ts'
import type { StepRecord } from '#host/case/transition-rows.ts'
import { recordOf } from '#host/kernel/columns.ts'
import { groupBy, setQuery } from '#host/kernel/set-query.ts'
import { type Stamp, stampOf, updateVersioned, updaterOf } from '#host/kernel/versioned.ts'

const AppealRow = Appeal.omit({ deadline: true, letter: true, history: true })
function toAppeal(row: Selectable<AppealTable>, history: Appeal['history']): Appeal {
  return {
    ...recordOf(AppealRow, row),
    deadline: row.deadline_json === null ? null : (JSON.parse(row.deadline_json) as Deadline),
    letter: JSON.parse(row.letter_json) as AppealLetter,
    history,
  }
}

const appealRows = setQuery((db, ids: CaseId[]) =>
  db.selectFrom('appeal').selectAll().where('case_id', 'in', ids).orderBy('created_at', 'desc').orderBy('id', 'desc'),
)
/** Appeals of the cases, the newest first. */
export async function appealsByCase(
  db: Reader,
  ids: readonly CaseId[],
  histories: ReadonlyMap<string, StepRecord[]>,
): Promise<Map<CaseId, Appeal[]>> {
  return groupBy(ids, await appealRows(db, ids), 'case_id', (row) =>
    toAppeal(
      row,
      (histories.get(row.id) ?? []).map(({ event, on, at, user, note }) => ({ event, on, at, user, note })),
    ),
  )
}

export async function addAppeal(
  tx: Writer,
  appeal: Pick<Appeal, 'id' | 'caseId' | 'claimId' | 'remittanceId' | 'level' | 'deadline' | 'letter'>,
  stamp: Stamp,
): Promise<void> {
  await insertRow(tx, 'appeal', {
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
export const updateAppeal = updaterOf('appeal')
