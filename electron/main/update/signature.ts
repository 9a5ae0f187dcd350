// Whether a file is the makers' own: a detached Ed25519 signature over its exact bytes, and the checksum that the signed yml names.
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** @param signature base64 of 64 bytes @param publicKey PEM. False for anything that is not exactly right */
export function isSigned(bytes: Uint8Array, signature: string, publicKey: string): boolean {
  const text = signature.trim()
  if (!/^[A-Za-z0-9+/]{86}==$/.test(text)) return false
  try {
    const key = createPublicKey(publicKey)
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, Buffer.from(text, 'base64'))
  } catch {
    return false
  }
}

/** Base64 of the SHA-512 of a file. */
export async function sha512Of(path: string): Promise<string> {
  const hash = createHash('sha512')
  for await (const part of createReadStream(path)) hash.update(part as Buffer)
  return hash.digest('base64')
}
