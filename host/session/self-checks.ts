// Whether database, trail, backups, key file, disk, folder and clock are as they should be, in words without a name or a place.
import { statfs } from 'node:fs/promises'
import type { OutputOf } from '#core/contract/index.ts'
import { fileSize } from '#core/file-size.ts'
import { withCommas } from '#core/counts.ts'
import type { SelfCheck } from '#core/diagnostics.ts'
import { trailVerdict } from '#core/trail-verdict.ts'
import { AppError } from '#core/errors.ts'
import { parseKeyring } from '#db/keyring.ts'
import { refuseUnsafeFolder } from '#db/safe-folder.ts'
import { verifyAudit } from '#host/kernel/audit.ts'
import { localTime } from '#host/kernel/clock.ts'
import type { Paths } from './paths.ts'
import { isOlder, lastUpkeep } from './upkeep.ts'
import { newestEntryAt } from './diagnostics-rows.ts'
import type { OpenVault } from './vault.ts'

const HOUR_MS = 60 * 60 * 1000
/** Room for one more backup of a usual office, and for what a day writes. */
const LEAST_FREE = 2 * 1024 ** 3

type Found = Omit<SelfCheck, 'name'>
type Backups = OutputOf<'backup.list'>

const ok = (words: string): Found => ({ state: 'ok', words })
const none = (words: string): Found => ({ state: 'none', words })
const warn = (words: string): Found => ({ state: 'warn', words })
const bad = (words: string): Found => ({ state: 'bad', words })

/** Each check by name; one that fails says so and keeps none of the others away. */
export async function selfChecks(vault: OpenVault, paths: Paths, backups: Backups, now: string): Promise<SelfCheck[]> {
  const checks: [string, () => Found | Promise<Found>][] = [
    ['Database', () => database(vault, paths)],
    ['Audit trail', () => trail(vault)],
    ['Backup on this disk', () => localBackup(backups, now)],
    ['Backup on another disk', () => offDisk(backups, now)],
    ['Trial restore', () => trialRestore(backups.drill, 'on this disk')],
    ['Trial restore, second place', () => secondTrialRestore(backups)],
    ['Key file', () => keyFile(vault, paths)],
    ['Disk space', () => diskSpace(paths)],
    ['Data folder', () => folder(paths)],
    ['Clock', () => clock(vault, now)],
  ]
  const found = checks.map(async ([name, look]) => ({ name, ...(await Promise.resolve().then(look).catch(failed)) }))
  return Promise.all(found)
}

const failed = (): Found => bad('This check could not be run. Restart Claimwright and look again.')

async function database(vault: OpenVault, paths: Paths): Promise<Found> {
  await vault.sound()
  const { checkedAt } = lastUpkeep(paths.upkeep)
  const whole = checkedAt
    ? `read to the end ${localTime(checkedAt)}`
    : 'not read to the end yet: that is done once a day'
  return vault.isReadOnly ? warn(`Opened for reading only; ${whole}.`) : ok(`Whole at this sign-in; ${whole}.`)
}

async function trail(vault: OpenVault): Promise<Found> {
  const verdict = await vault.read((db) => verifyAudit(db, vault.auditKey, vault.trailEnd))
  return verdict.ok
    ? ok(`${trailVerdict(verdict)}.`)
    : bad(`${trailVerdict(verdict)}. Ask the office owner to look at it.`)
}

function localBackup({ backups, problem }: Backups, now: string): Found {
  const newest = backups.find(({ place }) => place === 'local')
  if (problem) return bad(`The last one failed. Press “Back up now”.`)
  if (!newest) return warn('None yet. Press “Back up now”.')
  const words = `${ageOf(newest.at, now)}; ${newest.verified ? 'read back' : 'by a newer Claimwright'}.`
  return isOlder(newest.at, now, 48 * HOUR_MS) ? warn(words) : ok(words)
}

function offDisk({ secondPlace, secondPlaceProblem, lastOffDisk, atRisk }: Backups, now: string): Found {
  if (!secondPlace) return warn('No second place is chosen. Choose one in Settings.')
  const newest = lastOffDisk ? `${ageOf(lastOffDisk, now)}.` : 'None there yet.'
  if (secondPlaceProblem) return bad(`${newest} The second place does not take backups: see Settings.`)
  if (atRisk?.level === 'overdue') return bad(`${newest} Work of two days is on this disk only.`)
  return atRisk?.level === 'late' ? warn(`${newest} Work of a day is on this disk only.`) : ok(newest)
}

function trialRestore(drill: Backups['drill'], source: string): Found {
  if (!drill) return none(`Once a month the newest backup ${source} is restored on trial.`)
  const when = localTime(drill.at)
  if (drill.problem) return bad(`${when}: a backup ${source} could not be restored. Press “Back up now”.`)
  return ok(`${when}: ${withCommas(drill.rows)} entries and ${withCommas(drill.films)} films read.`)
}

function secondTrialRestore({ secondPlace, secondDrill }: Backups): Found {
  if (!secondPlace && !secondDrill) return none('No second place is chosen. Choose one in Settings.')
  return trialRestore(secondDrill, 'in the second place')
}

async function keyFile(vault: OpenVault, { keyring }: Paths): Promise<Found> {
  const [file, copy, holders] = [parseKeyring(keyring), parseKeyring(`${keyring}.bak`), await vault.holders()]
  if (!file) return bad('It cannot be read. Press “Back up now”, then ask the office owner to restore that backup.')
  if (holders && file.revision !== holders.revision)
    return bad('It is not of this state of the database. Lock and sign in again.')
  const { length } = file.slots
  const words = `${length} ${length === 1 ? 'person' : 'people'}, revision ${file.revision}.`
  return copy ? ok(words) : warn(`${words} Its copy is missing: any change of a password writes a new one.`)
}

async function diskSpace({ folder: place }: Paths): Promise<Found> {
  const { bavail, bsize } = await statfs(place)
  const words = `${fileSize(bavail * bsize)} free.`
  return bavail * bsize < LEAST_FREE ? warn(`${words} Make room: backups need it.`) : ok(words)
}

function folder({ folder: place }: Paths): Found {
  try {
    refuseUnsafeFolder(place)
    return ok('On a disk of this computer, in no synced folder.')
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return bad('On a share or in a synced folder. Move it to a disk of this computer.')
  }
}

async function clock(vault: OpenVault, now: string): Promise<Found> {
  const newest = await vault.read(newestEntryAt)
  const zone = -new Date(now).getTimezoneOffset() / 60
  const words = `${localTime(now)}, UTC${zone < 0 ? '' : '+'}${zone}.`
  const isBehind = newest !== undefined && Date.parse(newest) - Date.parse(now) > HOUR_MS
  return isBehind ? warn(`${words} The trail holds later times: the clock was set back.`) : ok(words)
}

/** `3 h old`. A clock that was set back makes no negative age. */
function ageOf(at: string, now: string): string {
  const hours = Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / HOUR_MS))
  if (hours === 0) return 'Less than an hour old'
  return hours < 48 ? `${hours} h old` : `${Math.floor(hours / 24)} days old`
}
