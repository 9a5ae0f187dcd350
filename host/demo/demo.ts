// Fills the demo practice, and test folders of any size, with invented people and cases.
import type { Assets } from '#core/assets.ts'
import type { IsoDate } from '#core/dates.ts'
import type { CaseId } from '#core/ids.ts'
import type { Writer } from '#db/reader.ts'
import { appendAudit } from '#host/kernel/audit.ts'
import { refreshCases } from '#host/case/refresh.ts'
import { localDate } from '#host/kernel/clock.ts'
import type { OpenVault } from '#host/session/vault.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { createCalendar, officeTime } from './calendar.ts'
import { type Exchange, exchangeFiles } from './exchange.ts'
import { type SeedOptions, writePractice } from './practice.ts'
import { createRandom } from './random.ts'
import { ownerOf } from './sent-rows.ts'
import { STATES } from './states.ts'

/** One case in each state worth seeing, and a few more of those a desk meets every day. */
export async function seedDemo(vault: OpenVault, today: IsoDate, assets: Assets): Promise<void> {
  const open = STATES.filter((state) => !state.closed)
  const closed = STATES.filter((state) => state.closed)
  // Of what a desk meets every day more is under way than to be done: as on a Monday, not as after a month away.
  const daily = open.filter((state) => state.weight >= 20 && state.need === 'yes')
  const money = Object.entries(MORE_MONEY).flatMap(([name, count]) =>
    Array.from({ length: count }, () => STATES.find((state) => state.name === name)!),
  )
  const states = [...open, ...closed, ...daily, ...money]
  await seed(vault, { seed: 2026, cases: states.length, today, states, assets })
}
/** So that lists of claims, remittances and denials show more than one row of each kind. */
const MORE_MONEY = { 'claim drafted': 1, 'claim sent': 10, paid: 8, denied: 6, 'EOB asks': 3, 'appeal won': 1 }

interface Options extends SeedOptions {
  /** Guides and reason tables; with them files are exchanged with payers, too. */
  assets?: Assets
}

/** Adds an invented practice: `cases` in every state by their usual share. */
export async function seedPractice(
  vault: OpenVault,
  options: Omit<Options, 'today'> & { today?: IsoDate },
): Promise<Record<string, number>> {
  return seed(vault, { today: localDate(new Date().toISOString()), ...options })
}

async function seed(vault: OpenVault, options: Options): Promise<Record<string, number>> {
  // Room for the whole practice: otherwise pages are encrypted again and again while it grows.
  const room = vault.sqlite.pragma('cache_size', { simple: true })
  vault.sqlite.pragma(`cache_size=-${Math.max(600_000, options.cases * 8)}`)
  return vault
    .write((tx) => seedIn(vault, tx, options))
    .finally(() => {
      vault.sqlite.pragma(`cache_size=${Number(room)}`)
      // The log of a whole practice would make the next saves slow.
      vault.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    })
}

async function seedIn(vault: OpenVault, tx: Writer, options: Options): Promise<Record<string, number>> {
  const owner = await ownerOf(tx)
  const place = { tx, sqlite: vault.sqlite, blobs: vault.blobs, user: owner.id }
  const { today, seed: number, assets } = options
  const counts = await writePractice(place, options)
  if (assets !== undefined) {
    const random = createRandom(number ^ 0x835)
    const contextOn = (on: IsoDate, touched: Set<string>): CommandContext => ({
      db: tx,
      tx,
      kept: new Map(),
      touches: (id) => void touched.add(id),
      settle: async () => undefined,
      user: owner,
      now: officeTime(on, '11:00'),
      today: on,
      assets,
      blobs: vault.blobs,
      auditKey: vault.auditKey,
      trailEnd: vault.trailEnd,
      newId: () => random.id(on),
      step: async () => undefined,
      audit: () => undefined,
    })
    const prefix = `S${number.toString(36).toUpperCase()}E`
    const runOn: Exchange['runOn'] = async (on, work) => {
      const touched = new Set<string>()
      const context = contextOn(on, touched)
      const result = await work(context)
      await refreshCases(context, [...touched] as CaseId[])
      return result
    }
    await exchangeFiles({ tx, runOn, calendar: createCalendar(today), today, prefix })
  }
  await appendAudit(tx, vault.auditKey, {
    at: new Date().toISOString(),
    user_id: owner.id,
    session_id: '',
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
