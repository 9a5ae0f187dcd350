// The words by which patients and cases are found: normalized terms with an index, and the lookup over them.
import type { CaseId, PatientId } from '#core/ids.ts'
import type { Reader, Writer } from '../reader.ts'

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
  const present = await tx.selectFrom('search_term').select('term').where('entity_id', '=', entityId).execute()
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

/** Entities that carry a term beginning with each of `terms`; at most `limit`. The longest term leads, being the rarest. */
export async function findEntities(
  db: Db,
  terms: readonly string[],
  limit: number,
  kind: 'patient' | 'case' | null = null,
): Promise<{ kind: 'patient' | 'case'; entityId: string; patientId: PatientId }[]> {
  const [lead, ...rest] = [...terms].sort((a, b) => b.length - a.length)
  if (lead === undefined) return []
  let query = db
    .selectFrom('search_term as lead')
    .select(['lead.kind', 'lead.entity_id as entityId', 'lead.patient_id as patientId'])
    .distinct()
    .where('lead.term', '>=', lead)
    .where('lead.term', '<', after(lead))
    .limit(limit)
  if (kind) query = query.where('lead.kind', '=', kind)
  for (const term of rest) {
    query = query.where((where) =>
      where.exists(
        where
          .selectFrom('search_term as other')
          .select('other.term')
          // A case is also found by its patient's words.
          .where((inner) =>
            inner.or([
              inner('other.entity_id', '=', inner.ref('lead.entity_id')),
              inner('other.entity_id', '=', inner.ref('lead.patient_id')),
            ]),
          )
          .where('other.term', '>=', term)
          .where('other.term', '<', after(term)),
      ),
    )
  }
  return query.execute()
}

/** The first text after all texts that begin with `prefix`. */
function after(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)
}

export type CaseHit = { caseId: CaseId; patientId: PatientId }
