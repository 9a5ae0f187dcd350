// Updates as the owner meets them: look, say what is new, install. Loaded with the first of these; each step stands in the trail.
import { app } from 'electron'
import type { OutputOf } from '#core/contract/index.ts'
import { UPDATE_REFUSALS, type UpdateRefusal } from '#core/update/refusals.ts'
import { updateAddress } from '#core/update/address.ts'
import { install, installedKind, parseYaml, pendingFolder } from './library.ts'
import { type Prepared, prepareUpdate } from './prepare.ts'
import { Refused } from './refused.ts'
import { atAddress, inFolder, type UpdateSource } from './source.ts'

/** From a committed file, at build (scripts/build.ts). */
declare const UPDATE_KEY: string

/** A route of the host. @throws AppError as the host answered, FORBIDDEN for who may not update */
type Ask = (route: 'update.note' | 'setting.get' | 'backup.create', input: object) => Promise<unknown>

let waiting: Prepared | null = null

/** False when this copy is replaced by hand. */
export const updatesItself = (): boolean => installedKind() !== null

/** Why an update was not taken. No error: this file is a bundle of its own, with classes of its own. */
interface NotTaken {
  refused: string
}

/** Looks at the address of the settings, or in a folder; what is newer is fetched and checked. */
export async function findUpdate(ask: Ask, folder: string | null): Promise<OutputOf<'shell.findUpdate'> | NotTaken> {
  await ask('update.note', { what: 'looked' })
  waiting = null
  try {
    const source = folder === null ? await ofSettings(ask) : inFolder(folder)
    const kind = installedKind()
    const pending = pendingFolder()
    if (!kind || !pending) throw new Refused('by-hand')
    waiting = await prepareUpdate(source, {
      version: app.getVersion(),
      platform: process.platform,
      arch: process.arch,
      kind,
      publicKey: UPDATE_KEY,
      folder: pending,
      parse: parseYaml,
    })
  } catch (error) {
    return refuse(ask, error instanceof Refused ? error.reason : 'unreadable')
  }
  if (!waiting) return { version: null, notes: '' }
  const { version, releaseNotes: notes = '' } = waiting.manifest
  await ask('update.note', { what: 'ready', version })
  return { version, notes }
}

/** Before the app closes for it: a backup that was read back, and a row of the trail; null when it may. */
export async function beforeInstall(ask: Ask): Promise<NotTaken | null> {
  if (!waiting) return refuse(ask, 'not-ready')
  const { version } = waiting.manifest
  await ask('backup.create', {})
  await ask('update.note', { what: 'installing', version })
  return null
}

/** Once the host has closed: the new version takes this one's place and starts. @throws what went wrong; this version is whole then */
export async function handOver(): Promise<void> {
  if (!waiting) throw new Refused('not-ready')
  await install(waiting)
}

async function ofSettings(ask: Ask): Promise<UpdateSource> {
  const { updates } = (await ask('setting.get', {})) as OutputOf<'setting.get'>
  const address = updates.on ? updateAddress(updates.address) : null
  if (!address) throw new Refused('off')
  return atAddress(address)
}

async function refuse(ask: Ask, refusal: UpdateRefusal): Promise<NotTaken> {
  await ask('update.note', { what: 'refused', refusal })
  return { refused: UPDATE_REFUSALS[refusal] }
}
