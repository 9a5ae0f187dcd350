// What a new office has in its file so far.
import type { Reader } from '#db/reader.ts'

/** More than the owner; a payer; a patient; a first print. */
export async function setUpSoFar(db: Reader) {
  const people = await db.selectFrom('app_user').select('id').where('active', '=', 1).limit(2).execute()
  const payer = await db.selectFrom('payer').select('id').limit(1).executeTakeFirst()
  const patient = await db
    .selectFrom('patient')
    .select('id')
    .where('standing', '=', 'active')
    .limit(1)
    .executeTakeFirst()
  const print = await db
    .selectFrom('audit')
    .select('seq')
    .where('action', '=', 'document.render')
    .limit(1)
    .executeTakeFirst()
  return {
    people: people.length > 1,
    payers: payer !== undefined,
    patients: patient !== undefined,
    printed: print !== undefined,
  }
}
