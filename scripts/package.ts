// `npm run package:dir`, `package:tar`, `package`: builds, packs for this system with the Electron at hand, and looks at what is inside.
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { path7za } from '7zip-bin'
import { Arch, build, type Configuration, Platform } from 'electron-builder'
import { buildAll } from './build.ts'
import { packageProblems, readFuses } from './package-check.ts'

/** The fuses as electron-builder.yml has them. */
export function wantedFuses(): Record<string, boolean> {
  const section = /^electronFuses:\n((?: {2}.+\n)+)/m.exec(readFileSync('electron-builder.yml', 'utf8'))![1]!
  const pairs = section.trim().split('\n')
  return Object.fromEntries(pairs.map((line) => [line.split(':')[0]!.trim(), line.endsWith('true')]))
}

/**
 * Packs dist/ as it lies here.
 * @param kind `dir` for the folder alone, `tar` for a .tar.gz, `installers` for all that electron-builder.yml lists for this system
 * @param output the folder it goes to
 * @returns the unpacked folder
 * @throws Error naming what should not be inside
 */
export async function pack(kind: 'dir' | 'tar' | 'installers', output = 'release', version?: string): Promise<string> {
  // Its package comes without the right to be run.
  if (process.platform !== 'win32') chmodSync(path7za, 0o755)
  process.env['ELECTRON_BUILDER_7ZIP_PATH'] ??= path7za
  rmSync(output, { recursive: true, force: true })
  const targets = { dir: 'dir', tar: 'tar.gz', installers: undefined }[kind]
  await build({
    targets: Platform.current().createTarget(targets, Arch[process.arch as 'x64' | 'arm64']),
    publish: 'never',
    config: {
      directories: { output, buildResources: 'assets/icons' },
      ...(version && { extraMetadata: { version } }),
      releaseInfo: { releaseNotes: newestNotes(readFileSync('CHANGELOG.md', 'utf8')) },
      ...publisher(),
      ...electronHere(),
    },
  })
  const folder = join(output, readdirSync(output).find((name) => name.endsWith('unpacked')) ?? '')
  const target = `${process.platform}-${process.arch}`
  const problems = process.platform === 'darwin' ? [] : packageProblems(folder, target, wantedFuses())
  if (problems.length > 0) throw new Error(`The package is not right:\n${problems.join('\n')}`)
  return folder
}

/** The newest section of the changelog as plain text: what Settings → Updates shows before somebody installs. */
export function newestNotes(changelog: string): string {
  const [, section = ''] = changelog.split(/^## .*$/m)
  return section.replace(/\*\*|`/g, '').trim()
}

/** Who signs for Windows, as a full distinguished name; without one a copy for Windows takes no updates (electron/main/update). */
function publisher(): Configuration {
  const name = process.env['CLAIMWRIGHT_PUBLISHER']
  return name ? { win: { signtoolOptions: { publisherName: [name] } } } : {}
}

/** The Electron of ELECTRON_OVERRIDE_DIST_PATH, where it is set; an older one has fewer fuses. */
function electronHere(): Configuration {
  const electronDist = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (!electronDist) return {}
  const electronVersion = readFileSync(join(electronDist, 'version'), 'utf8').trim().replace(/^v/, '')
  const program = join(electronDist, process.platform === 'win32' ? 'electron.exe' : 'electron')
  const has = existsSync(program) ? readFuses(program) : {}
  const missing = Object.keys(wantedFuses()).filter((name) => !(name in has))
  if (missing.length > 0) console.warn(`Electron ${electronVersion} has no fuse ${missing.join(', ')}.`)
  const afterPack: Configuration['afterPack'] = ({ packager, appOutDir }) => {
    // The builder removes it only from an Electron that it fetched itself.
    rmSync(join(appOutDir, 'resources/default_app.asar'), { force: true })
    for (const name of missing) delete packager.config.electronFuses?.[name as 'runAsNode']
  }
  return { electronDist, electronVersion, afterPack }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const kind = (['dir', 'tar', 'installers'] as const).find((one) => one === process.argv[2])
  if (!kind) throw new Error('Say dir, tar or installers')
  await buildAll()
  console.log(`Packed into ${await pack(kind)}`)
}
