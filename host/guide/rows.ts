// Guides in the database: bodies by version, and the history of those that the office keeps as its own.
import type { Instant } from '#core/dates.ts'
import { Guide } from '#core/guide/schema.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { setQuery } from '#host/kernel/set-query.ts'
import { recordedBy, type Stamp } from '#host/kernel/versioned.ts'
import { versionOf } from './shelf.ts'

/** The office's own guides that are in force, as they were saved, by id. */
export async function currentGuides(db: Reader): Promise<Map<string, unknown>> {
  const rows = await db
    .selectFrom('office_guide as g')
    .innerJoin('guide_body as b', 'b.version', 'g.version')
    .select(['g.guide_id', 'b.body_json'])
    .where('g.off', '=', 0)
    .where((where) =>
      where(
        'g.seq',
        '=',
        where
          .selectFrom('office_guide as later')
          .select(({ fn }) => fn.max('later.seq').as('seq'))
          .whereRef('later.guide_id', '=', 'g.guide_id'),
      ),
    )
    .execute()
  return new Map(rows.map((row) => [row.guide_id, JSON.parse(row.body_json) as unknown]))
}

/** Keeps what a guide says, once. @returns its version */
export async function keepGuide(tx: Writer, guide: Guide, now: Instant): Promise<string> {
  const version = versionOf(guide)
  const known = await tx.selectFrom('guide_body').select('version').where('version', '=', version).executeTakeFirst()
  if (!known)
    await tx
      .insertInto('guide_body')
      .values({ version, guide_id: guide.id, body_json: JSON.stringify(guide), kept_at: now })
      .execute()
  return version
}

const bodies = setQuery((db, versions: string[]) =>
  db.selectFrom('guide_body').select(['version', 'body_json']).where('version', 'in', versions),
)
/** What a version says never changes: read once by all hosts of a process. */
const kept = new Map<string, Guide>()

/** Kept guides by version; without those that a newer app cannot read any more. */
export async function keptGuides(db: Reader, versions: readonly string[]): Promise<ReadonlyMap<string, Guide>> {
  const unread = versions.filter((version) => !kept.has(version))
  for (const { version, body_json } of await bodies(db, unread)) {
    const parsed = Guide.safeParse(JSON.parse(body_json))
    if (parsed.success) kept.set(version, parsed.data)
  }
  return kept
}

/** Each saving of an office's own guide, the last one first. */
export async function savingsOf(db: Reader, guideId: string) {
  return db
    .selectFrom('office_guide as g')
    .leftJoin('app_user as u', 'u.id', 'g.recorded_by')
    .select(['g.seq', 'g.version', 'g.based_on', 'g.off', 'g.note', 'g.recorded_at', 'u.name'])
    .where('g.guide_id', '=', guideId)
    .orderBy('g.seq', 'desc')
    .execute()
}
export type Saving = Awaited<ReturnType<typeof savingsOf>>[number]

export async function addSaving(
  tx: Writer,
  saving: Pick<Saving, 'seq' | 'version' | 'based_on' | 'off' | 'note'> & { guide_id: string },
  stamp: Stamp,
): Promise<void> {
  await tx
    .insertInto('office_guide')
    .values({ ...saving, ...recordedBy(stamp) })
    .execute()
}
