// The windows of a desk: several cases side by side, one session. Emptied together when it ends, each where it last stood.
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, type BrowserWindow, type Rectangle, screen } from 'electron'
import type { HostEvent } from '#core/contract/events.ts'
import { emptyWindow, openWindow } from './window.ts'

/** More side by side nobody can read. */
const MOST_WINDOWS = 4
const SMALLEST = { width: 800, height: 560 }

interface WindowsOptions {
  preload: string
  /** A page’s process ended by itself. */
  crashed: (window: BrowserWindow, exitCode: number) => void
  /** The last window is asked to close. */
  lastCloses: () => void
}

export class Windows {
  readonly #options: WindowsOptions
  /** By place: the first, the second … A closed one leaves its place to the next that opens. */
  readonly #open = new Map<number, BrowserWindow>()
  readonly #bounds = new KeptBounds()

  constructor(options: WindowsOptions) {
    this.#options = options
  }

  get all(): BrowserWindow[] {
    return [...this.#open.values()].filter((window) => !window.isDestroyed())
  }

  /** Where the person is, else the first. */
  get current(): BrowserWindow | null {
    return this.all.find((window) => window.isFocused()) ?? this.all[0] ?? null
  }

  /**
   * Opens another one on an address of the page.
   * @returns null when there are as many as fit
   */
  open(path = ''): BrowserWindow | null {
    const slot = [0, 1, 2, 3].find((one) => !this.#open.has(one))
    if (slot === undefined || slot >= MOST_WINDOWS) return null
    const window = openWindow(this.#options.preload, path, this.#bounds.of(slot))
    this.#open.set(slot, window)
    window.on('close', (event) => {
      this.#bounds.keep(slot, window.getNormalBounds())
      if (this.all.length > 1) return
      event.preventDefault()
      this.#options.lastCloses()
    })
    window.on('closed', () => this.#open.delete(slot))
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason !== 'clean-exit') this.#options.crashed(window, exitCode)
    })
    return window
  }

  show(): void {
    const window = this.current
    if (window?.isMinimized()) window.restore()
    window?.focus()
  }

  hide(): void {
    for (const [slot, window] of this.#open) {
      if (window.isDestroyed()) continue
      this.#bounds.keep(slot, window.getNormalBounds())
      window.hide()
    }
  }

  tell(event: HostEvent, to: readonly BrowserWindow[] = this.all): void {
    for (const window of to) window.webContents.send('event', event)
  }

  /** Throws pages away and opens them again at the same address. @param interrupted a second lock came on the heels of the first */
  empty(interrupted: () => void, which: readonly BrowserWindow[] = this.all): void {
    for (const window of which) void emptyWindow(window).catch(interrupted)
  }
}

/** Where each window stood, for each arrangement of monitors: a laptop finds its desk again. Numbers only. */
class KeptBounds {
  readonly #file = join(app.getPath('userData'), 'windows.json')
  #known: Record<string, Record<number, Rectangle>> | null = null

  of(slot: number): Rectangle | null {
    const bounds = this.#read()[arrangement()]?.[slot]
    return bounds && isInSight(bounds) ? bounds : null
  }

  keep(slot: number, bounds: Rectangle): void {
    const known = this.#read()
    known[arrangement()] = { ...known[arrangement()], [slot]: bounds }
    // Then it opens in the middle the next time.
    writeFile(this.#file, JSON.stringify(known)).catch(() => undefined)
  }

  #read(): Record<string, Record<number, Rectangle>> {
    try {
      this.#known ??= JSON.parse(readFileSync(this.#file, 'utf8')) as Record<string, Record<number, Rectangle>>
    } catch {
      this.#known = {}
    }
    return this.#known
  }
}

const arrangement = () =>
  screen
    .getAllDisplays()
    .map(({ bounds: { x, y, width, height } }) => `${width}x${height}@${x},${y}`)
    .sort()
    .join(' ')

/** Its title bar can be reached, and it is no smaller than the page allows. */
function isInSight({ x, y, width, height }: Rectangle): boolean {
  if (![x, y, width, height].every(Number.isFinite) || width < SMALLEST.width || height < SMALLEST.height) return false
  const { workArea } = screen.getDisplayMatching({ x, y, width, height })
  const shown = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x)
  return shown > 200 && y >= workArea.y && y < workArea.y + workArea.height - 40
}
