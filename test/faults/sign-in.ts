// S4: how long a refusal takes must not tell whether the name exists.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAlone } from '#host/alone.ts'
import { NEW_OFFICE } from '#test/helpers/test-host.ts'
import type { Outcome } from './outcome.ts'

const MOST_APART = 0.2

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
  const took: Record<string, number[]> = { Ana: [], Nobody: [] }
  const words = new Set<string>()
  for (let at = 0; at < times; at += 1)
    for (const [name, all] of Object.entries(took)) {
      // Beyond the wait that five wrong ones bring.
      now += 600_000
      const begun = performance.now()
      const answer = await host.call('session.signIn', { name, password: 'wrong' })
      all.push(performance.now() - begun)
      words.add(answer.ok ? 'let in' : answer.error.message)
    }
  await host.close()
  rmSync(dataDir, { recursive: true })
  const [known, unknown] = Object.values(took).map((all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!)
  const apart = Math.abs(known! - unknown!) / known!
  const wrong = apart > MOST_APART ? [`${Math.round(apart * 100)} % apart`] : []
  if (words.size > 1) wrong.push(`${words.size} different answers`)
  return {
    did: `${times} tries each: ${known!.toFixed(0)} ms for a name that exists, ${unknown!.toFixed(0)} ms for none`,
    wrong,
  }
}
