// What an open office needs from time to time: a full check of its file and a sweep each day, a restore on trial each month, from both places.
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { bestEffort, writeFileAtomic } from '#db/files.ts'
import { manifestsIn } from '#db/manifest.ts'
import { runHeavy } from './heavy.ts'
import { sweepOrphans } from './sweep.ts'
import { type Paths, vaultPaths } from './paths.ts'
import type { OpenVault } from './vault.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const Drill = z.strictObject({
  at: z.iso.datetime(),
  backup: z.string(),
  rows: z.number().int(),
  films: z.number().int(),
  problem: z.string().nullable(),
})
const Kept = z.strictObject({
  checkedAt: z.iso.datetime().nullable(),
  drill: Drill.nullable(),
  /** Of the second place. */
  secondDrill: Drill.nullable().default(null),
})

/** What was done last; nothing where nothing was, or the file cannot be read. */
export function lastUpkeep(file: string): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { checkedAt: null, drill: null, secondDrill: null }
  }
}

/** Where copies of backups lie. */
interface Elsewhere {
  newestInSecond(paths: Paths): Promise<{ folder: string; id: string } | null>
}

/** A restore on trial from a place that may never answer is not begun a second time. */
const trying = new WeakSet<OpenVault>()

/** @throws DATA_DAMAGED; the vault is lost then */
export async function lookAfter(vault: OpenVault, now: string, backups: Elsewhere): Promise<void> {
  const paths = vaultPaths(vault.folder)
  const { key } = vault
  const done = lastUpkeep(paths.upkeep)
  const keep = (part: Partial<typeof done>) =>
    bestEffort(() => writeFileAtomic(paths.upkeep, JSON.stringify(Object.assign(done, part))))
  if (isOlder(done.checkedAt, now, DAY_MS)) {
    await vault.aside(() => runHeavy('check', { paths, key }))
    sweepOrphans(paths, await vault.blobRefs())
    keep({ checkedAt: now })
  }
  const [newest] = await manifestsIn(paths.backups)
  if (newest && isDrillDue(done.drill, newest.id, now)) {
    const order = { paths, key, folder: paths.backups, id: newest.id }
    const found = await vault.aside(() => runHeavy('drill', order))
    keep({ drill: { at: now, backup: newest.id, ...found } })
  }
  const other = await backups.newestInSecond(paths)
  if (!other || trying.has(vault) || !isDrillDue(done.secondDrill, other.id, now)) return
  trying.add(vault)
  try {
    // In a thread, however small it is, and beside everything else: a share that hangs keeps nobody waiting.
    const found = await runHeavy('drill', { paths, key, ...other }, { small: 0 })
    keep({ secondDrill: { at: now, backup: other.id, ...found } })
  } finally {
    trying.delete(vault)
  }
}

/** Once a month; after a bad one the next backup is tried at once. */
function isDrillDue(last: z.infer<typeof Drill> | null, newest: string, now: string): boolean {
  return isOlder(last?.at ?? null, now, 30 * DAY_MS) || (last!.problem !== null && last!.backup !== newest)
}

/** Whether an instant is longer ago, or never was. A clock that was set back says nothing about the age. */
export function isOlder(at: string | null, now: string, ms: number): boolean {
  const age = at === null ? Infinity : Date.parse(now) - Date.parse(at)
  return age < 0 || age >= ms
}
