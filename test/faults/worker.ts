// The process that is killed: works on a folder and writes each thing it was told is safe into a file (Wine's pipes carry nothing).
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as after } from 'node:timers/promises'
import { openEmptyHost, TEST_PASSWORD, type EmptyHost } from '#test/helpers/test-host.ts'

type Work = (test: EmptyHost, ack: (line: string) => void, given: string) => Promise<void>

async function signIn({ call, setNow }: EmptyHost): Promise<void> {
  setNow(new Date().toISOString())
  await call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
}

const works: Record<string, Work> = {
  /** Values that only grow, in places by turns. */
  async write(test, ack, given) {
    await signIn(test)
    for (let value = Number(given); ; value += 1) {
      const scope = `s${value % 20}`
      await test.call('draft.save', { scope, value: [value, 'x'.repeat((value * 997) % 9000)] })
      ack(`${scope} ${value}`)
    }
  },
  async backup(test, ack) {
    await signIn(test)
    for (let round = 0; ; round += 1) {
      test.setNow(new Date().toISOString())
      await test.call('draft.save', { scope: 'round', value: `${round}`.repeat(30_000) })
      ack((await test.call('backup.create', {})).id)
    }
  },
  async import(test, ack, file) {
    await signIn(test)
    ack('open')
    const { imported } = await test.call('authorization.import', { text: readFileSync(file, 'utf8') })
    ack(`${imported}`)
    await new Promise(() => setInterval(() => undefined, 1000))
  },
  async hold(test, ack) {
    await signIn(test)
    ack('open')
    await new Promise(() => setInterval(() => undefined, 1000))
  },
  /** Holds a file open as a virus scanner does, for so many milliseconds. */
  async scan(_test, ack, given) {
    const [file = '', ms] = given.split('|')
    const handle = openSync(file, 'r')
    ack('open')
    await after(Number(ms))
    closeSync(handle)
  },
}

/** @param args what to do, the folder, the file of acknowledgements, and what the work wants to know */
export async function work([what = '', dataDir = '', acks = '', given = '']: readonly string[]): Promise<void> {
  await works[what]!(openEmptyHost(dataDir), (line) => appendFileSync(acks, `${line}\n`), given)
}
