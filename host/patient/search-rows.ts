// The words by which patients and cases are found: normalized terms with an index, and the lookup over them.
import type { PatientId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'

type Db = Reader | Writer

/** Lower-case words of letters and digits; accents and punctuation fold away. */
export function termsOf(...texts: (string | null | undefined)[]): string[] {
  const words = texts
    .flatMap((text) =>
      (text ?? '')
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .split(/[^a-z0-9]+/),
    )
    .filter((word) => word.length > 0)
  return [...new Set(words)]
}

/** A birth date as people type it: 20150412, 04122015, 4122015, 041215. */
export function birthTerms(birthDate: string): string[] {
  const [year, month, day] = birthDate.split('-') as [string, string, string]
  return [`${year}${month}${day}`, `${month}${day}${year}`, `${month}${day}${year.slice(2)}`]
}

/** What a person typed, as terms: dates are joined, `#8` is a tooth. */
export function queryTerms(text: string): string[] {
  const joined = text
    .replace(
      /\b(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})\b/g,
      (_all, month: string, day: string, year: string) => `${month.padStart(2, '0')}${day.padStart(2, '0')}${year}`,
    )
    .replace(/\b(\d{4})-(\d{2})-(\d{2})\b/g, '$1$2$3')
    .replace(/#\s*([0-9]{1,2}|[A-Ta-t])\b/g, ' tooth$1 ')
  return termsOf(joined)
}

/** Replaces the terms of one patient or case. */
export async function indexTerms(
  tx: Writer,
  kind: 'patient' | 'case',
  entityId: string,
  patientId: PatientId,
  terms: readonly string[],
): Promise<void> {
  const own = tx.selectFrom('search_term').where('patient_id', '=', patientId).where('entity_id', '=', entityId)
  const present = await own.select('term').execute()
  const wanted = new Set(terms)
  const stale = present.map((row) => row.term).filter((term) => !wanted.delete(term))
  if (stale.length > 0)
    await tx.deleteFrom('search_term').where('entity_id', '=', entityId).where('term', 'in', stale).execute()
  if (wanted.size > 0) {
    await tx
      .insertInto('search_term')
      .values([...wanted].map((term) => ({ term, kind, entity_id: entityId, patient_id: patientId })))
      .execute()
  }
}

export interface Hit {
  kind: 'patient' | 'case'
  entityId: string
  patientId: PatientId
}
/** A count beyond this says only "many". */
const MANY = 1000

/**
 * What carries a term beginning with each of `terms`; about `limit` people's worth, patients before cases. A case is also
 * found by its patient's words, as long as one word is its own; a patient only by the patient's own.
 */
export async function findEntities(
  db: Db,
  terms: readonly string[],
  limit: number,
  kind: 'patient' | 'case' | null = null,
): Promise<Hit[]> {
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
  if (people.length === 0) return []
  const rows = await db
    .selectFrom('search_term')
    .select(['term', 'entity_id', 'patient_id'])
    .where('patient_id', 'in', people)
    .where((where) =>
      where.or(terms.map((term) => where.and([where('term', '>=', term), where('term', '<', after(term))]))),
    )
    .execute()
  return matching(terms, rows, kind)
}

function matching(
  terms: readonly string[],
  rows: readonly { term: string; entity_id: string; patient_id: PatientId }[],
  kind: Hit['kind'] | null,
): Hit[] {
  const met = new Map<string, { patientId: PatientId; terms: Set<string> }>()
  for (const row of rows) {
    const entry = met.get(row.entity_id) ?? { patientId: row.patient_id, terms: new Set() }
    for (const term of terms) if (row.term >= term && row.term < after(term)) entry.terms.add(term)
    met.set(row.entity_id, entry)
  }
  const hits: Hit[] = []
  for (const [entityId, { patientId, terms: own }] of met) {
    const hit: Hit = { kind: entityId === patientId ? 'patient' : 'case', entityId, patientId }
    const all = hit.kind === 'patient' ? own : new Set([...own, ...(met.get(patientId)?.terms ?? [])])
    if (all.size === terms.length && (kind === null || kind === hit.kind)) hits.push(hit)
  }
  return hits.sort((a, b) => (a.kind === b.kind ? 0 : a.kind === 'patient' ? -1 : 1))
}

/** The fewer rows a term leads to, the fewer have to be held against the others. */
async function rarestFirst(db: Db, terms: readonly string[]): Promise<string[]> {
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

/** The first text after all that begin with `prefix`; a tooth is meant as a whole, so that #1 does not find #12. */
function after(prefix: string): string {
  if (prefix.startsWith('tooth')) return `${prefix}!`
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)
}
