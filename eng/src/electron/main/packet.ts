// A packet on its way out: sheets laid out as PDF or pictures, PDF enclosures appended.
import type { OutputOf } from '#core/contract/index.ts'
import { AppError } from '#core/errors.ts'
import { toPdf, toPictures } from './print.ts'

type Sheets = OutputOf<'packet.sheets'>
export interface LaidOutFile {
  name: string
  media: string
  content: Uint8Array
}

/** The files of the packet in order; for `pdf` a single one. @throws AppError when an enclosed PDF cannot be read */
export async function layOutPacket({ sheets, appended }: Sheets, form: 'pdf' | 'folder'): Promise<LaidOutFile[]> {
  const enclosed = appended.map((file) => ({
    name: file.fileName,
    media: 'application/pdf',
    content: typeof file.content === 'string' ? Buffer.from(file.content, 'base64') : file.content,
  }))
  const files = (await Promise.all(sheets.map(layOut))).flat()
  if (form === 'folder') return [...files, ...enclosed].sort((a, b) => (a.name < b.name ? -1 : 1))
  const [letter] = files
  const content = enclosed.length > 0 ? await append(letter!.content, enclosed) : letter!.content
  return [{ ...letter!, content }]
}

async function layOut({ fileName: name, media, html }: Sheets['sheets'][number]): Promise<LaidOutFile[]> {
  if (media === 'application/pdf') return [{ name, media, content: await toPdf(html) }]
  const pages = await toPictures(html, media)
  const nameOf = (at: number) => (pages.length === 1 ? name : name.replace(/(\.\w+)$/, `-page-${at + 1}$1`))
  return pages.map((content, at) => ({ name: nameOf(at), media, content }))
}

async function append(letter: Uint8Array, enclosed: readonly LaidOutFile[]): Promise<Uint8Array> {
  const { joinPdfs } = await import('./pdf-pages.ts')
  const joined = await joinPdfs([letter, ...enclosed.map((file) => file.content)])
  if (joined instanceof Uint8Array) return joined
  const { name } = enclosed[joined.unreadable - 1]!
  throw new AppError('FILE_REJECTED', `${name} cannot be joined: it is protected. Print it to PDF and attach that.`, {})
}
