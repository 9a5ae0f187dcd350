// Fills the demo practice, and test folders of any size, with invented people and cases.
import type { IsoDate } from '#core/dates.ts'
import type { Writer } from '../reader.ts'
import { appendAudit } from '#host/audit.ts'
import { localDate } from '#host/clock.ts'
import type { OpenVault } from '#host/vault.ts'
import { type SeedOptions, writePractice } from './practice.ts'
import { STATES } from './states.ts'

/** One case in each state worth seeing, and a few more of those a desk meets every day. */
export async function seedDemo(vault: OpenVault, today: IsoDate): Promise<void> {
  const open = STATES.filter((state) => !state.closed)
  const closed = STATES.filter((state) => state.closed)
  const daily = open.filter((state) => state.weight >= 20)
  await seed(vault, {
    seed: 2026,
    cases: open.length + closed.length + daily.length,
    today,
    states: [...open, ...closed, ...daily],
  })
}

/** Adds an invented practice: `cases` in every state by their usual share. */
export async function seedPractice(
  vault: OpenVault,
  options: Omit<SeedOptions, 'today'> & { today?: IsoDate },
): Promise<Record<string, number>> {
  return seed(vault, { today: localDate(new Date().toISOString()), ...options })
}

async function seed(vault: OpenVault, options: SeedOptions): Promise<Record<string, number>> {
  // Room for the whole practice: otherwise pages are encrypted again and again while it grows.
  const room = vault.sqlite.pragma('cache_size', { simple: true })
  vault.sqlite.pragma('cache_size=-600000')
  return vault
    .write((tx) => seedIn(vault, tx, options))
    .finally(() => {
      vault.sqlite.pragma(`cache_size=${Number(room)}`)
      // The log of a whole practice would make the next saves slow.
      vault.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    })
}

async function seedIn(vault: OpenVault, tx: Writer, options: SeedOptions): Promise<Record<string, number>> {
  const place = { tx, sqlite: vault.sqlite, blobs: vault.blobs, user: vault.user.id }
  const counts = await writePractice(place, options)
  vault.head = await appendAudit(tx, vault.auditKey, vault.head, {
    at: new Date().toISOString(),
    user_id: vault.user.id,
    session_id: vault.sessionId,
    action: 'seed',
    entity: 'office',
    entity_id: '1',
    patient_id: null,
    before_json: null,
    after_json: JSON.stringify(counts),
    reason: `Invented practice, seed ${options.seed}`,
  })
  return counts
}
