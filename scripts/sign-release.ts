// Signs what electron-builder says of a release, so that the app takes it: `node scripts/sign-release.ts sign release`.
// `node scripts/sign-release.ts new-key FILE` makes the makers' pair of keys: the private one goes to FILE and from there into a
// secret of the release workflow, the public one to electron/update-key.pem, which is committed.
import { createHash, createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isSigned, sha512Of } from '#main/update/signature.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const PUBLIC_KEY = join(root, 'electron/update-key.pem')

/**
 * Writes `latest*.yml.sig` beside each yml of a folder, and SHA256SUMS.txt over all its files.
 * @param privateKey PEM, Ed25519 @param publicKey PEM that the app was built with
 * @returns the names of what was signed
 * @throws Error when there is nothing to sign, when a yml names a file that is not there as it says, or when the keys are no pair
 */
export async function signRelease(folder: string, privateKey: string, publicKey: string): Promise<string[]> {
  const names = readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name))
  if (names.length === 0) throw new Error(`There is no latest*.yml in ${folder}`)
  const key = createPrivateKey(privateKey)
  for (const name of names) {
    const bytes = readFileSync(join(folder, name))
    await checkFiles(folder, name, bytes.toString('utf8'))
    const signature = sign(null, bytes, key).toString('base64')
    if (!isSigned(bytes, signature, publicKey))
      throw new Error('The private key does not belong to electron/update-key.pem: no installed copy would take this')
    writeFileSync(join(folder, `${name}.sig`), `${signature}\n`)
  }
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (one) => one.isFile() && one.name !== 'SHA256SUMS.txt',
  )
  const sums = files.map(({ name }) => {
    const sum = createHash('sha256')
      .update(readFileSync(join(folder, name)))
      .digest('hex')
    return `${sum}  ${name}\n`
  })
  writeFileSync(join(folder, 'SHA256SUMS.txt'), sums.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join(''))
  return names
}

async function checkFiles(folder: string, name: string, yml: string): Promise<void> {
  const files = [...yml.matchAll(/^ {2}- url: (.+)\n {4}sha512: (.+)$/gm)]
  if (files.length === 0) throw new Error(`${name} names no file`)
  for (const [, file, sum] of files)
    if ((await sha512Of(join(folder, file!.trim())).catch(() => '')) !== sum!.trim())
      throw new Error(`${file!} is not the file that ${name} names`)
}

function makeKeys(file: string): void {
  const target = resolve(file)
  if (!relative(root, target).startsWith('..')) throw new Error('Keep the private key outside of the repository')
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  writeFileSync(target, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  writeFileSync(PUBLIC_KEY, publicKey.export({ type: 'spki', format: 'pem' }))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [verb, target] = process.argv.slice(2)
  const key = process.env['CLAIMWRIGHT_SIGNING_KEY']
  if (verb === 'new-key' && target) makeKeys(target)
  else if (verb === 'sign' && target && key)
    console.log(`Signed ${(await signRelease(target, key, readFileSync(PUBLIC_KEY, 'utf8'))).join(', ')}`)
  else throw new Error('Say `sign FOLDER`, with the private key in CLAIMWRIGHT_SIGNING_KEY, or `new-key FILE`')
}
