// S4: how long a refusal takes must not tell whether the name exists.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAlone } from '#host/alone.ts'
import { NEW_OFFICE } from '#test/helpers/test-host.ts'
import { median } from '#test/bench/figures.ts'
import type { Outcome } from './outcome.ts'

const MOST_APART = 0.2
const IN_A_ROW = 5
const BEYOND_THE_WAIT_MS = 600_000

interface Try {
  /** Milliseconds. */
  took: number
  said: string
}

/** @param times tries with each name, at the real cost of a password */
export async function signInTimes(times: number): Promise<Outcome> {
  const dataDir = mkdtempSync(join(tmpdir(), 'claimwright-sign-in-'))
  let now = Date.parse('2026-11-23T15:00:00Z')
  const host = openAlone({
    dataDir,
    assetsDir: 'assets',
    appVersion: 'test',
    now: () => new Date(now).toISOString(),
    elapsed: () => now,
  })
  const reply = await host.call('session.setup', NEW_OFFICE)
  const { recoveryCode } = (reply as { data: { recoveryCode: string } }).data
  await host.call('session.confirmRecovery', { recoveryCode })
  await host.call('session.lock', { reason: 'user' })
  const tried = { Ana: [] as Try[], Nobody: [] as Try[] }
  // The fifth wrong one in a row is answered by a wait: each name has rows of its own.
  for (let row = 0; row < times / IN_A_ROW; row += 1)
    for (const [name, all] of Object.entries(tried))
      for (let at = 0; at < IN_A_ROW; at += 1) {
        now += BEYOND_THE_WAIT_MS
        const begun = performance.now()
        const answer = await host.call('session.signIn', { name, password: 'wrong' })
        all.push({ took: performance.now() - begun, said: answer.ok ? 'let in' : answer.error.message })
      }
  await host.close()
  rmSync(dataDir, { recursive: true })
  const [known, unknown] = Object.values(tried).map((all) => median(all.map(({ took }) => took)))
  const apart = Math.abs(known! - unknown!) / known!
  const wrong = apart > MOST_APART ? [`${Math.round(apart * 100)} % apart`] : []
  const differing = tried.Ana.filter(({ said }, at) => said !== tried.Nobody[at]!.said)
  wrong.push(...differing.map(({ said }) => `only a name that exists is answered “${said}”`))
  return {
    did: `${tried.Ana.length} tries each: ${known!.toFixed(0)} ms for a name that exists, ${unknown!.toFixed(0)} ms for none`,
    wrong,
  }
}
