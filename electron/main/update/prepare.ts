// Fetches an update and looks at it: signature first, then version, then file. Nothing here installs.
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileFor, manifestName, type UpdateFile, UpdateManifest } from '#core/update/manifest.ts'
import { compareVersions } from '#core/update/version.ts'
import { Refused } from './refused.ts'
import { isSigned, sha512Of } from './signature.ts'
import type { UpdateSource } from './source.ts'

const MANIFEST_BYTES = 200_000
const SIGNATURE_BYTES = 200

export interface Prepared {
  manifest: UpdateManifest
  file: UpdateFile
  /** Where the checked file lies. */
  path: string
}

export interface Installation {
  version: string
  platform: string
  arch: string
  /** What this copy replaces itself by: `exe`, `zip`, `AppImage`, `deb`. */
  kind: string
  publicKey: string
  /** The folder that fetched files are kept in. */
  folder: string
  parse: (yaml: string) => unknown
}

/**
 * @returns the update, fetched and checked; null when this version is the newest
 * @throws Refused
 */
export async function prepareUpdate(source: UpdateSource, here: Installation): Promise<Prepared | null> {
  const name = manifestName(here.platform, here.arch)
  const bytes = await source.read(name, MANIFEST_BYTES)
  if (!bytes) throw new Refused('missing')
  const signature = await source.read(`${name}.sig`, SIGNATURE_BYTES)
  if (!signature) throw new Refused('unsigned')
  if (!isSigned(bytes, signature.toString('latin1'), here.publicKey)) throw new Refused('wrong-signature')
  const manifest = read(bytes, here)
  const newer = compareVersions(manifest.version, here.version)
  if (newer === 0) return null
  if (newer < 0) throw new Refused('older')
  const file = fileFor(manifest, here.kind, here.arch)
  if (!file) throw new Refused('missing')
  return { manifest, file, path: await fetchFile(source, file, here.folder) }
}

function read(bytes: Buffer, { parse }: Installation): UpdateManifest {
  try {
    return UpdateManifest.parse(parse(bytes.toString('utf8')))
  } catch {
    throw new Refused('unreadable')
  }
}

/** The file under its own name in an otherwise empty folder, its checksum as signed. */
async function fetchFile(source: UpdateSource, file: UpdateFile, folder: string): Promise<string> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const path = join(folder, file.url)
  const aside = `${path}.part`
  try {
    await source.save(file.url, aside, file.size)
    if ((await sha512Of(aside)) !== file.sha512) throw new Refused('tampered')
    await rename(aside, path)
    return path
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}
