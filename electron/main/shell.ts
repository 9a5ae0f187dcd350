// The shell's own routes: print, save, choose a folder, copy, open a fixed link.
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, type BrowserWindow, clipboard, dialog, shell } from 'electron'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { shellRoutes } from '#core/contract/shell.ts'
import { AppError, type Reply } from '#core/errors.ts'
import { printSheet, toPdf } from './print.ts'

const LINKS = {
  'ada-claim-form': 'https://www.ada.org/claimform',
  'x12-codes': 'https://x12.org/codes',
  'cms-npi': 'https://npiregistry.cms.hhs.gov/',
} as const

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
  if (shellRoutes[route].permission !== 'none')
    await need(context, 'session.status', {}, (status) => (status as { state: string }).state === 'open')
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
      await shell.openExternal(LINKS[(parsed.data as ParsedInputOf<'shell.openLink'>).link])
      return {}
  }
}

async function need(
  context: ShellContext,
  route: string,
  input: unknown,
  holds: (data: unknown) => boolean,
): Promise<void> {
  const reply = await context.host(route, input)
  if (!reply.ok || !holds(reply.data)) throw new AppError('LOCKED', 'Sign in first.', {})
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

function copy(text: string): void {
  const digest = (value: string) => createHash('sha256').update(value).digest('hex')
  const mine = digest(text)
  void clipboard.writeText(text)
  const forget = async () => {
    // Electron 45 answers with a promise, older ones with the text.
    if (digest(await clipboard.readText()) === mine) clipboard.clear()
  }
  setTimeout(() => void forget(), 60_000).unref()
}
