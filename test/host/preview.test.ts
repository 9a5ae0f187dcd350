// The browser preview answers only its own page on this computer.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openEmptyHost } from '#test/helpers/test-host.ts'
import { type PreviewServer, startPreview } from '../../scripts/preview-server.ts'

let preview: PreviewServer
let port: number
let token: string

beforeAll(async () => {
  const root = mkdtempSync(join(tmpdir(), 'preview-'))
  writeFileSync(join(root, 'index.html'), '<meta name="csp-nonce" content="" />')
  preview = await startPreview(openEmptyHost().host, root)
  const url = new URL(preview.url)
  port = Number(url.port)
  token = /token=(.+)$/.exec(url.hash)![1]!
})
afterAll(() => preview.close())

function ask(
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers: { host: `127.0.0.1:${port}`, ...headers } },
      (response) => {
        let text = ''
        response
          .on('data', (chunk) => (text += chunk))
          .on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
const origin = () => ({ origin: `http://127.0.0.1:${port}` })
const CALL = JSON.stringify({ route: 'session.status', input: {} })

/** Trades the token of a preview for its cookie. */
async function enter(): Promise<Record<string, string>> {
  const reply = await ask('POST', '/session', { ...origin(), authorization: `Bearer ${token}` })
  const [cookie] = (reply.headers['set-cookie'] as string[] | undefined) ?? []
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/)
  return { cookie: cookie!.split(';')[0]! }
}

it('the token opens one browser, once; a stale or foreign caller is refused', async () => {
  expect((await ask('POST', '/session', { ...origin(), authorization: 'Bearer wrong' })).status).toBe(403)
  expect((await ask('POST', '/session', { authorization: `Bearer ${token}` })).status).toBe(403)
  const inside = await enter()
  expect((await ask('POST', '/session', { ...origin(), authorization: `Bearer ${token}` })).status).toBe(403)

  const reply = await ask('POST', '/call', { ...origin(), ...inside }, CALL)
  expect(JSON.parse(reply.text)).toMatchObject({ ok: true, data: { state: 'setup' } })
  expect((await ask('POST', '/call', origin(), CALL)).status).toBe(403)
  expect((await ask('POST', '/call', { ...origin(), cookie: 'preview=wrong' }, CALL)).status).toBe(403)
  expect((await ask('POST', '/call', { ...inside, origin: 'http://evil.example' }, CALL)).status).toBe(403)
  expect((await ask('POST', '/call', inside, CALL)).status).toBe(403)
  expect((await ask('GET', '/events', {})).status).toBe(403)
})
it('refuses another host name (DNS rebinding) and files outside its folder', async () => {
  expect((await ask('GET', '/', { host: 'claimwright.example' })).status).toBe(421)
  for (const path of ['/../package.json', '/..%2f..%2fetc/passwd', '/%2e%2e/x'])
    expect((await ask('GET', path, {})).status, path).toBe(404)
})
it('gives the page a policy with the nonce that stands in it', async () => {
  const page = await ask('GET', '/', {})
  const nonce = /content="([\w-]+)"/.exec(page.text)![1]!
  expect(String(page.headers['content-security-policy'])).toContain(`'nonce-${nonce}'`)
})
