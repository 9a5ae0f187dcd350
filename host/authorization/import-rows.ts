// Imported lists: what each made, so that it can be taken back.
import { sql } from 'kysely'
import type { OnFile } from '#core/authorization-import/changes.ts'
import type { Mapping } from '#core/authorization-import/fields.ts'
import type { Answers, Person } from '#core/authorization-import/people.ts'
import type { AuthorizationState } from '#core/authorization/schema.ts'
import type { AuthorizationId, PatientId, UserId } from '#core/ids.ts'
import type { OralArea } from '#core/teeth.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { Database } from '#db/schema.ts'
import { sha256Of } from '#db/sha256.ts'
import { insertRow, insertRows, putRow } from '#host/kernel/insert-rows.ts'
import { setQuery } from '#host/kernel/set-query.ts'
import { payerNameOf } from '#host/office/payer-name-rows.ts'
import type { Stamp } from '#host/kernel/versioned.ts'
import type { AuthorizationSnapshot } from './rows.ts'

/** What is said about the columns and rows of a list, and kept for the next one with the same headings. */
export interface Said {
  mapping: Mapping
  /** Columns that a person set aside. */
  ignored: number[]
  answers: Answers
}

const IMPORTED = ['payer', 'plan', 'patient', 'coverage', 'case_file', 'authorization'] as const
type ImportedEntity = (typeof IMPORTED)[number]
export interface Made {
  entity: ImportedEntity
  id: string
}
/** A request that was on file: as it was, the version that the import left, and how many steps it took. */
export interface ChangedRequest {
  id: AuthorizationId
  version: number
  before: AuthorizationSnapshot & { steps: number }
}
const CHANGED = 'changed_authorization'

/** By which a list is known again. */
export const digestOfRows = (rows: readonly unknown[]) => sha256Of(JSON.stringify(rows))

export async function addImport(
  tx: Writer,
  batch: { id: string; sha256: string; rows: number; made: readonly Made[]; changed: readonly ChangedRequest[] },
  stamp: Stamp,
): Promise<void> {
  const { id, sha256, rows, made, changed } = batch
  await insertRow(tx, 'import_batch', {
    id,
    sha256,
    rows,
    imported_by: stamp.user.id,
    imported_at: stamp.now,
    undone_at: null,
  })
  const all = [
    ...made.map((one) => ({ entity: one.entity as string, entity_id: one.id, version: 1, before_json: null })),
    ...changed.map(({ version, before, ...one }) => ({
      entity: CHANGED,
      entity_id: one.id as string,
      version,
      before_json: JSON.stringify(before),
    })),
  ].map((row, seq) => ({ import_id: id, seq, ...row }))
  for (let at = 0; at < all.length; at += 500) await insertRows(tx, 'import_row', all.slice(at, at + 500))
}

/** The requests that an import changed, each with its version of today. */
export async function changedBy(db: Reader, importId: string): Promise<(ChangedRequest & { versionNow: number })[]> {
  const rows = await db
    .selectFrom('import_row as r')
    .innerJoin('authorization as a', 'a.id', 'r.entity_id')
    .select(['a.id', 'a.version as version_now', 'r.version', 'r.before_json'])
    .where('r.import_id', '=', importId)
    .where('r.entity', '=', CHANGED)
    .orderBy('r.seq', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    versionNow: row.version_now,
    before: JSON.parse(row.before_json!) as ChangedRequest['before'],
  }))
}

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

export async function listImports(db: Reader) {
  return db
    .selectFrom('import_batch')
    .leftJoin('app_user', 'app_user.id', 'imported_by')
    .select(['import_batch.id', 'rows', 'imported_at', 'undone_at', 'sha256', 'app_user.name'])
    .orderBy('imported_at', 'desc')
    .limit(50)
    .execute()
}

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
        ...WORKED_ON.map((table) =>
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

/** What may rest on a coverage. */
export const COVERED = ['case_file', 'authorization', 'claim', 'estimate', 'benefit_check'] as const
/** No row of `user` names this one. */
const isFree = (table: ImportedEntity, user: keyof Database) =>
  sql<boolean>`NOT EXISTS (SELECT 1 FROM ${sql.table(user)} AS u WHERE u.${sql.ref(`${table}_id`)} = ${sql.ref(`${table}.id`)})`

/** Removes what an import made. People and payers that something else uses by now stay. @returns cases removed */
export async function removeImport(tx: Writer, importId: string, stamp: Stamp): Promise<number> {
  const cases = () => CASES_OF(tx, importId)
  const { length } = await cases().execute()
  await tx.deleteFrom('search_term').where('kind', '=', 'case').where('entity_id', 'in', cases()).execute()
  for (const table of MADE_OF_CASES)
    await tx
      .deleteFrom(table)
      .where('case_id', 'in', cases() as never)
      .execute()
  await tx
    .deleteFrom('case_file')
    .where('id', 'in', cases() as never)
    .execute()
  const made = (entity: ImportedEntity) =>
    tx
      .selectFrom('import_row')
      .select('entity_id')
      .where('import_id', '=', importId)
      .where('entity', '=', entity) as never
  await tx
    .deleteFrom('coverage')
    .where('id', 'in', made('coverage'))
    .where('version', '=', 1)
    .where(({ and }) => and(COVERED.map((user) => isFree('coverage', user))))
    .execute()
  await tx.deleteFrom('plan').where('id', 'in', made('plan')).where(isFree('plan', 'coverage')).execute()
  await tx
    .deleteFrom('payer')
    .where('id', 'in', made('payer'))
    .where(isFree('payer', 'plan'))
    .where(isFree('payer', 'payer_code'))
    .execute()
  const gone = await tx
    .deleteFrom('patient')
    .where('id', 'in', made('patient'))
    .where('version', '=', 1)
    .where(isFree('patient', 'case_file'))
    .where(isFree('patient', 'coverage'))
    .returning('id')
    .execute()
  for (const { id } of gone) await tx.deleteFrom('search_term').where('patient_id', '=', id).execute()
  await tx.updateTable('import_batch').set({ undone_at: stamp.now }).where('id', '=', importId).execute()
  return length
}

/** All patients, as a list is held against them. */
export async function peopleOnFile(db: Reader): Promise<Person[]> {
  const rows = await db
    .selectFrom('patient')
    .select(['id', 'last_name', 'first_name', 'birth_date'])
    .where('standing', '=', 'active')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    lastName: row.last_name,
    firstName: row.first_name,
    birthDate: row.birth_date,
  }))
}

/** The users of the office. */
export async function listPeople(db: Reader): Promise<{ id: UserId; name: string }[]> {
  return db.selectFrom('app_user').select(['id', 'name']).execute()
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

const REMEMBERED = 'authorization-import'
/** What was said about earlier lists, by their headings; older versions kept the columns alone. */
export async function rememberedLists(db: Reader): Promise<Record<string, Said>> {
  const row = await db.selectFrom('setting').select('value_json').where('key', '=', REMEMBERED).executeTakeFirst()
  const lists = row ? (JSON.parse(row.value_json) as Record<string, Said | Mapping>) : {}
  return Object.fromEntries(
    Object.entries(lists).map(([key, said]) => [
      key,
      'mapping' in said ? said : { mapping: said, ignored: [], answers: {} },
    ]),
  )
}
export async function keepLists(tx: Writer, lists: Record<string, Said>): Promise<void> {
  await putRow(tx, 'setting', { key: REMEMBERED }, { value_json: JSON.stringify(lists) })
}
