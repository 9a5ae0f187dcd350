// Where an update is read from: one address, or a folder. The only code of the app that opens a connection, by Node: Chromium,
// and with it every page and the update library, can resolve no address at all (security.ts).
import { createWriteStream } from 'node:fs'
import { copyFile, readFile, stat } from 'node:fs/promises'
import { lookup as resolveName } from 'node:dns'
import { get as getPlain, type IncomingMessage, type RequestOptions } from 'node:http'
import { get as getSecure } from 'node:https'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isPrivateAddress } from '#core/update/address.ts'
import { Refused } from './refused.ts'

export interface UpdateSource {
  /** A small file; null when it is not there. @throws Refused `unreachable`, or `unreadable` when it is larger than `limit` */
  read: (name: string, limit: number) => Promise<Buffer | null>
  /** Keeps a file of exactly `size` bytes at `path`. @throws Refused `missing`, `unreachable`, `tampered` for another size */
  save: (name: string, path: string, size: number) => Promise<void>
}

/** Nothing is heard for so long: the line is cut. */
const SILENCE_MS = 20_000

/** @param address as core/update/address.ts lets it through, with a slash at its end */
export function atAddress(address: string): UpdateSource {
  return {
    async read(name, limit) {
      const answer = await open(new URL(name, address))
      if (!answer) return null
      const parts: Buffer[] = []
      let bytes = 0
      try {
        for await (const part of answer) {
          bytes += (part as Buffer).length
          if (bytes > limit) throw new Refused('unreadable')
          parts.push(part as Buffer)
        }
      } catch (error) {
        throw error instanceof Refused ? error : new Refused('unreachable')
      }
      return Buffer.concat(parts)
    },
    async save(name, path, size) {
      const answer = await open(new URL(name, address))
      if (!answer) throw new Refused('missing')
      let bytes = 0
      answer.on('data', (part: Buffer) => {
        bytes += part.length
        if (bytes > size) answer.destroy(new Refused('tampered'))
      })
      try {
        await pipeline(answer, createWriteStream(path))
      } catch (error) {
        throw error instanceof Refused ? error : new Refused('unreachable')
      }
      if (bytes !== size) throw new Refused('tampered')
    },
  }
}

/** The answer; null for 404. A redirect leads to another address and is refused, as is anything else. */
function open(url: URL): Promise<IncomingMessage | null> {
  const isPlain = url.protocol === 'http:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // Numbers are connected to without being resolved.
  if (isPlain && isIP(host) !== 0 && !isPrivateAddress(host)) return Promise.reject(new Refused('unreachable'))
  const options: RequestOptions = { agent: false, timeout: SILENCE_MS, headers: { 'cache-control': 'no-cache' } }
  return new Promise((resolve, reject) => {
    const get = isPlain ? getPlain : getSecure
    const request = get(url, isPlain ? { ...options, lookup: insideOnly } : options, (answer) => {
      if (answer.statusCode === 200) return resolve(answer)
      answer.resume()
      if (answer.statusCode === 404) resolve(null)
      else reject(new Refused('unreachable'))
    })
    request.on('timeout', () => request.destroy(new Error('silent')))
    request.on('error', () => reject(new Refused('unreachable')))
  })
}

/** Resolves a name, and refuses it when it leads out of the office's network: http is read and changed by whoever is on the way. */
const insideOnly: NonNullable<RequestOptions['lookup']> = (host, options, done) => {
  resolveName(host, { ...options, all: true }, (error, found) => {
    const inside = error ? [] : found.filter(({ address }) => isPrivateAddress(address))
    const [first] = inside
    if (!first) return done(error ?? new Error('not in this network'), [])
    if (options.all) done(null, inside)
    else done(null, first.address, first.family)
  })
}

/** A folder, on a stick or elsewhere: the same files as behind an address. */
export function inFolder(folder: string): UpdateSource {
  const sizeOf = (path: string) =>
    stat(path).then(
      (found) => (found.isFile() ? found.size : null),
      () => null,
    )
  return {
    async read(name, limit) {
      const path = join(folder, name)
      const size = await sizeOf(path)
      if (size === null) return null
      if (size > limit) throw new Refused('unreadable')
      return readFile(path).catch(() => {
        throw new Refused('unreachable')
      })
    },
    async save(name, to, size) {
      const path = join(folder, name)
      const found = await sizeOf(path)
      if (found === null) throw new Refused('missing')
      if (found !== size) throw new Refused('tampered')
      await copyFile(path, to).catch(() => {
        throw new Refused('unreachable')
      })
    },
  }
}
