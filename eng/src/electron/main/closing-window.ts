// The small window that a quit shows when the closing backup takes a while: what is being done, and the way out of it.
import { BrowserWindow, dialog } from 'electron'
import type { HostEvent } from '#core/contract/events.ts'
import { closingPage, webPreferences } from './security.ts'

/** Most closing backups are done before anybody would have read a word. */
const SHOW_AFTER_MS = 700

type Step = Extract<HostEvent, { type: 'closing' }>['step']

export class ClosingWindow {
  readonly #stop: () => void
  #window: BrowserWindow | null = null
  #step: Step = 'backup'

  /** @param stop the person does not want to wait any longer */
  constructor(stop: () => void) {
    this.#stop = stop
    setTimeout(() => this.#open(), SHOW_AFTER_MS).unref()
  }

  show(step: Step): void {
    this.#step = step
    this.#load()
  }

  #open(): void {
    const window = new BrowserWindow({
      width: 460,
      height: 190,
      useContentSize: true,
      resizable: false,
      maximizable: false,
      autoHideMenuBar: true,
      title: 'Claimwright',
      webPreferences: { ...webPreferences(), javascript: false },
    })
    window.on('page-title-updated', (event) => event.preventDefault())
    window.on('close', (event) => {
      event.preventDefault()
      void this.#ask(window)
    })
    this.#window = window
    this.#load()
  }

  #load(): void {
    // The next step ends the loading of the one before, which is then refused.
    this.#window?.loadURL(closingPage(this.#step)).catch(() => undefined)
  }

  async #ask(window: BrowserWindow): Promise<void> {
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      title: 'Claimwright',
      message: 'The backup is not finished. Close all the same?',
      detail: 'Saved work is kept. The backup is made the next time Claimwright closes.',
      buttons: ['Wait', 'Close without backup'],
      defaultId: 0,
      cancelId: 0,
    })
    if (response === 1) this.#stop()
  }
}
