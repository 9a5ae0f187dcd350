// PDF files through pdf.js: its code is loaded when the first one is opened, its worker is a file of our own origin.
import type { PDFDocumentProxy } from 'pdfjs-dist'

/** Points of a PDF are 1/72 inch; small print stays legible at 150 dots per inch. */
const DRAWN_SCALE = 150 / 72
const JPEG_QUALITY = 0.85

/** Opens the file; its forms, links and scripts stay off. Rejects when it is damaged or protected. */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocumentProxy> {
  const [pdfjs, worker] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.min.mjs'),
    import('pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'),
  ])
  pdfjs.GlobalWorkerOptions.workerSrc = worker.default
  // pdf.js takes the buffer over, so it gets its own copy.
  return pdfjs.getDocument({ data: bytes.slice(), isEvalSupported: false, enableXfa: false, stopAtErrors: true })
    .promise
}

/** Every page as a JPEG picture, one after the other. */
export async function* jpegPages(
  bytes: Uint8Array,
): AsyncGenerator<{ page: number; of: number; jpeg: Uint8Array<ArrayBuffer> }> {
  const pdf = await openPdf(bytes)
  try {
    for (let page = 1; page <= pdf.numPages; page += 1) {
      const sheet = await pdf.getPage(page)
      const viewport = sheet.getViewport({ scale: DRAWN_SCALE })
      const canvas = new OffscreenCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height))
      const context = canvas.getContext('2d')!
      // JPEG has no transparency: an unpainted page would be black.
      context.fillStyle = 'white'
      context.fillRect(0, 0, canvas.width, canvas.height)
      await sheet.render({ canvasContext: context as unknown as CanvasRenderingContext2D, viewport }).promise
      const picture = await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY })
      yield { page, of: pdf.numPages, jpeg: new Uint8Array(await picture.arrayBuffer()) }
    }
  } finally {
    await pdf.destroy()
  }
}
