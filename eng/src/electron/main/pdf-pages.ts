// Joins PDFs into one. A file of its own in the build: its library is large, and most starts never need it.
import { PDFDocument } from '@cantoo/pdf-lib'

/** One PDF with the pages of all, in order; or the place of the first that cannot be read, from 0. */
export async function joinPdfs(files: readonly Uint8Array[]): Promise<Uint8Array | { unreadable: number }> {
  const whole = await PDFDocument.create()
  for (const [at, file] of files.entries()) {
    const part = await PDFDocument.load(file).catch(() => null)
    if (!part) return { unreadable: at }
    for (const page of await whole.copyPages(part, part.getPageIndices())) whole.addPage(page)
  }
  return whole.save()
}
