// Denies by default: permissions, navigation, new windows, webviews, network; and the headers every page gets.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, resolve, sep } from 'node:path'
import { app, protocol, type Session, type WebContents, type WebPreferences } from 'electron'

export const ORIGIN = 'app://claimwright'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
}

/**
 * The content security policy of every page. `nonce` lets Mantine's own <style> elements in; everything else inline is refused.
 * Elements' style attributes are set through the CSSOM, which the policy does not concern.
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')
}

/** Preferences of the one window: the renderer is an ordinary sandboxed page. */
export function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    partition: 'app',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !app.isPackaged,
  }
}

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** Serves dist/renderer under app://claimwright, never a file outside of it. */
export function serveFiles(session: Session, root: string): void {
  session.protocol.handle('app', async (request) => {
    const url = new URL(request.url)
    if (url.host !== 'claimwright') return new Response(null, { status: 404 })
    const file = findFile(root, url.pathname)
    if (!file) return new Response(null, { status: 404 })
    try {
      const nonce = randomBytes(16).toString('base64url')
      const content = await readFile(file)
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      const body =
        extname(file) === '.html'
          ? content.toString('utf8').replace('name="csp-nonce" content=""', `name="csp-nonce" content="${nonce}"`)
          : new Uint8Array(content)
      return new Response(body, {
        headers: {
          'content-type': type,
          'content-security-policy': contentSecurityPolicy(nonce),
          'x-content-type-options': 'nosniff',
          'cross-origin-opener-policy': 'same-origin',
          'cache-control': 'no-store',
        },
      })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}

/** The file behind a path, or null when it would lie outside the root. */
export function findFile(root: string, pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (decoded.includes('\0') || decoded.includes('\\') || decoded.includes(':')) return null
  const file = resolve(root, `.${decoded === '/' ? '/index.html' : decoded}`)
  const inside = relative(root, file)
  return inside === '' || inside.startsWith('..') || inside.includes(`..${sep}`) ? null : join(root, inside)
}

/** No permission is ever granted; no request leaves the app. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}))
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !/^(app:\/\/claimwright\/|blob:app:\/\/claimwright\/|devtools:|data:image\/)/.test(details.url) })
  })
}

/** No window, frame or webview leads anywhere else. */
export function hardenContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
    contents.on(event as 'will-navigate', (details) => {
      if (!details.url.startsWith(`${ORIGIN}/`)) details.preventDefault()
    })
  }
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
