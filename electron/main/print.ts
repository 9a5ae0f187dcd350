// Documents on paper and as PDF: rendered in a hidden window without scripts, from HTML that the host made.
import { BrowserWindow } from 'electron'

/** A window that can do nothing but lay out one page. */
async function openSheet(html: string): Promise<BrowserWindow> {
  const sheet = new BrowserWindow({
    show: false,
    width: 816,
    height: 1056,
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      javascript: false,
      partition: 'sheet',
      devTools: false,
      webSecurity: true,
      images: true,
    },
  })
  const { session } = sheet.webContents
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !details.url.startsWith('data:') }))
  sheet.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  await sheet.loadURL(`data:text/html;charset=utf-8;base64,${Buffer.from(html).toString('base64')}`)
  return sheet
}

/** The document as PDF on US Letter, with page numbers. */
export async function toPdf(html: string): Promise<Buffer> {
  const sheet = await openSheet(html)
  try {
    return await sheet.webContents.printToPDF({
      pageSize: 'Letter',
      printBackground: true,
      preferCSSPageSize: false,
      displayHeaderFooter: true,
      headerTemplate: '<span></span>',
      footerTemplate:
        '<div style="width:100%;font-size:8px;color:#555;text-align:center">page <span class="pageNumber"></span> of <span class="totalPages"></span></div>',
      margins: { top: 0.75, bottom: 0.75, left: 0.85, right: 0.85 },
    })
  } finally {
    sheet.destroy()
  }
}

/** The system's print dialog for the document; resolves when it is closed. */
export async function printSheet(html: string): Promise<void> {
  const sheet = await openSheet(html)
  await new Promise<void>((resolve) => {
    sheet.webContents.print({ silent: false, printBackground: true }, () => resolve())
  })
  sheet.destroy()
}
