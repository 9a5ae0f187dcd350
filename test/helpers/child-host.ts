// Drives helpers/host-child.ts from a test.
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { once } from 'node:events'
import type { InputOf, RouteName } from '#core/contract/index.ts'
import type { Reply } from '#core/errors.ts'

export interface ChildHost {
  process: ChildProcess
  call<Name extends RouteName>(route: Name, input: InputOf<Name>): Promise<Reply<unknown>>
  /** Ends it as a power cut would: no closing, no cleaning up. */
  kill(): Promise<void>
}

/** @param uid whose rights it has; only root may choose */
export function openChildHost(dataDir: string, uid?: number): ChildHost {
  const child = spawn(process.execPath, ['test/helpers/host-child.ts', dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...(uid === undefined ? {} : { uid }),
  })
  const waiting: ((reply: Reply<unknown>) => void)[] = []
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
      child.kill('SIGKILL')
      await gone
    },
  }
}
