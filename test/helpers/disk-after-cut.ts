// A disk whose power is cut: what `strace` saw a program write, with whatever was not synced kept or lost at random.
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What `strace` is to be asked for. */
export const STRACE = [
  'strace',
  '-fxxy',
  '--string-limit=100000000',
  '--signal=none',
  '--trace=openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,unlink,rmdir,mkdir',
]
const SECTOR = 512

interface Change {
  at: number
  /** Null: the file ends here. */
  bytes: Buffer | null
}
interface Inode {
  durable: Buffer
  pending: Change[]
  /** Null for a file. */
  entries: { durable: Map<string, Inode>; pending: ((map: Map<string, Inode>) => void)[] } | null
}

/** One thing that was done, and what it means on a disk. */
type Step = (disk: Disk) => void

const file = (durable = Buffer.alloc(0)): Inode => ({ durable, pending: [], entries: null })
const folder = (): Inode => ({ durable: Buffer.alloc(0), pending: [], entries: { durable: new Map(), pending: [] } })

function apply(content: Buffer, { at, bytes }: Change): Buffer {
  if (bytes === null) return Buffer.concat([content.subarray(0, at), Buffer.alloc(Math.max(0, at - content.length))])
  const grown = Buffer.concat([content, Buffer.alloc(Math.max(0, at + bytes.length - content.length))])
  bytes.copy(grown, at)
  return grown
}

export class Disk {
  readonly #root = folder()
  readonly #base: string
  readonly #offsets = new Map<string, number>()

  constructor(base: string) {
    this.#base = base
  }

  /** What the program sees. */
  #find(path: string): Inode | null {
    let at: Inode | null = this.#root
    for (const name of path.slice(this.#base.length + 1).split('/')) at = (at?.entries && now(at).get(name)) ?? null
    return at
  }

  #parent(path: string): Inode {
    return dirname(path) === this.#base ? this.#root : this.#find(dirname(path))!
  }

  #change(path: string, work: (map: Map<string, Inode>, name: string) => void): void {
    this.#parent(path).entries!.pending.push((map) => work(map, basename(path)))
  }

  make(path: string, isFolder: boolean, isEmptied = false): void {
    const there = this.#find(path)
    this.#offsets.set(path, 0)
    if (there && isEmptied) there.pending.push({ at: 0, bytes: null })
    if (there) return
    const made = isFolder ? folder() : file()
    this.#change(path, (map, name) => map.set(name, made))
  }

  write(path: string, bytes: Buffer, at?: number): void {
    const from = at ?? this.#offsets.get(path) ?? 0
    if (at === undefined) this.#offsets.set(path, from + bytes.length)
    const { pending } = this.#find(path)!
    for (let done = 0; done < bytes.length; done += SECTOR)
      pending.push({ at: from + done, bytes: bytes.subarray(done, done + SECTOR) })
  }

  cut(path: string, size: number): void {
    this.#find(path)?.pending.push({ at: size, bytes: null })
  }

  sync(path: string): void {
    const inode = path === this.#base ? this.#root : this.#find(path)
    if (!inode) return
    for (const change of inode.pending.splice(0)) inode.durable = apply(inode.durable, change)
    for (const change of inode.entries?.pending.splice(0) ?? []) change(inode.entries!.durable)
  }

  rename(from: string, to: string): void {
    const moved = this.#find(from)!
    this.#offsets.set(to, this.#offsets.get(from) ?? 0)
    this.#change(to, (map, name) => {
      // Within one folder a rename is one entry of the journal.
      if (dirname(from) === dirname(to)) map.delete(basename(from))
      map.set(name, moved)
    })
    if (dirname(from) !== dirname(to)) this.#change(from, (map, name) => map.delete(name))
  }

  remove(path: string): void {
    this.#change(path, (map, name) => map.delete(name))
  }

  /** What there was before is on the disk. */
  settle(inode = this.#root): void {
    for (const change of inode.pending.splice(0)) inode.durable = apply(inode.durable, change)
    for (const change of inode.entries?.pending.splice(0) ?? []) change(inode.entries!.durable)
    for (const one of inode.entries?.durable.values() ?? []) this.settle(one)
  }

  /** Lays out in `to` what a power cut leaves now; each folder keeps what was done in it first. */
  leave(to: string, chance: () => number, inode = this.#root): void {
    mkdirSync(to, { recursive: true })
    const { durable, pending } = inode.entries!
    const entries = new Map(durable)
    for (const change of pending.slice(0, Math.floor(chance() * (pending.length + 1)))) change(entries)
    for (const [name, one] of entries) {
      if (one.entries) this.leave(join(to, name), chance, one)
      else writeAll(join(to, name), kept(one, chance))
    }
  }
}

const now = (inode: Inode): Map<string, Inode> => {
  const map = new Map(inode.entries!.durable)
  for (const change of inode.entries!.pending) change(map)
  return map
}

/** Sometimes nothing, sometimes all of what was not synced, mostly parts of it. */
function kept({ durable, pending }: Inode, chance: () => number): Buffer {
  const luck = [0, 1, chance()][Math.floor(chance() * 3)]!
  return pending.filter(() => chance() < luck).reduce(apply, durable)
}

function writeAll(path: string, content: Buffer): void {
  const handle = openSync(path, 'w')
  writeSync(handle, content)
  closeSync(handle)
}

const BYTES = /\\x([0-9a-f]{2})/g
const bytesOf = (text: string) => Buffer.from(text.replace(BYTES, '$1'), 'hex')

/** The steps of a log, in their order, as far as they concern `base`; `said` hears what the program printed. */
export function* stepsIn(log: string, base: string, said: (text: string) => void): Generator<Step> {
  const begun = new Map<string, string>()
  for (const line of readFileSync(log, 'latin1').split('\n')) {
    const [, pid = '', rest = ''] = /^(?:\[pid\s+)?(\d+)?\]?\s*(.*)$/.exec(line) ?? []
    if (rest.endsWith('<unfinished ...>')) {
      begun.set(pid, rest.slice(0, -'<unfinished ...>'.length).trimEnd())
      continue
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)
    const call = resumed ? `${begun.get(pid) ?? ''}${resumed[1]}` : rest
    const step = stepOf(call, base, said)
    if (step) yield step
  }
}

function stepOf(call: string, base: string, said: (text: string) => void): Step | null {
  const [, name, given, result] = /^(\w+)\((.*)\)\s+= (-?\d+)/.exec(call) ?? []
  if (!name || !given || Number(result) < 0) return null
  const texts = [...given.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, text]) => bytesOf(text!))
  const path = decode(/^-?\w+<([^>]*)>/.exec(given)?.[1] ?? '')
  const isOurs = (one: string) => one === base || one.startsWith(`${base}/`)
  const [first, second] = texts.map(String)
  if (name === 'write' && given.startsWith('1<')) {
    said(first!)
    return null
  }
  if (name === 'openat') {
    const opened = decode(/= \d+<([^>]*)>/.exec(call)?.[1] ?? '')
    return isOurs(opened) && given.includes('O_CREAT')
      ? (disk) => disk.make(opened, false, given.includes('O_TRUNC'))
      : null
  }
  if (name === 'write' && isOurs(path)) return (disk) => disk.write(path, texts[0]!)
  if (name === 'pwrite64' && isOurs(path))
    return (disk) => disk.write(path, texts[0]!, Number(/, (\d+)$/.exec(given)![1]))
  if (name === 'ftruncate' && isOurs(path)) return (disk) => disk.cut(path, Number(/, (\d+)$/.exec(given)![1]))
  if (/^f(data)?sync$/.test(name) && isOurs(path)) return (disk) => disk.sync(path)
  if (name === 'rename' && isOurs(first!)) return (disk) => disk.rename(first!, second!)
  if (name === 'mkdir' && isOurs(first!)) return (disk) => disk.make(first!, true)
  if (/^(unlink|rmdir)$/.test(name) && isOurs(first!)) return (disk) => disk.remove(first!)
  return null
}

/** With -xx, paths of handles come in hexadecimal as well. */
const decode = (path: string) => (path.includes('\\x') ? bytesOf(path).toString() : path)
