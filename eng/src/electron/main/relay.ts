// Requests from the page to the host: only from our own top frame, only of a sane size, always answered with an envelope.
import { BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron'
import type { ErrorCode, Reply } from '#core/errors.ts'
import { fits } from './payload.ts'
import { PAGE } from './security.ts'
import type { ShellContext } from './shell.ts'

/** True when the request comes from the main frame of our own page. */
function isOwnFrame(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return !!frame && frame === event.sender.mainFrame && frame.url.split('#')[0] === PAGE
}

interface RelayOptions extends Omit<ShellContext, 'window'> {
  /** Ends the session on behalf of a page, once all have saved. */
  lock: (page: number, input: unknown) => Promise<Reply<unknown>>
}

/** Connects the preload's `call` to the host and the shell's own routes. */
export function startRelay({ lock, ...context }: RelayOptions): void {
  ipcMain.handle('call', async (event, route: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (!isOwnFrame(event) || typeof route !== 'string' || route.length > 60)
      return refuse('FORBIDDEN', 'This request is not allowed.')
    if (!fits(input)) return refuse('INVALID_INPUT', 'This is too large. Choose a file below 50 MB.')
    if (route === 'session.lock') return lock(event.sender.id, input)
    const shell = route.startsWith('shell.') ? await import('./shell.ts') : null
    return shell?.isShellRoute(route)
      ? shell.answerShell({ ...context, window: () => BrowserWindow.fromWebContents(event.sender) }, route, input)
      : context.host(route, input)
  })
}

function refuse(code: ErrorCode, message: string): Reply<never> {
  return { ok: false, error: { code, message, details: {} } }
}
