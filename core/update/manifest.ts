// What a signed latest.yml says: which version, which file, its checksum, what is new.
import * as z from 'zod'
import { isVersion } from './version.ts'

/** The least and the most an installer may weigh; what lies outside is not even begun. */
const MOST_BYTES = 1_000_000_000

const UpdateFile = z.object({
  /** A plain name beside the yml: no folder, no other address. */
  url: z.string().regex(/^[A-Za-z0-9][\w.-]{0,150}$/),
  /** Base64 of 64 bytes. */
  sha512: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
  size: z.number().int().positive().max(MOST_BYTES),
  isAdminRightsRequired: z.boolean().optional(),
})
export type UpdateFile = z.infer<typeof UpdateFile>

export const UpdateManifest = z.object({
  version: z.string().refine(isVersion),
  files: z.array(UpdateFile).min(1).max(20),
  releaseDate: z.string().max(40).optional(),
  /** Shown as text, never as markup. */
  releaseNotes: z.string().max(20_000).optional(),
  minimumSystemVersion: z.string().max(40).optional(),
})
export type UpdateManifest = z.infer<typeof UpdateManifest>

/** The name of the yml for a system, as electron-builder writes it. */
export function manifestName(platform: string, arch: string): string {
  if (platform === 'win32') return 'latest.yml'
  if (platform === 'darwin') return 'latest-mac.yml'
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`
}

/** The file of a manifest that this installation replaces itself by; undefined when there is none. @param kind `exe`, `zip`, `AppImage`, `deb` */
export function fileFor({ files }: Pick<UpdateManifest, 'files'>, kind: string, arch: string): UpdateFile | undefined {
  const fitting = files.filter(({ url }) => url.endsWith(`.${kind}`))
  return (
    fitting.find(({ url }) => url.includes(arch)) ?? fitting.find(({ url }) => !/x64|arm64|ia32|x86_64|amd64/.test(url))
  )
}
