// Denies by default: permissions, navigation, new windows, webviews, downloads, network.
import { app, protocol, type Session, type WebContents, type WebPreferences } from 'electron'
import { readPageFile } from './content.ts'

const ORIGIN = 'app://claimwright'
export const PAGE = `${ORIGIN}/index.html`
/** A page with nothing on it, of another site: going there ends the process of the page before. */
export const EMPTY_PAGE = 'app://empty/'

const CLOSING = {
  backup: 'The backup is being written and read back.',
  copy: 'The backup is being copied to the second place.',
} as const

/** Where the page of the closing window is served for a step of the host. */
export const closingPage = (step: keyof typeof CLOSING) => `${EMPTY_PAGE}closing/${step}`

/** Preferences of every window: the renderer is an ordinary sandboxed page. Without `preload` it has no way to the host. */
export function webPreferences(preload?: string): WebPreferences {
  return {
    ...(preload ? { preload } : {}),
    // Without `persist:` the session lives in memory: no disk cache, no storage left behind.
    partition: 'app',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    // Devices that no front desk needs here: without the feature there is nothing to ask for (asking for a USB device ended the app).
    disableBlinkFeatures: 'WebUSB,WebHID,Serial,WebBluetooth,WebXR,IdleDetection,PaymentRequest',
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !app.isPackaged,
  }
}

/** What must be said before the app is ready: our scheme, the sandbox, no name ever looked up. */
export function secureStart(): void {
  // Without it Windows shows no notification of an installed app.
  app.setAppUserModelId('com.claimwright.desktop')
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  // Root on a Linux development machine can only run unsandboxed; a packaged app always sandboxes.
  if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('disable-background-networking')
  app.on('web-contents-created', (_event, contents) => hardenContents(contents))
}

/** Serves `root` under app://claimwright, never a file outside of it. */
export function serveFiles(session: Session, root: string): void {
  session.protocol.handle('app', async (request) => {
    const url = new URL(request.url)
    if (url.host === 'empty')
      return new Response(staticPage(url.pathname), {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        },
      })
    const file = url.host === 'claimwright' ? await readPageFile(root, url.pathname) : null
    return file ? new Response(file.body, { headers: file.headers }) : new Response(null, { status: 404 })
  })
}

/** Nothing, or one sentence: neither has a script, a form or a link. */
function staticPage(pathname: string): string {
  const step = pathname.replace('/closing/', '')
  if (!Object.hasOwn(CLOSING, step)) return ''
  return `<!doctype html><html lang="en"><title>Claimwright</title><meta name="color-scheme" content="light dark">
<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem}h1{font-size:1.1rem;margin:0}</style>
<main><h1>Claimwright is closing</h1><p role="status">${CLOSING[step as keyof typeof CLOSING]}</p>
<p>This window closes by itself.</p></main></html>`
}

/** No permission is ever granted; no request leaves the app. `allowed` matches the addresses that may be asked for. */
export function hardenSession(session: Session, allowed: RegExp): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}))
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !allowed.test(details.url) }))
}

/** What the window's page may ask for; the developer tools only while the app is not packaged. */
export function pageAddresses(): RegExp {
  return app.isPackaged
    ? /^((blob:)?app:\/\/claimwright|app:\/\/empty)\//
    : /^((blob:)?app:\/\/claimwright\/|app:\/\/empty\/|devtools:)/
}

/** No window, frame or webview leads anywhere but to our own page. */
function hardenContents(contents: WebContents): void {
  // Calls between pages would go out by UDP, which no other rule here concerns.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
    contents.on(event as 'will-navigate', (details) => {
      if (details.url.split('#')[0] !== PAGE) details.preventDefault()
    })
  }
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
