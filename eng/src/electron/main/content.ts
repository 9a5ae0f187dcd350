// The page's files and the headers they travel with. Without Electron, so that the browser preview serves them the same way.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'

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
}

/**
 * The content security policy of every page. `nonce` lets Mantine's own <style> elements in; everything else inline is
 * refused. Style properties that React sets go through the CSSOM, which the policy does not concern.
 */
function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}

export interface PageFile {
  body: string | Uint8Array<ArrayBuffer>
  headers: Record<string, string>
}

/** The file behind a path of the page with its headers; null when there is none inside `root`. */
export async function readPageFile(root: string, pathname: string): Promise<PageFile | null> {
  const path = findFile(root, pathname)
  const content = path && (await readFile(path).catch(() => null))
  if (!path || !content) return null
  const nonce = randomBytes(16).toString('base64url')
  const type = TYPES[extname(path)] ?? 'application/octet-stream'
  return {
    body: type.startsWith('text/html')
      ? content.toString('utf8').replace('name="csp-nonce" content=""', `name="csp-nonce" content="${nonce}"`)
      : new Uint8Array(content),
    headers: {
      'content-type': type,
      'content-security-policy': contentSecurityPolicy(nonce),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
  }
}

/** The path on disk, or null when it would lie outside of `root` or is no plain name. */
function findFile(root: string, pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  // Backslashes, drive letters and alternate streams mean something on Windows only.
  if (/[\0\\:]/.test(decoded)) return null
  const file = resolve(root, `.${decoded === '/' ? '/index.html' : decoded}`)
  return file.startsWith(resolve(root) + sep) ? file : null
}
