// Starts the packaged app as a person does: sealed, sandboxed, fuses set. Playwright's own way in needs the debugger that a fuse
// switches off, so its page is reached over the developer tools' protocol.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, copyFileSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium, expect, type Page } from '@playwright/test'

export interface PackagedApp {
  page: Page
  process: ChildProcess
  /** Everything the page complained about; must stay empty. */
  complaints: string[]
  /** Closes the window as a person does, and waits for the closing backup. */
  close(): Promise<void>
}

/** A folder of the journey's own person: home, data, programs. */
export interface Desk {
  folder: string
  dataDir: string
}

/** Root cannot run a sandboxed Chromium; then the app runs as somebody without rights. */
const isRoot = process.getuid?.() === 0
const NOBODY = 61_234
const who = isRoot ? { uid: NOBODY, gid: NOBODY } : {}

export function newDesk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'claimwright-adopt-'))
  const desk = { folder, dataDir: join(folder, 'data') }
  for (const one of ['', 'home', 'data']) give(join(folder, one))
  return desk
}

/** Makes a folder where there is none, and gives it to the person. */
export function give(path: string): void {
  if (!existsSync(path)) mkdirSync(path)
  if (isRoot) chownSync(path, NOBODY, NOBODY)
}

/** Starts the program at `path` (the app, or what an AppImage is) for the person of this desk. */
export async function startPackaged(desk: Desk, path: string, more: Record<string, string> = {}): Promise<PackagedApp> {
  const child = spawn(path, ['--data', desk.dataDir, '--remote-debugging-port=0', '--force-device-scale-factor=1'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...homeOf(desk), ...more, CLAIMWRIGHT_CAPTURE: '1' },
    ...who,
  })
  const ended = once(child, 'exit')
  const { page, complaints } = await attachTo(await addressOf(child.stderr))
  return {
    page,
    process: child,
    complaints,
    async close() {
      await page.evaluate('window.close()').catch(() => undefined)
      const [code] = (await ended) as [number]
      expect(code).toBe(0)
    },
  }
}

/** The page of an app that listens at this address. */
export async function attachTo(address: string): Promise<Pick<PackagedApp, 'page' | 'complaints'>> {
  const browser = await chromium.connectOverCDP(address, { noDefaults: true })
  const found = () => browser.contexts().flatMap((context) => context.pages())
  await expect.poll(() => found().some((page) => page.url().startsWith('app://claimwright/'))).toBe(true)
  const page = found().find((one) => one.url().startsWith('app://claimwright/'))!
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await expect(page.getByRole('main')).toBeVisible()
  return { page, complaints }
}

function homeOf({ folder }: Desk): NodeJS.ProcessEnv {
  const { XDG_RUNTIME_DIR: _run, XDG_CONFIG_HOME: _config, XDG_CACHE_HOME: _cache, ...env } = process.env
  const home = join(folder, 'home')
  const pass = process.env['XAUTHORITY']
  if (!isRoot || !pass) return { ...env, HOME: home }
  const own = join(home, 'Xauthority')
  copyFileSync(pass, own)
  chownSync(own, NOBODY, NOBODY)
  return { ...env, HOME: home, XAUTHORITY: own }
}

/** Where Chromium says that it listens. */
async function addressOf(stderr: NodeJS.ReadableStream): Promise<string> {
  const said: string[] = []
  for await (const line of createInterface({ input: stderr })) {
    const listening = /DevTools listening on (ws:\S+)/.exec(line)
    if (listening) {
      stderr.resume()
      return listening[1]!
    }
    said.push(line)
  }
  throw new Error(said.join('\n'))
}
