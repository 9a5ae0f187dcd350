// R2: cuts the power while an office is set up, works, imports and backs up. What was not synced is kept or lost at random.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { manifestsIn } from '#db/manifest.ts'
import { type ChildHost, openChildHost } from '#test/helpers/child-host.ts'
import { attach, createD3353, pngFilm } from '#test/helpers/d3353.ts'
import { Disk, stepsIn, STRACE } from '#test/helpers/disk-after-cut.ts'
import { NEW_OFFICE, openEmptyHost } from '#test/helpers/test-host.ts'
import { badIn } from './backups-left.ts'
import { quietOffice, SIGN_IN } from './desk.ts'
import { chances, type Outcome } from './outcome.ts'

interface Found {
  lost: number
  corrupt: number
  wrong: string[]
}
interface Scenario {
  prepare(data: string, stick: string): Promise<void>
  run(host: ChildHost, told: (text: string) => void): Promise<void>
  /** What is missing of what was told until then, in the folder that the cut left. */
  check(left: string, told: readonly string[]): Promise<Found>
}

const IMPORTED = 25
const logOf = (round: number) =>
  `Last name,First name,Birth date,Code,Tooth,Payer,Sent on\n${Array.from(
    { length: IMPORTED },
    (_, n) => `Round${round}x${n},Ana,2001-02-03,D2740,3,Plan ${n % 4},2026-11-03`,
  ).join('\n')}\n`

const backups: Scenario = {
  async prepare(data, stick) {
    await quietOffice(data, async (test) => {
      const { caseId } = await createD3353(test)
      for (const shade of [40, 90]) await attach(test, caseId, undefined, pngFilm(shade))
      await test.call('backup.setSecondPlace', { folder: stick })
    })
    for (const name of readdirSync(stick)) rmSync(join(stick, name), { recursive: true })
  },
  async run(host, told) {
    await host.call('session.signIn', SIGN_IN)
    for (let round = 0; round < 3; round += 1) {
      await host.call('draft.save', { scope: 'x', value: `${round}`.repeat(50_000) })
      const reply = await host.call('backup.create', {})
      if (reply.ok) told((reply.data as { id: string }).id)
    }
    await host.call('session.lock', { reason: 'user' })
  },
  async check(left, told) {
    const found = { lost: 0, corrupt: 0, wrong: [] }
    for (const folder of [join(left, 'data', 'backups'), join(left, 'stick')]) {
      const listed = (await manifestsIn(folder)).map(({ id }) => id)
      found.corrupt += (await badIn(folder)).length
      found.lost += told.filter((id) => !listed.includes(id)).length
    }
    return found
  },
}

/** The office of the folder opens, is whole, and holds what was told: `save 3`, `import 1`. */
async function checkWork(left: string, told: readonly string[]): Promise<Found> {
  const found: Found = { lost: 0, corrupt: 0, wrong: [] }
  const test = openEmptyHost(join(left, 'data'))
  test.setNow('2126-01-01T15:00:00.000Z')
  const reply = await test.host.call('session.signIn', SIGN_IN)
  if (!reply.ok) return { ...found, corrupt: 1, wrong: [`${reply.error.code} ${reply.error.message}`] }
  const { sqlite } = test.host.vault!
  const imported = sqlite.prepare('SELECT count(*) FROM authorization').pluck().get() as number
  if (imported % IMPORTED !== 0) found.wrong.push(`${imported} rows: half of an import`)
  for (const one of told) {
    const [what, number] = one.split(' ')
    if (what === 'import' && imported < (Number(number) + 1) * IMPORTED) found.lost += 1
    if (what === 'save' && (await test.call('draft.get', { scope: `s${number}` })).value === null) found.lost += 1
  }
  if (sqlite.pragma('integrity_check', { simple: true }) !== 'ok' || !(await test.call('audit.verify', {})).ok)
    found.corrupt += 1
  test.host.vault!.changed = false
  await test.host.close()
  return found
}

const working: Scenario = {
  async prepare(data) {
    await quietOffice(data)
  },
  async run(host, told) {
    await host.call('session.signIn', SIGN_IN)
    for (let round = 0; round < 30; round += 1) {
      const saved = await host.call('draft.save', { scope: `s${round}`, value: `${round}`.repeat(900) })
      if (saved.ok) told(`save ${round}`)
      if (round % 10 !== 9) continue
      const reply = await host.call('authorization.import', { text: logOf(round) })
      if (reply.ok) told(`import ${(round - 9) / 10}`)
    }
  },
  check: checkWork,
}

/** The schema is made by the migrations, so that this cuts into those too. */
const settingUp: Scenario = {
  async prepare(data) {
    mkdirSync(data)
  },
  async run(host, told) {
    const reply = await host.call('session.setup', NEW_OFFICE)
    const { recoveryCode } = (reply as { data: { recoveryCode: string } }).data
    await host.call('session.confirmRecovery', { recoveryCode })
    told('confirmed')
    await host.call('draft.save', { scope: 's0', value: 1 })
    told('save 0')
  },
  async check(left, told) {
    if (told.length > 0) return checkWork(left, told)
    const test = openEmptyHost(join(left, 'data'))
    const { state, problem } = await test.call('session.status', {})
    await test.host.close()
    const isGood = state === 'setup' || state === 'locked'
    return { lost: 0, corrupt: 0, wrong: isGood ? [] : [`set-up ended as ${state}: ${problem?.code}`] }
  },
}

const depth = ({ parentPath }: { parentPath: string }) => parentPath.split('/').length

async function cutThrough(scenario: Scenario, cuts: number): Promise<Found & { steps: number; told: number }> {
  const root = mkdtempSync(join(tmpdir(), 'claimwright-cuts-'))
  const [base, log, left] = [join(root, 'disk'), join(root, 'log'), join(root, 'left')]
  const [data, stick] = [join(base, 'data'), join(base, 'stick')]
  mkdirSync(stick, { recursive: true })
  await scenario.prepare(data, stick)
  const disk = new Disk(base)
  for (const entry of readdirSync(base, { recursive: true, withFileTypes: true }).sort((a, b) => depth(a) - depth(b))) {
    const path = join(entry.parentPath, entry.name)
    disk.make(path, entry.isDirectory())
    if (entry.isFile()) disk.write(path, readFileSync(path))
  }
  disk.settle()

  /** What was told, by the number of answers until then. */
  const told: [answers: number, what: string][] = []
  let answers = 0
  const child = openChildHost(data, { under: [...STRACE, '-o', log] })
  const host: ChildHost = {
    ...child,
    async call(route, input) {
      const reply = await child.call(route, input)
      answers += 1
      return reply
    },
  }
  await scenario.run(host, (what) => told.push([answers, what]))
  await child.kill()

  const total = [...stepsIn(log, base, () => undefined)].length
  const chance = chances()
  const at = new Map<number, number>()
  for (let cut = 0; cut < cuts; cut += 1) {
    const step = Math.floor(chance() * total)
    at.set(step, (at.get(step) ?? 0) + 1)
  }
  const found = { lost: 0, corrupt: 0, wrong: [] as string[] }
  let [done, heard] = [0, 0]
  const steps = stepsIn(log, base, (text) => (heard += text.split('\n').length - 1))
  for (const step of steps) {
    step(disk)
    for (let times = at.get(done) ?? 0; times > 0; times -= 1) {
      rmSync(left, { recursive: true, force: true })
      disk.leave(left, chance)
      const known = told.filter(([number]) => number <= heard).map(([, what]) => what)
      const { lost, corrupt, wrong } = await scenario.check(left, known)
      found.lost += lost
      found.corrupt += corrupt
      found.wrong.push(...wrong)
    }
    done += 1
  }
  if (heard < answers) found.wrong.push(`${heard} of ${answers} answers were seen`)
  rmSync(root, { recursive: true })
  return { ...found, steps: total, told: told.length }
}

/** @param cuts into backups; half as many into work, a third into a set-up */
export async function powerCuts(cuts: number): Promise<Outcome> {
  const parts: [string, Scenario, number][] = [
    ['backups', backups, cuts],
    ['saving and imports', working, Math.ceil(cuts / 2)],
    ['a set-up', settingUp, Math.ceil(cuts / 3)],
  ]
  const outcome = { did: '', acknowledged: 0, lost: 0, corrupt: 0, wrong: [] as string[] }
  const said: string[] = []
  for (const [name, scenario, times] of parts) {
    const { lost, corrupt, wrong, steps, told } = await cutThrough(scenario, times)
    said.push(`${times} in ${name} (${steps} steps)`)
    outcome.acknowledged += told
    outcome.lost += lost
    outcome.corrupt += corrupt
    outcome.wrong.push(...new Set(wrong))
  }
  return { ...outcome, did: `power cuts: ${said.join(', ')}` }
}
