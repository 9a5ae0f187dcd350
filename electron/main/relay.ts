// Requests from the page to the host: only from our own top frame, only of a sane size, always answered with an envelope.
import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { AppError, type ErrorCode, type Reply } from '#core/errors.ts'
import { fits } from './payload.ts'
import { PAGE } from './security.ts'
import { answerShell, isShellRoute, type ShellContext } from './shell.ts'

/** True when the request comes from the main frame of our own page. */
function isOwnFrame(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame
  return !!frame && frame === event.sender.mainFrame && frame.url.split('#')[0] === PAGE
}

/** Connects the preload's `call` to the host and the shell's own routes. */
export function startRelay(context: ShellContext): void {
  ipcMain.handle('call', async (event, route: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (!isOwnFrame(event) || typeof route !== 'string' || route.length > 60)
      return refuse('FORBIDDEN', 'This request is not allowed.')
    if (!fits(input)) return refuse('INVALID_INPUT', 'This is too large. Choose a file below 50 MB.')
    if (!isShellRoute(route)) return context.host(route, input)
    try {
      return { ok: true, data: await answerShell(context, route, input) }
    } catch (error) {
      if (error instanceof AppError) return refuse(error.code, error.message, error.details)
      return refuse('INTERNAL', 'The desktop shell could not do this. Try again.')
    }
  })
}

function refuse(code: ErrorCode, message: string, details: Record<string, unknown> = {}): Reply<never> {
  return { ok: false, error: { code, message, details } }
}
