// Documents on paper and as PDF: laid out in a hidden window without scripts, from HTML that the host made.
import { BrowserWindow, session } from 'electron'
import { PAGE_HEIGHT, PAGE_WIDTH } from '#core/paper.ts'
import { hardenSession } from './security.ts'

const SHEET = 'app://sheet/'
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"

let sheets: Electron.Session | null = null
/** The document being laid out; one at a time. */
let current = ''
let turn: Promise<unknown> = Promise.resolve()

/** A session of its own that answers one address and nothing else. */
function sheetSession(): Electron.Session {
  if (sheets) return sheets
  sheets = session.fromPartition('sheet')
  hardenSession(sheets, /^(app:\/\/sheet\/|data:image\/)/)
  // Not a data: address, which Chromium cuts at 2 MB: less than one film.
  sheets.protocol.handle(
    'app',
    () =>
      new Response(current, {
        headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY },
      }),
  )
  return sheets
}

/** Lays the document out, hands the window to `work`, and throws both away. */
async function onSheet<T>(html: string, work: (sheet: BrowserWindow) => Promise<T>, offscreen = false): Promise<T> {
  const mine = turn.then(async () => {
    const sheet = new BrowserWindow({
      show: false,
      width: 816,
      height: 1056,
      webPreferences: {
        session: sheetSession(),
        sandbox: true,
        contextIsolation: true,
        javascript: false,
        offscreen,
        devTools: false,
        spellcheck: false,
      },
    })
    current = html
    try {
      await sheet.loadURL(SHEET)
      return await work(sheet)
    } finally {
      current = ''
      sheet.destroy()
    }
  })
  turn = mine.catch(() => undefined)
  return mine
}

/** From here on Chromium itself writes the page number that the document’s style asks for: once is enough. */
const NUMBERS_PAGES = Number.parseInt(process.versions.chrome, 10) >= 131

/** The document as PDF on US Letter, with page numbers. */
export async function toPdf(html: string): Promise<Buffer> {
  return onSheet(html, (sheet) =>
    sheet.webContents.printToPDF({
      pageSize: 'Letter',
      printBackground: true,
      preferCSSPageSize: false,
      displayHeaderFooter: !NUMBERS_PAGES,
      headerTemplate: '<span></span>',
      footerTemplate:
        '<div style="width:100%;font-size:9px;color:#333;text-align:center;padding-bottom:14px">Page <span class="pageNumber"></span> of <span class="totalPages"></span></div>',
      margins: { top: 0.75, bottom: 0.75, left: 0.85, right: 0.85 },
    }),
  )
}

/** The pages of a document that was rendered `asPictures`: Letter proportions, twice the pixels of the screen. */
export async function toPictures(html: string, media: 'image/jpeg' | 'image/png'): Promise<Buffer[]> {
  return onSheet(
    html,
    async (sheet) => {
      const { debugger: devtools } = sheet.webContents
      devtools.attach('1.3')
      try {
        const { cssContentSize } = (await devtools.sendCommand('Page.getLayoutMetrics')) as {
          cssContentSize: { width: number }
        }
        const pages: Buffer[] = []
        for (let left = 0; left < Math.max(cssContentSize.width, 1); left += PAGE_WIDTH) {
          const clip = { x: left, y: 0, width: PAGE_WIDTH, height: PAGE_HEIGHT, scale: 2 }
          const options = media === 'image/jpeg' ? { format: 'jpeg', quality: 85 } : { format: 'png' }
          const { data } = (await devtools.sendCommand('Page.captureScreenshot', {
            ...options,
            clip,
            captureBeyondViewport: true,
          })) as { data: string }
          pages.push(Buffer.from(data, 'base64'))
        }
        return pages
      } finally {
        devtools.detach()
      }
      // A hidden window that is not rendered off screen never paints, and the picture never comes.
    },
    true,
  )
}

/** The system's print dialog for the document; resolves when it is closed. */
export async function printSheet(html: string): Promise<void> {
  await onSheet(
    html,
    (sheet) =>
      new Promise<void>((resolve) => {
        sheet.webContents.print({ silent: false, printBackground: true }, () => resolve())
      }),
  )
}
