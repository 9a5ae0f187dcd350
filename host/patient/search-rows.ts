// The words by which patients and cases are found: normalized terms with an index, and the lookup over them.
import { sql } from 'kysely'
import type { CaseId, PatientId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { insertRows } from '#host/kernel/insert-rows.ts'
import { groupBy, setQuery } from '#host/kernel/set-query.ts'

/** A patient or a case that words find. */
export interface Findable {
  kind: 'patient' | 'case'
  entityId: string
  patientId: PatientId
}
const termRows = setQuery((db, ids: PatientId[]) =>
  db.selectFrom('search_term').select(['term', 'entity_id']).where('patient_id', 'in', ids),
)
/** The words by which these patients and their cases are found now. */
export async function presentTerms(db: Reader, ids: readonly PatientId[]): Promise<ReadonlyMap<string, string[]>> {
  const rows = await termRows(db, [...new Set(ids)])
  return groupBy([...new Set(rows.map((row) => row.entity_id))], rows, 'entity_id', (row) => row.term)
}

/** Brings the words of patients and cases from `present` to `terms`. */
export async function indexTerms(
  tx: Writer,
  changes: readonly (Findable & { present: readonly string[]; terms: readonly string[] })[],
): Promise<void> {
  const fresh = []
  for (const { kind, entityId, patientId, present, terms } of changes) {
    const wanted = new Set(terms)
    const stale = present.filter((term) => !wanted.delete(term))
    if (stale.length > 0)
      await tx.deleteFrom('search_term').where('entity_id', '=', entityId).where('term', 'in', stale).execute()
    for (const term of wanted) fresh.push({ term, kind, entity_id: entityId, patient_id: patientId })
  }
  await insertRows(tx, 'search_term', fresh)
}

/** A count beyond this says only "many". */
const MANY = 1000
/** With fewer people than this whose words begin as typed, those who hold it anywhere are found too. */
const FEW = 5

/**
 * What carries a term beginning with each of `terms`; about `limit` people's worth, patients before cases. A case is also
 * found by its patient's words, as long as one word is its own; a patient only by the patient's own.
 * @param hasParts where few begin so, those who hold the words anywhere are found too
 */
export async function findEntities(
  db: Reader,
  terms: readonly string[],
  limit: number,
  kind: 'patient' | 'case' | null = null,
  hasParts = true,
): Promise<Findable[]> {
  const [lead, ...rest] = await rarestFirst(db, terms)
  if (lead === undefined) return []
  let query = db
    .selectFrom('search_term as lead')
    .select('lead.patient_id as id')
    .distinct()
    .where('lead.term', '>=', lead)
    .where('lead.term', '<', after(lead))
    .limit(limit)
  if (kind && rest.length === 0) query = query.where('lead.kind', '=', kind)
  for (const term of rest) {
    query = query.where((where) =>
      where.exists(
        where
          .selectFrom('search_term as other')
          .select('other.term')
          .whereRef('other.patient_id', '=', 'lead.patient_id')
          .where('other.term', '>=', term)
          .where('other.term', '<', after(term)),
      ),
    )
  }
  const people = (await query.execute()).map((row) => row.id)
  // Where few begin so, a part of a name, member id or phone is meant.
  if (hasParts && people.length < FEW) people.push(...(await peopleWithParts(db, [lead, ...rest], limit)))
  if (people.length === 0) return []
  const rows = await db
    .selectFrom('search_term')
    .select(['term', 'entity_id', 'patient_id'])
    .where('patient_id', 'in', [...new Set(people)])
    .where((where) => where.or(terms.map((term) => where(sql`instr(term, ${term})`, '>', 0))))
    .execute()
  return matching(terms, rows, kind)
}

/** People with words that hold each of these anywhere. A tooth or two letters stand in too many. */
async function peopleWithParts(db: Reader, terms: readonly string[], limit: number): Promise<PatientId[]> {
  if (terms.some((term) => term.length < 3 || term.startsWith('tooth'))) return []
  let query = db.selectFrom('search_term as lead').select('lead.patient_id as id').distinct().limit(limit)
  query = query.where(sql`instr(lead.term, ${terms[0]})`, '>', 0)
  for (const term of terms.slice(1))
    query = query.where((where) =>
      where.exists(
        where
          .selectFrom('search_term as other')
          .select('other.term')
          .whereRef('other.patient_id', '=', 'lead.patient_id')
          .where(sql`instr(other.term, ${term})`, '>', 0),
      ),
    )
  return (await query.execute()).map((row) => row.id)
}

/** Cases that were found, and those of the people found: the open ones are what a receptionist wants next. */
export async function casesOf(
  db: Reader,
  { caseIds, patientIds }: { caseIds: readonly CaseId[]; patientIds: readonly PatientId[] },
  limit: number,
) {
  return db
    .selectFrom('case_file')
    .selectAll()
    .where((where) =>
      where.or([
        where('id', 'in', caseIds.length > 0 ? caseIds : ['' as CaseId]),
        where('patient_id', 'in', patientIds),
      ]),
    )
    .orderBy('updated_at', 'desc')
    .limit(limit)
    .execute()
}

/** Cases that the words find: by their own, or as all of a patient whom they name. */
export async function findCases(db: Reader, terms: readonly string[]): Promise<CaseId[]> {
  const hits = await findEntities(db, terms, 200)
  const patients = hits.filter((hit) => hit.kind === 'patient').map((hit) => hit.patientId)
  const theirs =
    patients.length > 0
      ? await db.selectFrom('case_file').select('id').where('patient_id', 'in', patients).limit(200).execute()
      : []
  const own = hits.filter((hit) => hit.kind === 'case').map((hit) => hit.entityId as CaseId)
  return [...new Set([...own, ...theirs.map((row) => row.id)])]
}

function matching(
  terms: readonly string[],
  rows: readonly { term: string; entity_id: string; patient_id: PatientId }[],
  kind: Findable['kind'] | null,
): Findable[] {
  const met = new Map<string, { patientId: PatientId; terms: Set<string> }>()
  for (const row of rows) {
    const entry = met.get(row.entity_id) ?? { patientId: row.patient_id, terms: new Set() }
    for (const term of terms) if (meets(row.term, term)) entry.terms.add(term)
    met.set(row.entity_id, entry)
  }
  const hits: Findable[] = []
  for (const [entityId, { patientId, terms: own }] of met) {
    const hit: Findable = { kind: entityId === patientId ? 'patient' : 'case', entityId, patientId }
    const all = hit.kind === 'patient' ? own : new Set([...own, ...(met.get(patientId)?.terms ?? [])])
    if (all.size === terms.length && (kind === null || kind === hit.kind)) hits.push(hit)
  }
  return hits.sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'patient' ? -1 : 1))
}

/** The fewer rows a term leads to, the fewer have to be held against the others. */
async function rarestFirst(db: Reader, terms: readonly string[]): Promise<string[]> {
  if (terms.length < 2) return [...terms]
  const counted = await Promise.all(
    terms.map(async (term) => {
      const some = db
        .selectFrom('search_term')
        .select('term')
        .where('term', '>=', term)
        .where('term', '<', after(term))
        .limit(MANY)
      const { n } = await db
        .selectFrom(some.as('some'))
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return { term, n }
    }),
  )
  return counted.sort((a, b) => a.n - b.n).map((one) => one.term)
}

/** A word that begins as typed, or holds three letters or more of it. */
const meets = (word: string, typed: string) =>
  (word >= typed && word < after(typed)) || (typed.length > 2 && !typed.startsWith('tooth') && word.includes(typed))

/** The first text after all that begin with `prefix`; a tooth is meant as a whole, so that #1 does not find #12. */
function after(prefix: string): string {
  if (prefix.startsWith('tooth')) return `${prefix}!`
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)
}
