// The shell's own routes: print, save, choose a folder, copy, open a fixed link. A file of its own, which the first of them loads.
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { app, type BrowserWindow, dialog, shell } from 'electron'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { HELP_LINKS, shellRoutes } from '#core/contract/shell.ts'
import { AppError, type Reply } from '#core/errors.ts'
import { layOutPacket } from './packet.ts'
import { printSheet, toPdf } from './print.ts'
import { opensAtSignIn, setOpensAtSignIn } from './startup.ts'

export interface ShellContext {
  /** The window whose page asks. */
  window: () => BrowserWindow | null
  /** False when there are as many as fit. */
  openWindow: (path: string) => boolean
  host: (route: string, input: unknown) => Promise<Reply<unknown>>
  copy: (text: string) => void
  /** Closes the app for the update that was found. */
  installUpdate: () => void
}
type ShellRoute = keyof typeof shellRoutes

/** True for a route that the main process answers. */
export function isShellRoute(route: string): route is ShellRoute {
  return Object.hasOwn(shellRoutes, route)
}

/** Answers a shell route. */
export async function answerShell(context: ShellContext, route: ShellRoute, raw: unknown): Promise<Reply<unknown>> {
  try {
    return { ok: true, data: await answer(context, route, raw) }
  } catch (error) {
    const { code, message, details } =
      error instanceof AppError
        ? error
        : new AppError('INTERNAL', 'The desktop shell could not do this. Try again.', {})
    return { ok: false, error: { code, message, details } }
  }
}

async function answer(context: ShellContext, route: ShellRoute, raw: unknown): Promise<unknown> {
  const parsed = shellRoutes[route].input.safeParse(raw ?? {})
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'Check the input.', {})
  if (shellRoutes[route].permission !== 'none') await requireSession(context)
  switch (route) {
    case 'shell.savePdf': {
      const document = await render(context, parsed.data as ParsedInputOf<'shell.savePdf'>, 'save')
      return { saved: await save(context, document.fileName, await toPdf(document.html)) }
    }
    case 'shell.print': {
      await printSheet((await render(context, parsed.data as ParsedInputOf<'shell.print'>, 'print')).html)
      return {}
    }
    case 'shell.exportPacket': {
      const { pages, ...input } = parsed.data as ParsedInputOf<'shell.exportPacket'>
      const sheets = await ask<OutputOf<'packet.sheets'>>(context, 'packet.sheets', { ...input, pages })
      const files = await layOutPacket(sheets, input.form)
      const place = await placeFor(context, sheets.stem, input.form)
      if (!place) return { saved: false }
      await ask(context, 'packet.keep', { ...input, files })
      await saveAll(place, files)
      return { saved: true }
    }
    case 'shell.savePacket': {
      const packet = await ask<OutputOf<'packet.files'>>(context, 'packet.files', parsed.data)
      const files = packet.files.map((file) => ({ ...file, content: asBytes(file.content) }))
      const place = await placeFor(context, packet.stem, files.length > 1 ? 'folder' : 'pdf')
      if (place) await saveAll(place, files)
      return { saved: place !== null }
    }
    case 'shell.saveFile': {
      const { name, content } = parsed.data as ParsedInputOf<'shell.saveFile'>
      const noted = () => ask(context, 'document.noteFile', { name })
      return { saved: await save(context, name, asBytes(content), noted) }
    }
    case 'shell.chooseFolder': {
      const folder = testFolder() ?? (await chooseFolder(context))
      return { folder }
    }
    case 'shell.copy':
      context.copy((parsed.data as ParsedInputOf<'shell.copy'>).text)
      return {}
    case 'shell.openWindow':
      if (!context.openWindow((parsed.data as ParsedInputOf<'shell.openWindow'>).path))
        throw new AppError('REFUSED', 'Four windows are open. Close one first.', { reasons: [] })
      return {}
    case 'shell.thirdParties':
      return { parties: JSON.parse(await readFile(join(__dirname, '../third-party.json'), 'utf8')) as unknown }
    case 'shell.updateState':
      return { updatesItself: (await updates()).updatesItself() }
    case 'shell.findUpdate': {
      const { folder } = parsed.data as ParsedInputOf<'shell.findUpdate'>
      const found = await (await updates()).findUpdate((route, input) => ask(context, route, input), folder)
      if ('refused' in found) throw new AppError('FILE_REJECTED', found.refused, {})
      return found
    }
    case 'shell.installUpdate': {
      const not = await (await updates()).beforeInstall((route, input) => ask(context, route, input))
      if (not) throw new AppError('FILE_REJECTED', not.refused, {})
      context.installUpdate()
      return {}
    }
    case 'shell.startup':
      return { on: opensAtSignIn() }
    case 'shell.setStartup':
      setOpensAtSignIn((parsed.data as ParsedInputOf<'shell.setStartup'>).on)
      return {}
    case 'shell.openLink':
      await shell.openExternal(HELP_LINKS[(parsed.data as ParsedInputOf<'shell.openLink'>).link])
      return {}
  }
}

/** The library behind it is read when somebody asks for updates. */
const updates = () => import('./update/desk.ts')

async function requireSession(context: ShellContext): Promise<void> {
  const reply = await context.host('session.status', {})
  if (!reply.ok || (reply.data as { state: string }).state !== 'open')
    throw new AppError('LOCKED', 'Sign in first.', {})
}

async function render(
  context: ShellContext,
  input: ParsedInputOf<'shell.print'>,
  way: ParsedInputOf<'document.render'>['way'],
): Promise<OutputOf<'document.render'>> {
  return ask(context, 'document.render', { ...input, way })
}

/** A route of the host. @throws AppError as the host answered */
async function ask<T = unknown>(context: ShellContext, route: string, input: unknown): Promise<T> {
  const reply = await context.host(route, input)
  if (!reply.ok) throw new AppError(reply.error.code, reply.error.message, reply.error.details)
  return reply.data as T
}

function asBytes(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content, 'base64') : content
}

/** Where a packet goes: a file for one PDF, a new folder for several files; null when the person cancelled. */
async function placeFor(context: ShellContext, stem: string, form: 'pdf' | 'folder'): Promise<string | null> {
  if (form === 'pdf') return askFile(context, `${stem}.pdf`)
  const folder = testFolder() ?? (await chooseFolder(context))
  return folder && freeFolder(folder, stem)
}

/** `stem`, else `stem-2` and so on: an earlier packet is never overwritten. */
function freeFolder(folder: string, stem: string): string {
  for (let number = 1; ; number += 1) {
    const path = join(folder, number === 1 ? stem : `${stem}-${number}`)
    if (!existsSync(path)) return path
  }
}

/** One file at `place`, or all of them in a folder of that name, which stands there once it is whole. */
async function saveAll(place: string, files: readonly { name: string; content: Uint8Array }[]): Promise<void> {
  const isFile = files.length === 1 && place.endsWith('.pdf')
  await write(async () => {
    if (isFile) return writeFile(place, files[0]!.content)
    const aside = `${place}.part`
    try {
      await mkdir(aside)
      for (const file of files) await writeFile(join(aside, file.name), file.content)
      return await rename(aside, place)
    } catch (error) {
      await rm(aside, { recursive: true, force: true })
      throw error
    }
  })
}

/** Tests of the unpackaged app save here instead of asking. */
function testFolder(): string | null {
  return app.isPackaged ? null : (process.env['CLAIMWRIGHT_SAVE_DIR'] ?? null)
}

/** @param first done once a place was chosen: what fails there is not saved */
async function save(
  context: ShellContext,
  name: string,
  content: Uint8Array,
  first: () => Promise<unknown> = async () => undefined,
): Promise<boolean> {
  const path = await askFile(context, name)
  if (path) {
    await first()
    await write(() => writeFile(path, content))
  }
  return path !== null
}

/** Asks where a file goes; null when the person cancelled. */
async function askFile(context: ShellContext, name: string): Promise<string | null> {
  const folder = testFolder()
  if (folder) return join(folder, name)
  const window = context.window()
  if (!window) return null
  const answer = await dialog.showSaveDialog(window, { defaultPath: name, properties: ['dontAddToRecent'] })
  return answer.filePath || null
}

async function write(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch {
    throw new AppError('STORAGE', 'The file could not be saved there. Choose another folder.', {})
  }
}

async function chooseFolder(context: ShellContext): Promise<string | null> {
  const window = context.window()
  if (!window) return null
  const { filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
  })
  return filePaths[0] ?? null
}
