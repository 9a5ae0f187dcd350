// Claim files as written, the claims in each, and how each was answered.
import { sql } from 'kysely'
import type { SentFile } from '#core/claim/first-sending.ts'
import type { AnswerReason } from '#core/contract/claim.ts'
import type { Instant, IsoDate } from '#core/dates.ts'
import type { AuthorizationId, CaseId, ClaimId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { setQuery } from '#host/kernel/set-query.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import { sha256Of } from '#db/sha256.ts'
import type { ClaimFileTable } from '#db/tables/edi.ts'
import { found, type Stamp } from '#host/kernel/versioned.ts'

export interface FileItem {
  number: string
  claimId: ClaimId | null
  authorizationId: AuthorizationId | null
}

/** The case of a claim or a request of ours, whichever has this id. */
export async function findCaseToExport(db: Reader, id: string): Promise<CaseId | undefined> {
  const claim = db
    .selectFrom('claim')
    .select('case_id')
    .where('id', '=', id as ClaimId)
  const request = db
    .selectFrom('authorization')
    .select('case_id')
    .where('id', '=', id as AuthorizationId)
  return (await claim.unionAll(request).executeTakeFirst())?.case_id
}

/** The next control number: one more than ever used. */
export async function nextControl(db: Reader): Promise<number> {
  const row = await db
    .selectFrom('claim_file')
    .select(({ fn }) => fn.max('control').as('last'))
    .executeTakeFirst()
  return (row?.last ?? 0) + 1
}
/** @returns the digest of the text */
export async function addClaimFile(
  tx: Writer,
  file: { id: string; control: number; isTest: boolean; text: string; items: readonly FileItem[] },
  stamp: Stamp,
): Promise<string> {
  const sha256 = sha256Of(file.text)
  await insertRow(tx, 'claim_file', {
    id: file.id,
    control: file.control,
    is_test: Number(file.isTest),
    body: file.text,
    sha256,
    state: 'written',
    written_by: stamp.user.id,
    written_at: stamp.now,
  })
  for (const [seq, item] of file.items.entries())
    await insertRow(tx, 'claim_file_item', {
      claim_file_id: file.id,
      seq,
      number: item.number,
      claim_id: item.claimId,
      authorization_id: item.authorizationId,
      answer: 'none',
      answered_on: null,
      reasons_json: '[]',
    })
  return sha256
}
/** @throws NOT_FOUND */
export async function getClaimFile(db: Reader, id: string) {
  const row = await db.selectFrom('claim_file').selectAll().where('id', '=', id).executeTakeFirst()
  return found(row, 'claim file', id)
}
/** When a file of ours was written. */
export async function writtenAt(db: Reader, id: string): Promise<Instant> {
  const row = await db.selectFrom('claim_file').select('written_at').where('id', '=', id).executeTakeFirstOrThrow()
  return row.written_at
}
export async function listClaimFiles(db: Reader, limit: number) {
  const count = (answer: string) => sql<number>`sum(i.answer = ${answer})`
  return db
    .selectFrom('claim_file as f')
    .innerJoin('claim_file_item as i', 'i.claim_file_id', 'f.id')
    .leftJoin('app_user as u', 'u.id', 'f.written_by')
    .select(['f.id', 'f.control', 'f.written_at as writtenAt', 'f.is_test as isTest', 'f.state', 'u.name as writtenBy'])
    .select(({ fn }) => [
      fn.countAll<number>().as('claims'),
      count('accepted').as('accepted'),
      count('rejected').as('rejected'),
    ])
    .groupBy('f.id')
    .orderBy('f.control', 'desc')
    .limit(limit)
    .execute()
}
export async function findFileByControl(db: Reader, control: number) {
  return db.selectFrom('claim_file').select(['id', 'state']).where('control', '=', control).executeTakeFirst()
}
export async function setFileState(tx: Writer, id: string, state: ClaimFileTable['state']): Promise<void> {
  await tx.updateTable('claim_file').set({ state }).where('id', '=', id).execute()
}
export async function listFileItems(db: Reader, where: { fileId: string } | { number: string }) {
  let query = db.selectFrom('claim_file_item').selectAll()
  query =
    'fileId' in where
      ? query.where('claim_file_id', '=', where.fileId).orderBy('seq')
      : query.where('number', '=', where.number).orderBy('claim_file_id', 'desc')
  return query.execute()
}
export async function answerItem(
  tx: Writer,
  item: { claim_file_id: string; seq: number },
  answer: { isAccepted: boolean; on: IsoDate; reasons: readonly AnswerReason[] },
): Promise<void> {
  await tx
    .updateTable('claim_file_item')
    .set({
      answer: answer.isAccepted ? 'accepted' : 'rejected',
      answered_on: answer.on,
      reasons_json: JSON.stringify(answer.reasons),
    })
    .where('claim_file_id', '=', item.claim_file_id)
    .where('seq', '=', item.seq)
    .execute()
}
/** How the exports of a claim were answered, the latest first. */
export async function listAnswers(db: Reader, claimId: ClaimId) {
  const rows = await db
    .selectFrom('claim_file_item as i')
    .innerJoin('claim_file as f', 'f.id', 'i.claim_file_id')
    .select(['f.id as fileId', 'f.control', 'f.written_at as writtenAt', 'i.answer', 'i.answered_on as answeredOn'])
    .select('i.reasons_json as reasons')
    .where('i.claim_id', '=', claimId)
    .orderBy('f.control', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, reasons: JSON.parse(row.reasons) as AnswerReason[] }))
}
/** Exports of these claims and how each was answered. */
export const listSentFiles = setQuery((db, ids: ClaimId[]) =>
  db
    .selectFrom('claim_file_item as i')
    .innerJoin('claim_file as f', 'f.id', 'i.claim_file_id')
    .select(['i.claim_id as claimId', 'f.control', 'i.answer', 'i.answered_on as answeredOn'])
    .where('i.claim_id', 'in', ids)
    .orderBy('f.control')
    .$castTo<SentFile>(),
)
/** @returns `isNew`: false when the same text was read before; and the text's digest */
export async function addAcknowledgement(
  tx: Writer,
  answer: { id: string; text: string },
  stamp: Stamp,
): Promise<{ isNew: boolean; sha256: string }> {
  const sha256 = sha256Of(answer.text)
  const known = await tx.selectFrom('acknowledgement').select('id').where('sha256', '=', sha256).executeTakeFirst()
  if (known) return { isNew: false, sha256 }
  await insertRow(tx, 'acknowledgement', {
    id: answer.id,
    sha256,
    body: answer.text,
    read_by: stamp.user.id,
    read_at: stamp.now,
  })
  return { isNew: true, sha256 }
}
/** Acknowledgements in which all of these texts stand, in any case: where to look, no proof. */
export async function acknowledgementsWith(db: Reader, texts: readonly string[]): Promise<string[]> {
  let query = db.selectFrom('acknowledgement').select('body')
  for (const text of texts) query = query.where(sql<boolean>`instr(upper(body), ${text.toUpperCase()}) > 0`)
  return (await query.execute()).map((row) => row.body)
}
