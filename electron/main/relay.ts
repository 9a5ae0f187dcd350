// Requests from the page to the host: only from our own top frame, only of a sane size, always answered with an envelope.
import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { AppError, type Reply } from '#core/errors.ts'
import { ORIGIN } from './security.ts'
import { answerShell, isShellRoute, type ShellContext } from './shell.ts'

/** True when the request comes from the main frame of our own page. */
export function isOwnFrame(event: Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>): boolean {
  const frame = event.senderFrame
  return (
    frame !== null &&
    frame !== undefined &&
    frame === event.sender.mainFrame &&
    new URL(frame.url).origin === new URL(`${ORIGIN}/`).origin &&
    frame.url.startsWith(`${ORIGIN}/`)
  )
}

/** Connects the preload's `call` to the host and the shell's own routes. */
export function startRelay(context: ShellContext): void {
  ipcMain.handle('call', async (event, route: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (!isOwnFrame(event) || typeof route !== 'string' || route.length > 60) {
      return { ok: false, error: { code: 'FORBIDDEN', message: 'This request is not allowed.', details: {} } }
    }
    if (!isShellRoute(route)) return context.host(route, input)
    try {
      return { ok: true, data: await answerShell(context, route, input) }
    } catch (error) {
      if (error instanceof AppError)
        return { ok: false, error: { code: error.code, message: error.message, details: error.details } }
      return {
        ok: false,
        error: { code: 'INTERNAL', message: 'The desktop shell could not do this. Try again.', details: {} },
      }
    }
  })
}
