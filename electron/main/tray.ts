// The sign beside the clock: how much is late, as a count, never a name. Nothing is said while nobody is signed in.
import { join } from 'node:path'
import { Menu, nativeImage, Tray } from 'electron'
import type { OutputOf } from '#core/contract/index.ts'
import type { HostEvent } from '#core/contract/events.ts'
import type { Reply } from '#core/errors.ts'

/** Changes come in bursts; the count may be this old. */
const SETTLE_MS = 3000
/** What was due yesterday becomes late by itself. */
const LOOK_EVERY_MS = 10 * 60_000

interface TrayOptions {
  dist: string
  host: (route: string, input: unknown) => Promise<Reply<unknown>>
  open: () => void
  quit: () => void
}

/** @returns hears what the host tells; null where the system has no such place */
export function showTray({ dist, host, open, quit }: TrayOptions): ((event: HostEvent) => void) | null {
  let tray: Tray
  try {
    tray = new Tray(nativeImage.createFromPath(join(dist, 'assets/tray.png')))
  } catch {
    return null
  }
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: 'Open Claimwright', click: open },
      { label: 'Quit', click: quit },
    ]),
  )
  tray.on('click', open)
  const look = async () => {
    const reply = await host('today.list', { limit: 1 })
    tray.setToolTip(lateWords(reply.ok ? (reply.data as OutputOf<'today.list'>).counts.overdue : null))
  }
  let settling: NodeJS.Timeout | null = null
  const soon = () => {
    settling ??= setTimeout(() => {
      settling = null
      void look()
    }, SETTLE_MS)
    settling.unref()
  }
  setInterval(() => void look(), LOOK_EVERY_MS).unref()
  tray.setToolTip(lateWords(null))
  return (event) => {
    if (event.type === 'locked') tray.setToolTip(lateWords(null))
    else if (event.type === 'changed') soon()
  }
}

/** @param late null while nobody is signed in */
function lateWords(late: number | null): string {
  return late ? `Claimwright: ${late} late` : 'Claimwright'
}
