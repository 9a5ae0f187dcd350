// The audit trail on paper, as it was looked for, with the verdict on its chain.
import { PERMISSIONS } from '#core/contract/route.ts'
import { TrailFilter } from '#core/contract/trail.ts'
import { auditTrailSheet } from '#core/document/trail-sheet.ts'
import type { Document } from '#core/document/document.ts'
import { AppError } from '#core/errors.ts'
import { verifyAudit } from '#host/kernel/audit.ts'
import { localTime } from '#host/kernel/clock.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { getOffice } from '#host/office/rows.ts'
import { listTrail } from '#host/session/trail-rows.ts'
import { listPeople } from '#host/session/people-rows.ts'

/** Some forty sheets; whoever wants older rows names the days, or saves the file. */
const MOST_PRINTED = 1000

/** @throws FORBIDDEN for who may print, but not read the trail */
export async function auditTrailDocument(context: QueryContext, chosen?: TrailFilter): Promise<Document> {
  const { db, today, user, auditKey, trailEnd } = context
  if (!PERMISSIONS[user.role].includes('audit'))
    throw new AppError('FORBIDDEN', 'Your role does not allow this. Ask the office owner.', { permission: 'audit' })
  const filter = chosen ?? TrailFilter.parse({})
  const { rows, next } = await listTrail(db, filter, { after: null, limit: MOST_PRINTED })
  const person = (await listPeople(db)).find(({ id }) => id === filter.userId)?.name ?? ''
  return auditTrailSheet(await getOffice(db), today, {
    rows: rows.map((row) => ({ ...row, at: localTime(row.at) })),
    filter: { ...filter, person },
    isCut: next !== null,
    verdict: await verifyAudit(db, auditKey, trailEnd),
  })
}
