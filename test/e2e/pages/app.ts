// Launches the built app in a real Electron on a throwaway data folder, and collects what its page complains about.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test'

const root = fileURLToPath(new URL('../../..', import.meta.url))
/** The built app: this checkout, or a copy that a build in the meantime does not touch. */
const builtApp = process.env['CLAIMWRIGHT_APP'] ?? root

export interface RunningApp {
  app: ElectronApplication
  page: Page
  dataDir: string
  saveDir: string
  /** Everything the page complained about; must stay empty. */
  complaints: string[]
  close(): Promise<void>
  /** kill -9: what a power cut or a crash does. */
  kill(): Promise<void>
}

/** Starts Claimwright on `dataDir` (a new folder by default), window 1366 × 768. */
export async function launchApp(dataDir = mkdtempSync(join(tmpdir(), 'claimwright-e2e-'))): Promise<RunningApp> {
  const saveDir = mkdtempSync(join(tmpdir(), 'claimwright-saved-'))
  const app = await _electron.launch({
    args: ['--no-sandbox', '--force-device-scale-factor=1', builtApp, '--data', dataDir],
    env: { ...(process.env as Record<string, string>), CLAIMWRIGHT_CAPTURE: '1', CLAIMWRIGHT_SAVE_DIR: saveDir },
  })
  const complaints: string[] = []
  const page = await app.firstWindow()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768))
  // Journeys look at screens that stand still.
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await watchFocus(page)
  await expect(page.getByRole('main')).toBeVisible()
  return {
    app,
    page,
    dataDir,
    saveDir,
    complaints,
    async close() {
      await app.close()
      rmSync(saveDir, { recursive: true, force: true })
    },
    async kill() {
      const process = app.process()
      const gone = new Promise((resolve) => process.once('exit', resolve))
      process.kill('SIGKILL')
      await gone
    },
  }
}

/** Complains when a key finds that the one before it lost the focus to the page: the next Tab would begin at the top. */
const watchFocus = (page: Page): Promise<void> =>
  page.evaluate(() => {
    let last = ''
    let isInside = false
    addEventListener('focusin', () => (isInside = true), true)
    addEventListener('pointerdown', () => (isInside = false), true)
    addEventListener(
      'keydown',
      ({ key }) => {
        const isLost = isInside && document.activeElement === document.body
        if (isLost) console.error(`The focus is lost after ${last} at ${location.hash}`)
        last = key
      },
      true,
    )
  })
