// The browser preview: the same host behind a page on this computer only. Development only; never part of the packaged app.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import type { LoneHost } from '#host/alone.ts'

const LIMIT = 80 * 1024 * 1024
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
}

export interface PreviewServer {
  server: Server
  /** `http://127.0.0.1:PORT/#/?token=…`; the token opens one browser, once. */
  url: string
  close(): Promise<void>
}

/** Serves `root` (dist/renderer) and the host on a random loopback port. */
export async function startPreview(host: LoneHost, root: string): Promise<PreviewServer> {
  let token: string | null = randomBytes(32).toString('base64url')
  const session = randomBytes(32).toString('base64url')
  const firstUrl = `#/?token=${token}`
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const origin = `http://127.0.0.1:${port}`
  const streams = new Set<ServerResponse>()
  const stop = host.on((event) => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`)
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Only this address, asked by its own page: a foreign site or a rebound name is refused.
    if (request.headers.host !== `127.0.0.1:${port}`) return void response.writeHead(421).end()
    const from = request.headers.origin
    if (from !== undefined && from !== origin) return void response.writeHead(403).end()
    const url = new URL(request.url ?? '/', origin)
    if (request.method === 'POST') {
      if (from !== origin) return void response.writeHead(403).end()
      if (url.pathname === '/session') return enter(request, response)
      if (url.pathname === '/call' && isInside(request)) return call(request, response)
      return void response.writeHead(403).end()
    }
    if (request.method !== 'GET') return void response.writeHead(405).end()
    if (url.pathname === '/events') {
      if (!isInside(request)) return void response.writeHead(403).end()
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      streams.add(response)
      request.once('close', () => streams.delete(response))
      return undefined
    }
    return file(url.pathname, response)
  }

  /** Takes the token, once, for a cookie that scripts cannot read and other sites cannot send. */
  function enter(request: IncomingMessage, response: ServerResponse): void {
    const given = request.headers.authorization?.replace(/^Bearer /, '')
    if (token === null || given === undefined || !isSame(given, token)) return void response.writeHead(403).end()
    token = null
    response.writeHead(204, { 'set-cookie': `preview=${session}; HttpOnly; SameSite=Strict; Path=/` }).end()
  }

  function isInside(request: IncomingMessage): boolean {
    const given = /(?:^|; )preview=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]
    return given !== undefined && isSame(given, session)
  }

  async function call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > LIMIT) return void response.writeHead(413).end()
      chunks.push(chunk)
    }
    const { route, input } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { route: string; input: unknown }
    const reply = await host.call(route, input)
    const text = JSON.stringify(reply, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : bufferJson(value),
    )
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      .end(text)
  }

  async function file(pathname: string, response: ServerResponse): Promise<void> {
    const path = resolve(root, `.${decodeURIComponent(pathname === '/' ? '/index.html' : pathname)}`)
    if (!path.startsWith(resolve(root) + sep)) return void response.writeHead(404).end()
    const nonce = randomBytes(16).toString('base64url')
    try {
      const content = await readFile(path)
      const type = TYPES[extname(path)] ?? 'application/octet-stream'
      const body =
        extname(path) === '.html'
          ? content.toString('utf8').replace('name="csp-nonce" content=""', `name="csp-nonce" content="${nonce}"`)
          : content
      const policy = `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`
      response
        .writeHead(200, {
          'content-type': type,
          'content-security-policy': policy,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
        })
        .end(body)
    } catch {
      response.writeHead(404).end()
    }
  }

  return {
    server,
    url: `${origin}/${firstUrl}`,
    async close() {
      stop()
      for (const stream of streams) stream.end()
      await new Promise<void>((done) => server.close(() => done()))
      await host.close()
    },
  }
}

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

/** Buffers arrive here already turned into `{type: 'Buffer', data}`. */
function bufferJson(value: unknown): unknown {
  const buffer = value as { type?: unknown; data?: unknown } | null
  return typeof buffer === 'object' && buffer?.type === 'Buffer' && Array.isArray(buffer.data)
    ? Buffer.from(buffer.data as number[]).toString('base64')
    : value
}
