// electron-updater, kept on a short line: it is given a manifest and a file that were checked, reaches no address, and only installs.
import { chmodSync, copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { app } from 'electron'
import { AppImageUpdater, type AppUpdater, DebUpdater, MacUpdater, NsisUpdater, Provider } from 'electron-updater'
import { parseUpdateInfo, resolveFiles } from 'electron-updater/out/providers/Provider'
import { Refused } from './refused.ts'
import type { Prepared } from './prepare.ts'
import { sha512Of } from './signature.ts'
import { windowsSignature } from './windows-signature.ts'

export const parseYaml = (text: string): unknown =>
  parseUpdateInfo(text, 'latest.yml', new URL('https://updates.invalid/'))

/** What app-update.yml says, which the package carries; null where there is none. */
function builtWith(): { updaterCacheDirName: string; publisherName: readonly string[] } | null {
  try {
    const found = parseYaml(readFileSync(configPath(), 'utf8')) as {
      updaterCacheDirName?: string
      publisherName?: string | string[]
    }
    if (!found.updaterCacheDirName) return null
    return {
      updaterCacheDirName: basename(found.updaterCacheDirName),
      publisherName: [found.publisherName ?? []].flat(),
    }
  } catch {
    return null
  }
}

const configPath = () => join(process.resourcesPath, 'app-update.yml')
const home = () => join(app.getPath('userData'), 'updates')

/** The folder in which the library looks for a file that it has fetched before; null when this copy does not update itself. */
export function pendingFolder(): string | null {
  const built = builtWith()
  return built && join(home(), built.updaterCacheDirName, 'pending')
}

/**
 * What this copy is replaced by, or null when it is replaced by hand: unpacked from an archive, run from its sources, or built for
 * Windows without a publisher, which the library would take for "anybody".
 */
export function installedKind(): 'exe' | 'zip' | 'AppImage' | 'deb' | null {
  if (!app.isPackaged || !builtWith()) return null
  if (process.platform === 'darwin') return 'zip'
  if (process.platform === 'win32') {
    const isInstalled = existsSync(join(dirname(process.execPath), 'Uninstall Claimwright.exe'))
    return isInstalled && builtWith()!.publisherName.length > 0 ? 'exe' : null
  }
  const appImage = process.env['APPIMAGE']
  if (appImage && isAbsolute(appImage) && existsSync(appImage)) return 'AppImage'
  const type = join(process.resourcesPath, 'package-type')
  return existsSync(type) && readFileSync(type, 'utf8').trim() === 'deb' ? 'deb' : null
}

/** Looks at the file once more, as it lies there now. @throws Refused */
async function checkAgain({ file, path }: Prepared): Promise<void> {
  if ((await sha512Of(path).catch(() => '')) !== file.sha512) throw new Refused('tampered')
  if (process.platform !== 'win32') return
  if ((await windowsSignature(builtWith()?.publisherName ?? [], path)) !== null) throw new Refused('unsure')
}

/** Installs, and starts the new version once this process has ended. @throws Refused, or what the library met; nothing is changed then */
export async function install(update: Prepared): Promise<void> {
  await checkAgain(update)
  const { file, path } = update
  // The library does this only for what it fetched itself.
  chmodSync(path, 0o755)
  const known = { fileName: file.url, sha512: file.sha512, isAdminRightsRequired: file.isAdminRightsRequired === true }
  writeFileSync(join(dirname(path), 'update-info.json'), JSON.stringify(known))
  const updater = makeUpdater(update)
  let failed: Error | null = null
  updater.on('error', (error) => (failed = error))
  const found = await updater.checkForUpdates()
  if (!found?.isUpdateAvailable) throw new Refused('older')
  await updater.downloadUpdate()
  const putBack = keepOldAppImage()
  updater.quitAndInstall(false, true)
  if (failed === null) return putBack.forget()
  putBack.restore()
  throw failed as Error
}

function makeUpdater({ manifest, file }: Prepared): AppUpdater {
  class Checked extends Provider<typeof manifest & { path: string; sha512: string; releaseDate: string }> {
    getLatestVersion() {
      const info = {
        ...manifest,
        files: [file],
        path: file.url,
        sha512: file.sha512,
        releaseDate: manifest.releaseDate ?? '',
      }
      return Promise.resolve(info)
    }
    resolveFiles(info: Awaited<ReturnType<Checked['getLatestVersion']>>) {
      return resolveFiles(info, new URL('https://updates.invalid/'))
    }
  }
  const kind = installedKind()
  if (!kind) throw new Refused('by-hand')
  const Updater = { exe: NsisUpdater, zip: MacUpdater, AppImage: AppImageUpdater, deb: DebUpdater }[kind]
  // With an adapter of ours the library makes no connection: it is left without what it would ask by.
  const updater = new Updater({ provider: 'custom', updateProvider: Checked } as never, adapter)
  updater.logger = null
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.autoRunAppAfterInstall = true
  // No channel is ever set: that would switch this on.
  updater.allowDowngrade = false
  updater.disableDifferentialDownload = true
  updater.disableWebInstaller = true
  if (updater instanceof NsisUpdater)
    updater.verifyUpdateCodeSignature = (publishers, path) => windowsSignature(publishers, path)
  return updater
}

const adapter = {
  version: app.getVersion(),
  name: app.getName(),
  isPackaged: app.isPackaged,
  get appUpdateConfigPath() {
    return configPath()
  },
  get userDataPath() {
    return home()
  },
  get baseCachePath() {
    return home()
  },
  whenReady: () => app.whenReady(),
  relaunch: () => app.relaunch(),
  quit: () => app.quit(),
  onQuit: (listener: (exitCode: number) => void) => void app.once('quit', (_event, exitCode) => listener(exitCode)),
}

/** The library removes the old AppImage before it moves the new one there: a copy lies beside it meanwhile. */
function keepOldAppImage(): { forget: () => void; restore: () => void } {
  const place = process.env['APPIMAGE']
  if (installedKind() !== 'AppImage' || !place) return { forget: () => {}, restore: () => {} }
  const copy = `${place}.before-update`
  copyFileSync(place, copy)
  return {
    forget: () => rmSync(copy, { force: true }),
    restore: () => {
      renameSync(copy, place)
      chmodSync(place, 0o755)
    },
  }
}
