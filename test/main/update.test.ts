// What an update must be before anything is done with it: where it may come from, whose it is, that it is newer, that it is whole.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isPrivateAddress, updateAddress } from '#core/update/address.ts'
import { fileFor, manifestName } from '#core/update/manifest.ts'
import { compareVersions, isVersion } from '#core/update/version.ts'
import { type Installation, prepareUpdate } from '#main/update/prepare.ts'
import { isSigned } from '#main/update/signature.ts'
import { atAddress, inFolder } from '#main/update/source.ts'
import { judgeSignature } from '#main/update/windows-signature.ts'
import { signRelease } from '../../scripts/sign-release.ts'

const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    secret: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    open: publicKey.export({ type: 'spki', format: 'pem' }) as string,
    sign: (bytes: Uint8Array) => sign(null, bytes, privateKey).toString('base64'),
  }
}
const makers = pair()
let folder: string
let server: Server
let address: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'claimwright-update-'))
  server = createServer((request, response) => {
    if (request.url === '/moved/latest-linux.yml')
      return void response.writeHead(302, { location: '/latest-linux.yml' }).end()
    const path = join(folder, request.url!)
    if (!existsSync(path)) return void response.writeHead(404).end()
    response.end(readFileSync(path))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  address = `http://127.0.0.1:${(server.address() as { port: number }).port}/`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const FILE = 'Claimwright-0.3.0-linux-x64.AppImage'
const yml = (content: string, version = '0.3.0', more = '') => {
  const sum = createHash('sha512').update(content).digest('base64')
  const head = `version: ${version}\nfiles:\n  - url: ${FILE}\n    sha512: ${sum}\n    size: ${content.length}\n`
  return `${head}releaseNotes: |-\n  Faster <b>lists</b>.\n  Two more reports.\n${more}`
}
const here = (): Installation => ({
  version: '0.2.0',
  platform: 'linux',
  arch: 'x64',
  kind: 'AppImage',
  publicKey: makers.open,
  folder: join(folder, 'pending'),
  // The shape is looked at, whoever reads it: the library's reader in the app, the simplest one here.
  parse: (text) => {
    const found = (pattern: RegExp) => pattern.exec(text)?.[1]
    return {
      version: found(/^version: (.+)$/m),
      files: [{ url: found(/url: (.+)/), sha512: found(/sha512: (.+)/), size: Number(found(/size: (.+)/)) }],
      releaseNotes: found(/releaseNotes: \|-\n([^]*)$/)?.replace(/^ {2}/gm, ''),
    }
  },
})
function publish(text: string, signature: string | null, content = 'the new program'): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'latest-linux.yml'), text)
  if (signature !== null) writeFileSync(join(folder, 'latest-linux.yml.sig'), `${signature}\n`)
  writeFileSync(join(folder, FILE), content)
}
const good = () => yml('the new program')

describe.each([
  ['an address', () => atAddress(address)],
  ['a folder', () => inFolder(folder)],
])('from %s', (_name, source) => {
  it('a signed, newer, whole update is fetched', async () => {
    publish(good(), makers.sign(Buffer.from(good())))
    const found = await prepareUpdate(source(), here())
    expect(found!.manifest.releaseNotes).toContain('Faster <b>lists</b>.\nTwo more reports.')
    expect(readFileSync(found!.path, 'utf8')).toBe('the new program')
  })
  it.each([
    ['unsigned', () => publish(good(), null)],
    ['wrong-signature', () => publish(good(), pair().sign(Buffer.from(good())))],
    ['wrong-signature', () => publish(`${good()} `, makers.sign(Buffer.from(good())))],
    ['wrong-signature', () => publish(good(), 'no signature')],
    ['older', () => publish(yml('x', '0.1.9'), makers.sign(Buffer.from(yml('x', '0.1.9'))), 'x')],
    ['tampered', () => publish(good(), makers.sign(Buffer.from(good())), 'the old programs')],
    ['tampered', () => publish(good(), makers.sign(Buffer.from(good())), 'the new proGram')],
    [
      'missing',
      () => publish(good().replace('.AppImage', '.exe'), makers.sign(Buffer.from(good().replace('.AppImage', '.exe')))),
    ],
    [
      'unreadable',
      () => publish(good().replace(FILE, `../${FILE}`), makers.sign(Buffer.from(good().replace(FILE, `../${FILE}`)))),
    ],
  ])('refuses what is %s, and keeps nothing', async (reason, prepare) => {
    prepare()
    await expect(prepareUpdate(source(), here())).rejects.toMatchObject({ reason })
    expect(existsSync(here().folder) && readdirSync(here().folder).length > 0).toBe(false)
  })
  it('the same version is the newest', async () => {
    const same = yml('x', '0.2.0')
    publish(same, makers.sign(Buffer.from(same)), 'x')
    expect(await prepareUpdate(source(), here())).toBeNull()
  })
  it('nothing there', async () => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
    await expect(prepareUpdate(source(), here())).rejects.toMatchObject({ reason: 'missing' })
  })
})

it('an address that sends elsewhere, or does not answer, is not followed', async () => {
  publish(good(), makers.sign(Buffer.from(good())))
  await expect(prepareUpdate(atAddress(`${address}moved/`), here())).rejects.toMatchObject({ reason: 'unreachable' })
  await expect(prepareUpdate(atAddress('http://127.0.0.1:9/'), here())).rejects.toMatchObject({ reason: 'unreachable' })
})
it('numbers that leave the office are not connected to by http, however they came there', async () => {
  await expect(prepareUpdate(atAddress('http://134744072/'), here())).rejects.toMatchObject({ reason: 'unreachable' })
})
it('http reaches no name outside of the office', async () => {
  // What a name leads to is known only when it is asked for: localhost is inside.
  publish(good(), makers.sign(Buffer.from(good())))
  expect(await prepareUpdate(atAddress(address.replace('127.0.0.1', 'localhost')), here())).not.toBeNull()
})
it.each([
  ['https://updates.example.com/claimwright', 'https://updates.example.com/claimwright/'],
  ['http://192.168.1.20:8080/', 'http://192.168.1.20:8080/'],
  ['http://front-desk/updates', 'http://front-desk/updates/'],
  ['http://[fd00::5]/', 'http://[fd00::5]/'],
  ['http://8.8.8.8/', null],
  ['http://[2001:db8::1]/', null],
  // 8.8.8.8 in other clothes.
  ['http://134744072/', null],
  ['http://0x8.8.8.8/', null],
  ['http://010.0.0.1/', null],
  ['http://front-desk.local:8080/a/b', 'http://front-desk.local:8080/a/b/'],
  ['https://user:secret@example.com/', null],
  ['https://example.com/?a=b', null],
  ['file:///C:/updates', null],
  ['\\\\server\\updates', null],
  ['', null],
])('an update address %s', (typed, taken) => {
  expect(updateAddress(typed)).toBe(taken)
})
it('private addresses are those of RFC 1918, loopback, link-local and unique local', () => {
  const inside = [
    '10.0.0.1',
    '127.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.9',
    '169.254.1.1',
    '::1',
    'fe80::1',
    'fd12::1',
    '::ffff:10.1.1.1',
  ]
  const outside = [
    '11.0.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '1.2.3.4',
    '10.0.0.256',
    '2001:db8::1',
    '::',
    '::ffff:8.8.8.8',
    'front-desk',
  ]
  expect(inside.filter((one) => !isPrivateAddress(one))).toEqual([])
  expect(outside.filter(isPrivateAddress)).toEqual([])
})
it('versions are ordered as semantic versioning orders them', () => {
  const rising = [
    '0.1.9',
    '0.2.0-alpha',
    '0.2.0-alpha.1',
    '0.2.0-alpha.beta',
    '0.2.0-beta.2',
    '0.2.0-beta.11',
    '0.2.0',
    '0.10.0',
    '1.0.0',
  ]
  for (const [at, one] of rising.entries())
    for (const [other, two] of rising.entries())
      expect(Math.sign(compareVersions(one, two))).toBe(Math.sign(at - other))
  expect(['1.0', 'v1.0.0', '1.0.0 ', '', '1.0.0\n'].filter(isVersion)).toEqual([])
  expect(() => compareVersions('latest', '1.0.0')).toThrow('no version')
})
it('no changed byte of a yml or of its signature passes', () => {
  const bytes = Buffer.from(good())
  const signature = makers.sign(bytes)
  expect(isSigned(bytes, signature, makers.open)).toBe(true)
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const other = Buffer.from(bytes)
      other[at] = other[at]! ^ by
      return !isSigned(other, signature, makers.open)
    }),
    { numRuns: 50 },
  )
  expect(isSigned(bytes, '', makers.open)).toBe(false)
  expect(isSigned(bytes, signature, 'no key')).toBe(false)
})
it('each system has its yml and its file', () => {
  expect([
    manifestName('win32', 'x64'),
    manifestName('darwin', 'arm64'),
    manifestName('linux', 'x64'),
    manifestName('linux', 'arm64'),
  ]).toEqual(['latest.yml', 'latest-mac.yml', 'latest-linux.yml', 'latest-linux-arm64.yml'])
  const files = ['a-x64.zip', 'a-arm64.zip', 'a.exe'].map((url) => ({ url, sha512: '', size: 1 }))
  expect(fileFor({ files }, 'zip', 'arm64')?.url).toBe('a-arm64.zip')
  expect(fileFor({ files }, 'exe', 'x64')?.url).toBe('a.exe')
  expect(fileFor({ files: files.slice(1) }, 'zip', 'x64')).toBeUndefined()
})

const PATH = '/updates/Claimwright-Setup-0.3.0.exe'
const MAKER = 'CN=Claimwright, O=Claimwright, C=US'
const said = (more: object) => JSON.stringify({ Status: 0, Path: PATH, SignerCertificate: { Subject: MAKER }, ...more })
it.each([
  ['is signed by us', said({}), [MAKER], null],
  ['names us in another order', said({}), ['C=US, O=Claimwright, CN=Claimwright'], null],
  [
    'is signed by somebody else',
    said({ SignerCertificate: { Subject: 'CN=Claimwright, O=Other, C=US' } }),
    [MAKER],
    'somebody else',
  ],
  [
    'has more in its name than we have',
    said({ SignerCertificate: { Subject: `${MAKER}, OU=Other` } }),
    [MAKER],
    'somebody else',
  ],
  ['is not valid', said({ Status: 2 }), [MAKER], 'not valid'],
  ['is another file', said({ Path: '/updates/other.exe' }), [MAKER], 'another file'],
  ['names no file', said({ Path: undefined }), [MAKER], 'another file'],
  ['has no certificate', said({ SignerCertificate: null }), [MAKER], 'nobody named'],
  ['gets no answer', '', [MAKER], 'no answer'],
  ['gets half an answer', 'null', [MAKER], 'not valid'],
  // The library takes each of these two for "anybody".
  ['has no publisher to be compared with', said({}), [], 'somebody else'],
  ['has a publisher of one name only', said({}), ['Claimwright'], 'somebody else'],
])('an installer that %s', (_name, answer, publishers, verdict) => {
  expect(judgeSignature(answer, publishers, PATH)).toBe(verdict)
})

it('signing a release: its files are compared, its keys are a pair, its sums are listed', async () => {
  publish(good(), null)
  expect(await signRelease(folder, makers.secret, makers.open)).toEqual(['latest-linux.yml'])
  expect(await prepareUpdate(inFolder(folder), here())).not.toBeNull()
  expect(readFileSync(join(folder, 'SHA256SUMS.txt'), 'utf8')).toMatch(new RegExp(`^[0-9a-f]{64}  ${FILE}$`, 'm'))
  await expect(signRelease(folder, pair().secret, makers.open)).rejects.toThrow('does not belong')
  writeFileSync(join(folder, FILE), 'another')
  await expect(signRelease(folder, makers.secret, makers.open)).rejects.toThrow('is not the file')
})
