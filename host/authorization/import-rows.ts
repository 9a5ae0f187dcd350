// Requests of an imported list: what is on file, and what goes again when the import is undone.
import type { OnFile } from '#core/authorization-import/changes.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import type { AuthorizationId, PatientId, UserId } from '#core/ids.ts'
import type { OralArea } from '#core/teeth.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { markUndone, removePeople } from '#host/import/rows.ts'
import { setQuery } from '#host/kernel/set-query.ts'
import { payerNameOf } from '#host/office/payer-name-rows.ts'
import type { Stamp } from '#host/kernel/versioned.ts'
import type { AuthorizationSnapshot } from './rows.ts'

/** A request that was on file, as it was, and how many steps the import took. */
export type RequestBefore = AuthorizationSnapshot & { steps: number }

export interface RequestFacts extends OnFile {
  id: AuthorizationId
  lineId: string
  patientId: PatientId
  payer: string
  code: string
  tooth: string | null
  area: OralArea | null
}
/** The requests that the office already has, one for each of their services. */
export async function listRequestFacts(db: Reader): Promise<RequestFacts[]> {
  const rows = await db
    .selectFrom('authorization as a')
    .innerJoin('case_file as c', 'c.id', 'a.case_id')
    .innerJoin('authorization_line as l', 'l.authorization_id', 'a.id')
    .leftJoin('procedure_line as s', 's.id', 'l.line_id')
    .select(payerNameOf('a.coverage_id').as('payer'))
    .select(['a.id', 'c.patient_id', 'a.kind', 'a.state', 'a.reference', 'a.sent_on', 'a.decided_on'])
    .select(['a.valid_from', 'a.valid_to', 'a.expected_on', 'a.info_due_on', 'a.patient_called_on', 'a.booked_for'])
    .select([
      'l.id as line_id',
      'l.code',
      'l.tooth',
      'l.area',
      's.area as service_area',
      'l.approved_cents',
      'l.fee_cents',
    ])
    .select(['a.note', 'a.valid_basis'])
    .select(['c.tooth as case_tooth', 'c.area as case_area'])
    .execute()
  return rows.map((row) => {
    const area = row.area ?? row.service_area
    const isPlaced = row.tooth !== null || area !== null
    return {
      id: row.id,
      lineId: row.line_id,
      patientId: row.patient_id,
      payer: row.payer ?? '',
      code: row.code,
      tooth: isPlaced ? row.tooth : row.case_tooth,
      area: (isPlaced ? area : row.case_area) as OralArea | null,
      kind: row.kind,
      state: row.state as AuthorizationState,
      reference: row.reference,
      sentOn: row.sent_on,
      decidedOn: row.decided_on,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      isEndAssumed: row.valid_basis.startsWith('Assumed'),
      note: row.note,
      expectedOn: row.expected_on,
      infoDueOn: row.info_due_on,
      patientCalledOn: row.patient_called_on,
      bookedFor: row.booked_for,
      approvedCents: row.approved_cents,
      feeCents: row.fee_cents,
    }
  })
}

/** The services of claims that were sent or answered. */
export async function listClaimFacts(db: Reader) {
  const rows = await db
    .selectFrom('claim as k')
    .innerJoin('case_file as c', 'c.id', 'k.case_id')
    .innerJoin('claim_line as l', 'l.claim_id', 'k.id')
    .select(['c.patient_id', 'l.code', 'l.tooth', 'l.service_date'])
    .where('k.state', '!=', 'void')
    .where('k.state', '!=', 'draft')
    .execute()
  return rows.map((row) => ({
    patientId: row.patient_id,
    code: row.code,
    tooth: row.tooth,
    serviceDate: row.service_date,
  }))
}

/** Coverages that hold of these patients, each with its payer. */
export const coveragesOf = setQuery((db, ids: PatientId[]) =>
  db
    .selectFrom('coverage')
    .innerJoin('plan', 'plan.id', 'coverage.plan_id')
    .select(['coverage.id', 'coverage.patient_id', 'coverage.ordinal', 'plan.payer_id'])
    .where('coverage.patient_id', 'in', ids)
    .where('coverage.removed', '=', 0),
)

const CASES_OF = (db: Reader, importId: string) =>
  db.selectFrom('import_row').select('entity_id').where('import_id', '=', importId).where('entity', '=', 'case_file')

/** What somebody writes on a case; an import writes none of it. */
export const WORKED_ON = [
  'claim',
  'attachment',
  'chart_note',
  'task',
  'visit',
  'case_fact',
  'benefit_check',
  'packet',
  'narrative',
  'item_answer',
  'estimate',
  'patient_payment',
  'settlement',
  'remittance',
  'appeal',
] as const

/** What a claim stands in once it is sent again or answered by a file. */
const CLAIM_USERS = ['era_claim', 'claim_file_item', 'provider_adjustment'] as const

/** What an import writes on a case, children first. */
export const MADE_OF_CASES = [
  'clock',
  'authorization_work',
  'case_event',
  'transition',
  'authorization',
  'procedure_line',
  'code_decision',
] as const

/** How many cases of an import somebody has worked on since. */
export async function countTouched(db: Reader, importId: string): Promise<number> {
  const changed = await db
    .selectFrom('import_row as r')
    .innerJoin('case_file as c', 'c.id', 'r.entity_id')
    .leftJoin('authorization as a', 'a.case_id', 'c.id')
    .select('c.id')
    .distinct()
    .where('r.import_id', '=', importId)
    .where((where) =>
      where.or([
        where('c.version', '>', 1),
        where('a.version', '>', 1),
        // A claim that the import itself made is nobody's work until somebody takes a step with it.
        where.exists(
          where
            .selectFrom('claim as k')
            .select('k.id')
            .whereRef('k.case_id', '=', 'c.id')
            .where((own) =>
              own.or([
                own('k.version', '>', 1),
                ...CLAIM_USERS.map((table) =>
                  own.exists(own.selectFrom(table).select('claim_id').whereRef('claim_id', '=', 'k.id')),
                ),
                own.not(
                  own.exists(
                    own
                      .selectFrom('import_row as made')
                      .select('made.entity_id')
                      .where('made.import_id', '=', importId)
                      .whereRef('made.entity_id', '=', 'k.id'),
                  ),
                ),
              ]),
            ),
        ),
        ...WORKED_ON.filter((table) => table !== 'claim').map((table) =>
          where.exists(where.selectFrom(table).select('case_id').whereRef('case_id', '=', 'c.id')),
        ),
        // The import itself wrote one line of history.
        where(
          where
            .selectFrom('case_event')
            .select(({ fn }) => fn.countAll<number>().as('n'))
            .whereRef('case_id', '=', 'c.id'),
          '>',
          1,
        ),
      ]),
    )
    .execute()
  return changed.length
}

/** Removes what an import made. People and payers that something else uses by now stay. @returns cases removed */
export async function removeImport(tx: Writer, importId: string, stamp: Stamp): Promise<number> {
  const cases = () => CASES_OF(tx, importId)
  const { length } = await cases().execute()
  await tx.deleteFrom('search_term').where('kind', '=', 'case').where('entity_id', 'in', cases()).execute()
  const claims = () =>
    tx
      .selectFrom('claim')
      .select('id')
      .where('case_id', 'in', cases() as never)
  await tx.deleteFrom('expectation').where('claim_id', 'in', claims()).execute()
  await tx.deleteFrom('claim_line').where('claim_id', 'in', claims()).execute()
  await tx
    .deleteFrom('claim')
    .where('case_id', 'in', cases() as never)
    .execute()
  for (const table of MADE_OF_CASES)
    await tx
      .deleteFrom(table)
      .where('case_id', 'in', cases() as never)
      .execute()
  await tx
    .deleteFrom('case_file')
    .where('id', 'in', cases() as never)
    .execute()
  await removePeople(tx, importId)
  await markUndone(tx, importId, stamp)
  return length
}

/** The users of the office. */
export async function listPeople(db: Reader): Promise<{ id: UserId; name: string }[]> {
  return db.selectFrom('app_user').select(['id', 'name']).execute()
}
