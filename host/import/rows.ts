// Lists of the office that were imported: what was said about them, and what each made or changed, so that it can be undone.
import { sql } from 'kysely'
import { headingsKey, type MappingOf } from '#core/import/headings.ts'
import type { Answers, Person } from '#core/import/people.ts'
import type { PatientId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import type { Database } from '#db/schema.ts'
import { sha256Of } from '#db/sha256.ts'
import { insertRow, insertRows, putRow } from '#host/kernel/insert-rows.ts'
import type { Stamp } from '#host/kernel/versioned.ts'

/** What lists hold, by the table that a list changes. */
export type ListKind = 'authorization' | 'patient' | 'fee_schedule' | 'past_procedure' | 'provider' | 'code_list'

/** What is said about the columns and rows of a list, and kept for the next one with the same headings. */
export interface Said<Field extends string> {
  mapping: MappingOf<Field>
  /** Columns that a person set aside. */
  ignored: number[]
  answers: Answers
}

const IMPORTED = [
  'payer',
  'plan',
  'patient',
  'coverage',
  'case_file',
  'authorization',
  'claim',
  'fee_schedule',
  'past_procedure',
  'provider',
  'code_list',
] as const
type ImportedEntity = (typeof IMPORTED)[number]
export interface Made {
  entity: ImportedEntity
  id: string
}
/** What was on file: as it was, and the version that the import left. */
export interface Changed<Before> {
  id: string
  version: number
  before: Before
}

/** By which a list is known again. */
export const digestOfRows = (rows: readonly unknown[]) => sha256Of(JSON.stringify(rows))

export async function addImport(
  tx: Writer,
  batch: {
    id: string
    kind: ListKind
    sha256: string
    rows: number
    made: readonly Made[]
    changed: readonly Changed<unknown>[]
  },
  stamp: Stamp,
): Promise<void> {
  const { made, changed, ...rest } = batch
  await insertRow(tx, 'import_batch', {
    ...rest,
    imported_by: stamp.user.id,
    imported_at: stamp.now,
    undone_at: null,
  })
  const all = [
    ...made.map((one) => ({ entity: one.entity as string, entity_id: one.id, version: 1, before_json: null })),
    ...changed.map(({ id, version, before }) => ({
      entity: changedEntity(batch.kind),
      entity_id: id,
      version,
      before_json: JSON.stringify(before),
    })),
  ].map((row, seq) => ({ import_id: batch.id, seq, ...row }))
  for (let at = 0; at < all.length; at += 500) await insertRows(tx, 'import_row', all.slice(at, at + 500))
}
const changedEntity = (kind: ListKind) => `changed_${kind}`

/** What an import changed, what it changed last first, each with its version of today; null for what is there no more. */
export async function changedBy<Before>(
  db: Reader,
  kind: ListKind,
  importId: string,
): Promise<(Changed<Before> & { versionNow: number | null })[]> {
  const versionNow = sql<number | null>`(SELECT version FROM ${sql.table(kind)} AS one WHERE one.id = r.entity_id)`
  const rows = await db
    .selectFrom('import_row as r')
    .select(['r.entity_id', 'r.version', 'r.before_json', versionNow.as('version_now')])
    .where('r.import_id', '=', importId)
    .where('r.entity', '=', changedEntity(kind))
    .orderBy('r.seq', 'desc')
    .execute()
  return rows.map((row) => ({
    id: row.entity_id,
    version: row.version,
    versionNow: row.version_now,
    before: JSON.parse(row.before_json!) as Before,
  }))
}

/** Earlier imports, the newest first. */
export async function listImports(db: Reader, kind: ListKind) {
  const rows = await db
    .selectFrom('import_batch')
    .leftJoin('app_user', 'app_user.id', 'imported_by')
    .select(['import_batch.id', 'rows', 'imported_at', 'undone_at', 'app_user.name'])
    .where('kind', '=', kind)
    .orderBy('imported_at', 'desc')
    .limit(50)
    .execute()
  return rows.map(({ id, rows: count, name, imported_at: at, undone_at: undoneAt }) => ({
    id,
    rows: count,
    user: name ?? '',
    at,
    undone: undoneAt !== null,
  }))
}

/** What an import made in this table is removed, unless it was edited or something uses it. @returns removed, and what stays */
export async function removeMade(
  tx: Writer,
  importId: string,
  entity: ImportedEntity,
  users: readonly (keyof Database)[],
  except: readonly string[] = [],
): Promise<{ removed: number; stayed: number }> {
  const made = tx
    .selectFrom('import_row')
    .select('entity_id')
    .where('import_id', '=', importId)
    .where('entity', '=', entity)
  const all = await made.execute()
  const gone = await tx
    .deleteFrom(entity)
    .where('id', 'in', made as never)
    .where('id', 'not in', [...except] as never)
    .where('version', '=', 1)
    .where(({ and }) => and(users.map((user) => isFree(entity, user))))
    .returning('id')
    .execute()
  return { removed: gone.length, stayed: all.length - gone.length }
}

/** What may rest on a coverage. */
export const COVERED = ['case_file', 'authorization', 'claim', 'estimate', 'benefit_check'] as const
/** No row of `user` names this one. */
const isFree = (table: ImportedEntity, user: keyof Database) =>
  sql<boolean>`NOT EXISTS (SELECT 1 FROM ${sql.table(user)} AS u WHERE u.${sql.ref(`${table}_id`)} = ${sql.ref(`${table}.id`)})`

/** Removes the people, coverages, plans and payers that an import made; those that something else uses by now stay. @returns people removed, and those who stay */
export async function removePeople(tx: Writer, importId: string): Promise<{ removed: number; stayed: number }> {
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
  await tx
    .deleteFrom('plan')
    .where('id', 'in', made('plan'))
    .where(isFree('plan', 'coverage'))
    .where(isFree('plan', 'payer_rule'))
    .execute()
  await tx
    .deleteFrom('payer')
    .where('id', 'in', made('payer'))
    .where(isFree('payer', 'plan'))
    .where(isFree('payer', 'payer_code'))
    .where(isFree('payer', 'payer_rule'))
    .execute()
  const gone = await tx
    .deleteFrom('patient')
    .where('id', 'in', made('patient'))
    .where('version', '=', 1)
    .where(isFree('patient', 'case_file'))
    .where(isFree('patient', 'coverage'))
    .where(isFree('patient', 'past_procedure'))
    .returning('id')
    .execute()
  for (const { id } of gone) await tx.deleteFrom('search_term').where('patient_id', '=', id).execute()
  const { n } = await tx
    .selectFrom('import_row')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('import_id', '=', importId)
    .where('entity', '=', 'patient')
    .executeTakeFirstOrThrow()
  return { removed: gone.length, stayed: n - gone.length }
}

export async function markUndone(tx: Writer, importId: string, stamp: Stamp): Promise<void> {
  await tx.updateTable('import_batch').set({ undone_at: stamp.now }).where('id', '=', importId).execute()
}

/** All patients, as a list is held against them. */
export async function peopleOnFile(db: Reader): Promise<(Person & { id: PatientId; externalId: string })[]> {
  const rows = await db
    .selectFrom('patient')
    .select(['id', 'last_name', 'first_name', 'birth_date', 'external_id'])
    .where('standing', '=', 'active')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    lastName: row.last_name,
    firstName: row.first_name,
    birthDate: row.birth_date,
    externalId: row.external_id,
  }))
}

/** Patients who were voided here or merged into another one: no list brings them back. */
export async function peopleGone(db: Reader) {
  const rows = await db
    .selectFrom('patient as p')
    .leftJoin('patient as into', 'into.id', 'p.merged_into')
    .select(['p.last_name', 'p.first_name', 'p.birth_date', 'p.external_id'])
    .select(['into.last_name as into_last', 'into.first_name as into_first'])
    .where('p.standing', '!=', 'active')
    .execute()
  return rows.map((row) => ({
    lastName: row.last_name,
    firstName: row.first_name,
    birthDate: row.birth_date,
    externalId: row.external_id,
    /** Whose their entries are; null: voided. */
    into: row.into_last === null ? null : `${row.into_last}, ${row.into_first ?? ''}`,
  }))
}

const keyOf = (kind: ListKind) => `${kind}-import`
/** What was said about earlier lists, by their headings. */
export async function rememberedLists<Field extends string>(
  db: Reader,
  kind: ListKind,
): Promise<Record<string, Said<Field>>> {
  const row = await db.selectFrom('setting').select('value_json').where('key', '=', keyOf(kind)).executeTakeFirst()
  return row ? (JSON.parse(row.value_json) as Record<string, Said<Field>>) : {}
}
/** Keeps what was said about a list, and about the four before it. */
export async function rememberList<Field extends string>(
  tx: Writer,
  kind: ListKind,
  { headings, mapping, ignored, answers }: Said<Field> & { headings: readonly string[] },
): Promise<void> {
  const key = headingsKey(headings)
  const kept = Object.entries(await rememberedLists<Field>(tx, kind)).filter(([other]) => other !== key)
  const lists = Object.fromEntries([...kept.slice(-4), [key, { mapping, ignored, answers }]])
  await putRow(tx, 'setting', { key: keyOf(kind) }, { value_json: JSON.stringify(lists) })
}
