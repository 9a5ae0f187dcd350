// Drives helpers/host-child.ts from a test.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { buildSync } from 'esbuild'
import type { InputOf, RouteName } from '#core/contract/index.ts'
import type { Reply } from '#core/errors.ts'
import { besideItself } from '../../scripts/beside-itself.ts'

export interface ChildHost {
  process: ChildProcess
  call<Name extends RouteName>(route: Name, input: InputOf<Name>): Promise<Reply<unknown>>
  /** Ends it as a power cut would: no closing, no cleaning up. */
  kill(): Promise<void>
}

const GONE: Reply<never> = { ok: false, error: { code: 'INTERNAL', message: 'The process ended.', details: {} } }

let bundle: string | null = null
/** The host in one file: a process that reads its four hundred modules one by one begins seconds later. @returns its path */
function bundleHost(): string {
  const folder = mkdtempSync(join(tmpdir(), 'claimwright-child-'))
  chmodSync(folder, 0o755)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  buildSync({
    ...besideItself,
    entryPoints: ['test/helpers/host-child.ts', 'host/session/heavy-worker.ts'],
    entryNames: '[name]',
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['better-sqlite3'],
    logLevel: 'error',
  })
  return join(folder, 'host-child.cjs')
}

/** A shell that lets no file grow beyond so many kilobytes: writing on answers an I/O error, as a bad disk does. */
const LIMITED = `trap '' XFSZ; ulimit -f "$1"; shift; exec "$@"`

interface Circumstances {
  /** Whose rights it has; only root may choose. */
  uid?: number | undefined
  /** No file of it grows larger. */
  mostKilobytes?: number
  /** It dies before the rename of that number. */
  dieAtRename?: number
  /** Where it puts what is not kept. */
  temporary?: string
  /** The program that watches it, with its arguments. */
  under?: readonly string[]
}

export function openChildHost(
  dataDir: string,
  { uid, mostKilobytes, dieAtRename, temporary, under = [] }: Circumstances = {},
): ChildHost {
  bundle ??= bundleHost()
  const command = [...under, process.execPath, bundle, dataDir]
  const limited = ['bash', '-c', LIMITED, 'bash', String(mostKilobytes), ...command]
  const [program, ...args] = mostKilobytes === undefined ? command : limited
  const child = spawn(program!, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_PATH: resolve('node_modules'),
      // What the first one compiled, the next ones read.
      NODE_COMPILE_CACHE: join(dirname(bundle), 'compiled'),
      ...(dieAtRename && { DIE_AT_RENAME: String(dieAtRename) }),
      ...(temporary && { TMPDIR: temporary }),
    },
    ...(uid === undefined ? {} : { uid }),
  })
  const waiting: ((reply: Reply<unknown>) => void)[] = []
  // Who waits for one that died waits for ever, unless told.
  child.once('exit', () => waiting.splice(0).forEach((answer) => answer(GONE)))
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(JSON.parse(line) as Reply<unknown>))
  return {
    process: child,
    call: (route, input) =>
      new Promise((resolve) => {
        waiting.push(resolve)
        child.stdin.write(`${JSON.stringify({ route, input })}\n`)
      }),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      // A program that watches lets go of what it watches when it is killed.
      const watched = under.length > 0 ? readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8') : ''
      for (const pid of watched.split(' ').filter(Boolean)) process.kill(Number(pid), 'SIGKILL')
      child.kill('SIGKILL')
      await gone
    },
  }
}
