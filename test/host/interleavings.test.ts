// Three PCs ask anything at the same moment, in any order: what must hold whatever happens.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { ErrorCode } from '#core/errors.ts'
import { holdFolder } from '#db/folder-lock.ts'
import { type Connection, createHost } from '#host/host.ts'
import { BEN, NEW_OFFICE, TEST_PASSWORD } from '#test/helpers/test-host.ts'
import { times } from '#test/helpers/times.ts'

const ANA = NEW_OFFICE.user
const ROWS = 60
const LOG = `Last name,First name,Birth date,Code,Tooth,Payer,Sent on\n${Array.from(
  { length: ROWS },
  (_, n) => `Smith${n},Ana,2001-02-03,D2740,3,Plan ${n % 4},2026-11-03`,
).join('\n')}\n`

/** What a PC may ask, by name. */
const ASKED = {
  ana: ['session.signIn', ANA],
  ben: ['session.signIn', BEN],
  wrong: ['session.signIn', { ...ANA, password: 'wrong' }],
  lock: ['session.lock', { reason: 'user' }],
  cancel: ['session.cancelWork', {}],
  save: ['draft.save', { scope: 'x', value: 1 }],
  read: ['draft.get', { scope: 'x' }],
  import: ['authorization.import', { text: LOG }],
  list: ['authorization.list', { list: 'all', limit: 200 }],
  backup: ['backup.create', {}],
  verify: ['audit.verify', {}],
  password: ['session.changePassword', { password: TEST_PASSWORD, newPassword: TEST_PASSWORD }],
} as const satisfies Record<string, readonly [route: string, input: unknown]>
type Asked = keyof typeof ASKED | 'leave'

const step = fc.record({
  pc: fc.nat(2),
  // Coming and going, with something long under way, is where things go wrong.
  what: fc.oneof(
    fc.constantFrom(...(Object.keys(ASKED) as Asked[])),
    fc.constant<Asked>('leave'),
    fc.constantFrom<Asked>('ana', 'ben', 'lock', 'import', 'save'),
  ),
  /** Turns of the loop until the next one; -1: all that was asked is answered first. */
  turns: fc.constantFrom(0, 0, 1, 3, 10, -1),
})
/** Nothing that people do at the same moment may end in one of these. */
const NEVER: readonly ErrorCode[] = ['INTERNAL', 'DATA_DAMAGED', 'DATA_IN_USE', 'STORAGE']

/** @returns what went wrong */
async function ask(pc: Connection, what: Asked): Promise<string[]> {
  if (what === 'leave') {
    await pc.close()
    return []
  }
  const [route, input] = ASKED[what]
  const reply = await pc.call(route, input)
  if (!reply.ok) return NEVER.includes(reply.error.code) ? [`${what}: ${reply.error.code} ${reply.error.message}`] : []
  const { rows, ok } = reply.data as { rows?: unknown[]; ok?: boolean }
  if (what === 'verify' && !ok) return ['the trail is broken']
  // The same log brings nothing new the second time.
  if (what === 'list' && ![0, ROWS].includes(rows!.length)) return [`half of an import: ${rows!.length} rows`]
  return []
}

it(
  'an office is open exactly while somebody sits there, nothing is seen by halves, and nothing is left behind',
  { timeout: 120_000 },
  () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
        const dataDir = mkdtempSync(join(tmpdir(), 'claimwright-'))
        const host = createHost({ dataDir, assetsDir: 'assets', appVersion: 'test', scryptN: 2 ** 10 })
        const pcs = ['front', 'back', 'private'].map((workstation) => host.connect({ workstation }))
        const { data } = (await pcs[0]!.call('session.setup', NEW_OFFICE)) as { data: { recoveryCode: string } }
        await pcs[0]!.call('session.confirmRecovery', { recoveryCode: data.recoveryCode })
        await pcs[0]!.call('user.add', { ...BEN, role: 'front_desk' })
        const wrong: string[] = []
        const asked: Promise<unknown>[] = []
        const gone: Connection[] = []
        const settle = async () => {
          await Promise.all(asked)
          if (gone.some(({ principal }) => principal !== null)) wrong.push('somebody at a PC that left')
          const isSomebodyThere = pcs.some(({ principal }) => principal !== null)
          if (isSomebodyThere !== (host.vault !== null)) wrong.push(`somebody there: ${isSomebodyThere}, and the vault`)
        }
        for (const { pc, what, turns } of steps) {
          asked.push(ask(pcs[pc]!, what).then((found) => wrong.push(...found)))
          if (what === 'leave') {
            gone.push(pcs[pc]!)
            pcs[pc] = host.connect({ workstation: 'another' })
          }
          if (turns === -1) await settle()
          for (let turn = 0; turn < turns; turn += 1) await nextTurn()
        }
        await settle()
        await host.close()
        const leavings = readdirSync(dataDir).filter((name) => /-(wal|shm|journal)$|\.tmp$|^in-use\.json$/.test(name))
        wrong.push(...leavings.map((name) => `left: ${name}`))
        holdFolder(dataDir).release()
        rmSync(dataDir, { recursive: true, force: true })
        expect(wrong).toEqual([])
      }),
      { numRuns: times(10, 100) },
    ),
)
