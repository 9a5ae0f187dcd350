// The shell's own routes: print, save, choose a folder, copy, open a fixed link.
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, type BrowserWindow, clipboard, dialog, shell } from 'electron'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { HELP_LINKS, shellRoutes } from '#core/contract/shell.ts'
import { AppError, type Reply } from '#core/errors.ts'
import { printSheet, toPdf } from './print.ts'

const CLIPBOARD_MS = 60_000

export interface ShellContext {
  window: () => BrowserWindow | null
  host: (route: string, input: unknown) => Promise<Reply<unknown>>
}
type ShellRoute = keyof typeof shellRoutes

/** True for a route that the main process answers. */
export function isShellRoute(route: string): route is ShellRoute {
  return Object.hasOwn(shellRoutes, route)
}

/** Answers a shell route. @throws AppError */
export async function answerShell(context: ShellContext, route: ShellRoute, raw: unknown): Promise<unknown> {
  const parsed = shellRoutes[route].input.safeParse(raw ?? {})
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'Check the input.', {})
  if (shellRoutes[route].permission !== 'none') await requireSession(context)
  switch (route) {
    case 'shell.savePdf': {
      const document = await render(context, parsed.data as ParsedInputOf<'shell.savePdf'>)
      return { saved: await save(context, document.fileName, await toPdf(document.html)) }
    }
    case 'shell.print': {
      await printSheet((await render(context, parsed.data as ParsedInputOf<'shell.print'>)).html)
      return {}
    }
    case 'shell.saveFile': {
      const { name, content } = parsed.data as ParsedInputOf<'shell.saveFile'>
      return {
        saved: await save(context, name, typeof content === 'string' ? Buffer.from(content, 'base64') : content),
      }
    }
    case 'shell.chooseFolder': {
      const folder = testFolder() ?? (await chooseFolder(context))
      return { folder }
    }
    case 'shell.copy':
      copy((parsed.data as ParsedInputOf<'shell.copy'>).text)
      return {}
    case 'shell.openLink':
      await shell.openExternal(HELP_LINKS[(parsed.data as ParsedInputOf<'shell.openLink'>).link])
      return {}
  }
}

async function requireSession(context: ShellContext): Promise<void> {
  const reply = await context.host('session.status', {})
  if (!reply.ok || (reply.data as { state: string }).state !== 'open')
    throw new AppError('LOCKED', 'Sign in first.', {})
}

async function render(
  context: ShellContext,
  input: { kind: string; id: string },
): Promise<{ html: string; fileName: string }> {
  const reply = await context.host('document.render', input)
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.message, reply.error.details)
  return reply.data as { html: string; fileName: string }
}

/** Tests of the unpackaged app save here instead of asking. */
function testFolder(): string | null {
  return app.isPackaged ? null : (process.env['CLAIMWRIGHT_SAVE_DIR'] ?? null)
}

async function save(context: ShellContext, name: string, content: Uint8Array): Promise<boolean> {
  const folder = testFolder()
  const window = context.window()
  let path = folder ? join(folder, name) : null
  if (!path && window)
    path =
      (await dialog.showSaveDialog(window, { defaultPath: name, properties: ['dontAddToRecent'] })).filePath ?? null
  if (!path) return false
  try {
    await writeFile(path, content)
  } catch {
    throw new AppError('STORAGE', 'The file could not be saved there. Choose another folder.', {})
  }
  return true
}

async function chooseFolder(context: ShellContext): Promise<string | null> {
  const window = context.window()
  if (!window) return null
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
  })
  return filePaths[0] ?? null
}

/** Digest of what was copied last and may still lie in the clipboard. */
let copied = ''

function copy(text: string): void {
  void clipboard.writeText(text)
  copied = digest(text)
  const mine = copied
  setTimeout(() => {
    if (copied === mine) void forgetCopied()
  }, CLIPBOARD_MS).unref()
}

/** Empties the clipboard when it still holds what was copied here: a minute later, and when the app closes. */
export async function forgetCopied(): Promise<void> {
  const mine = copied
  copied = ''
  // Electron 45 answers with a promise, older ones with the text.
  if (mine && digest(await clipboard.readText()) === mine) clipboard.clear()
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
