// What an open office needs from time to time: a full check of its file and a sweep each day, a restore on trial each month.
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { bestEffort, writeFileAtomic } from '#db/files.ts'
import { manifestsIn } from '#db/manifest.ts'
import { runHeavy } from './heavy.ts'
import { sweepOrphans } from './sweep.ts'
import { vaultPaths } from './paths.ts'
import type { OpenVault } from './vault.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const Drill = z.strictObject({
  at: z.iso.datetime(),
  backup: z.string(),
  rows: z.number().int(),
  films: z.number().int(),
  problem: z.string().nullable(),
})
const Kept = z.strictObject({ checkedAt: z.iso.datetime().nullable(), drill: Drill.nullable() })

/** What was done last; nothing where nothing was, or the file cannot be read. */
export function lastUpkeep(file: string): z.infer<typeof Kept> {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { checkedAt: null, drill: null }
  }
}

/** @throws DATA_DAMAGED; the vault is lost then */
export async function lookAfter(vault: OpenVault, now: string): Promise<void> {
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
  const { drill } = done
  // After a bad one the next backup is tried at once.
  const isDue =
    isOlder(drill?.at ?? null, now, 30 * DAY_MS) || (drill!.problem !== null && drill!.backup !== newest?.id)
  if (!newest || !isDue) return
  const { id } = newest
  const found = await vault.aside(() => runHeavy('drill', { paths, key, id }))
  keep({ drill: { at: now, backup: id, ...found } })
}

/** Whether an instant is longer ago, or never was. A clock that was set back says nothing about the age. */
export function isOlder(at: string | null, now: string, ms: number): boolean {
  const age = at === null ? Infinity : Date.parse(now) - Date.parse(at)
  return age < 0 || age >= ms
}
