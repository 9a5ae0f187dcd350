// The key file: one random database key, wrapped once per user's password and once by the recovery code.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { AppError } from '#core/errors.ts'
import { ROLES } from '#core/contract/route.ts'
import { writeFileAtomic } from './files.ts'

/** Bytes as base64, exactly so many: a shorter tag would prove less. */
const bytes = (count: number) => z.base64().length(Math.ceil(count / 3) * 4)
const Wrapped = z.strictObject({
  /** No more than this program ever asked for: another number would only stop it. */
  n: z
    .number()
    .int()
    .min(2)
    .max(2 ** 17)
    .refine((n) => Number.isInteger(Math.log2(n))),
  salt: bytes(16),
  iv: bytes(12),
  data: bytes(32),
  tag: bytes(16),
})
export type Wrapped = z.infer<typeof Wrapped>
const Slot = z.strictObject({ id: z.uuid(), name: z.string(), role: z.enum(ROLES), wrapped: Wrapped })
export const Keyring = z.strictObject({
  version: z.literal(1),
  vaultId: z.uuid(),
  officeName: z.string(),
  /** False until the recovery code was typed back. */
  confirmed: z.boolean(),
  slots: z.array(Slot).min(1),
  recovery: Wrapped,
  /** Higher after each change of people, passwords and recovery code. */
  revision: z.number().int(),
  /** HMAC over all that says who may do what: nobody without the data key can change a word of it. */
  seal: z.string(),
  /** Failed sign-ins since the last success, and until when further ones are refused. */
  failures: z.number().int(),
  blockedUntil: z.iso.datetime().nullable(),
  lockedBy: z.string().nullable(),
  autoLockMinutes: z.number().int().min(1).max(60),
})
export type Keyring = z.infer<typeof Keyring>
export type KeySlot = z.infer<typeof Slot>
/** Who may open the data, as what: kept in the database, and written from there into the key file. */
export type Holders = Pick<Keyring, 'slots' | 'recovery' | 'revision'>

/** scrypt cost N = 2^17 (OWASP's fallback for scrypt); tests and the demo may pass less. */
export const SCRYPT_N = 2 ** 17

function derive(secret: string, salt: Buffer, n: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret.normalize('NFKC'), salt, 32, { N: n, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    )
  })
}

/** Wraps the database key under a secret; `label` binds the slot to its owner. */
export async function wrapKey(key: Buffer, secret: string, label: string, n: number): Promise<Wrapped> {
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await derive(secret, salt, n), iv)
  cipher.setAAD(Buffer.from(`${label}|${n}|1`))
  const data = Buffer.concat([cipher.update(key), cipher.final()])
  return {
    n,
    salt: salt.toString('base64'),
    iv: iv.toString('base64'),
    data: data.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  }
}

/** The database key, or null when the secret is wrong. */
export async function unwrapKey(wrapped: Wrapped, secret: string, label: string): Promise<Buffer | null> {
  const wrapping = await derive(secret, Buffer.from(wrapped.salt, 'base64'), wrapped.n)
  const decipher = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(wrapped.iv, 'base64'))
  decipher.setAAD(Buffer.from(`${label}|${wrapped.n}|1`))
  decipher.setAuthTag(Buffer.from(wrapped.tag, 'base64'))
  try {
    return Buffer.concat([decipher.update(Buffer.from(wrapped.data, 'base64')), decipher.final()])
  } catch {
    return null
  }
}

const ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ0123456789'

/** 160 random bits and a checksum, in groups of four: `7KQM-…`. */
export function newRecoveryCode(): string {
  const body = [...randomBytes(32)].map((byte) => ALPHABET[byte % 32]).join('')
  return (body + checksum(body)).match(/.{4}/g)!.join('-')
}
function checksum(body: string): string {
  const digest = createHash('sha256').update(body).digest()
  return [...digest.subarray(0, 4)].map((byte) => ALPHABET[byte % 32]).join('')
}
/** The code without dashes, spaces and case, or null when its checksum shows a typing error. */
export function readRecoveryCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  return code.length === 36 && checksum(code.slice(0, 32)) === code.slice(32) ? code : null
}

/** A key for another purpose, derived from the database key. */
export function subkey(key: Buffer, purpose: 'audit' | 'blobs' | 'manifest' | 'keyring'): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `claimwright ${purpose}`, 32))
}

function sealOf(key: Buffer, { vaultId, slots, recovery, revision }: Omit<Keyring, 'seal'>): Buffer {
  const people = slots.map(({ id, name, role, wrapped }) => [id, name, role, fieldsOf(wrapped)])
  const said = JSON.stringify([vaultId, revision, people, fieldsOf(recovery)])
  return createHmac('sha256', subkey(key, 'keyring')).update(said).digest()
}

const fieldsOf = ({ n, salt, iv, data, tag }: Wrapped) => [n, salt, iv, data, tag]

export const isSameWrapped = (one: Wrapped, other: Wrapped): boolean =>
  JSON.stringify(fieldsOf(one)) === JSON.stringify(fieldsOf(other))

/** The key file with these holders, sealed. */
export function withHolders(
  keyring: Omit<Keyring, 'seal' | keyof Holders>,
  { slots, recovery, revision }: Holders,
  key: Buffer,
): Keyring {
  const open = { ...keyring, slots, recovery, revision }
  return { ...open, seal: sealOf(key, open).toString('hex') }
}

/** Whether its people are as this office wrote them; an old one is sealed too. */
export function isSealedKeyring(keyring: Keyring, key: Buffer): boolean {
  const expected = sealOf(key, keyring)
  const found = Buffer.from(keyring.seal, 'hex')
  return found.length === expected.length && timingSafeEqual(found, expected)
}

/** This one file, without its copy; null when it is missing or cannot be read. */
export function parseKeyring(file: string): Keyring | null {
  try {
    return Keyring.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** Reads the key file, falling back on its copy. @throws DATA_DAMAGED when neither can be read */
export function readKeyring(file: string): Keyring {
  const keyring = parseKeyring(file) ?? parseKeyring(`${file}.bak`)
  if (keyring) return keyring
  throw new AppError('DATA_DAMAGED', 'The key file is missing or damaged. Restore a backup.', { problem: 'keyring' })
}

/** As it stands in the file. */
export function keyringText(keyring: Keyring): string {
  return JSON.stringify(keyring, null, 2)
}

/** Writes the key file and its copy, each atomically and one after the other: a power cut leaves one of them whole. */
export function writeKeyring(file: string, keyring: Keyring): void {
  const text = keyringText(keyring)
  for (const target of [file, `${file}.bak`]) writeFileAtomic(target, text)
}
