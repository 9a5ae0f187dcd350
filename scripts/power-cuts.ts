// `npm run power-cuts [-- cuts]`: cuts the power while backups are written, here and in a second place. Linux, with strace.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { filmId, manifestsIn, sumOf } from '#db/manifest.ts'
import { sha256Of } from '#db/sha256.ts'
import { openChildHost } from '#test/helpers/child-host.ts'
import { attach, createD3353, pngFilm } from '#test/helpers/d3353.ts'
import { Disk, stepsIn, STRACE } from '#test/helpers/disk-after-cut.ts'
import { setUpTestHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'

const cuts = Number(process.argv[2] ?? 300)
const root = mkdtempSync(join(tmpdir(), 'claimwright-cuts-'))
const [base, log, left] = [join(root, 'disk'), join(root, 'log'), join(root, 'left')]
const [data, stick] = [join(base, 'data'), join(base, 'stick')]

/** An office with two films and a second place, before its first backup. */
async function prepare(): Promise<void> {
  const test = await setUpTestHost()
  const { caseId } = await createD3353(test)
  for (const shade of [40, 90]) await attach(test, caseId, undefined, pngFilm(shade))
  mkdirSync(stick, { recursive: true })
  await test.call('backup.setSecondPlace', { folder: stick })
  const { vault } = test.host
  vault!.changed = false
  await test.host.close()
  cpSync(test.dataDir, data, { recursive: true })
  for (const name of readdirSync(stick)) rmSync(join(stick, name), { recursive: true })
  rmSync(join(data, 'backups'), { recursive: true, force: true })
  rmSync(test.dataDir, { recursive: true })
}

async function record(): Promise<void> {
  const host = openChildHost(data, { under: [...STRACE, '-o', log] })
  await host.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
  for (let round = 0; round < 3; round += 1) {
    await host.call('draft.save', { scope: 'x', value: `${round}`.repeat(50_000) })
    await host.call('backup.create', {})
  }
  await host.call('session.lock', { reason: 'user' })
  await host.kill()
}

/** Backups that are listed though something of them is missing or another. */
async function badIn(folder: string): Promise<string[]> {
  const sum = (path: string) => (existsSync(path) ? sha256Of(readFileSync(path)) : null)
  return (await manifestsIn(folder))
    .filter(
      ({ id, databaseSha256, keyringSha256, blobs }) =>
        sum(join(folder, id, 'claimwright.db')) !== databaseSha256 ||
        sum(join(folder, id, 'keyring.json')) !== keyringSha256 ||
        blobs.some((film) => sum(join(folder, 'blobs', `${filmId(film)}.bin`)) !== sumOf(film)),
    )
    .map(({ id }) => id)
}

await prepare()
const disk = new Disk(base)
for (const path of readdirSync(base, { recursive: true, withFileTypes: true }).sort((a, b) => depth(a) - depth(b))) {
  const name = join(path.parentPath, path.name)
  disk.make(name, path.isDirectory())
  if (path.isFile()) disk.write(name, readFileSync(name))
}
function depth({ parentPath }: { parentPath: string }): number {
  return parentPath.split('/').length
}
disk.settle()
await record()

let acknowledged: string[] = []
const total = [...stepsIn(log, base, () => undefined)].length
let seed = 42
const chance = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
const at = new Map<number, number>()
for (let cut = 0; cut < cuts; cut += 1) {
  const step = Math.floor(chance() * total)
  at.set(step, (at.get(step) ?? 0) + 1)
}
let [done, listed, bad, lost] = [0, 0, 0, 0]
const said = (text: string) => {
  for (const [, id] of text.matchAll(/"id":"([\dTZ-]+-manual)"/g)) acknowledged = [...acknowledged, id!]
}
for (const step of stepsIn(log, base, said)) {
  step(disk)
  for (let times = at.get(done) ?? 0; times > 0; times -= 1) {
    rmSync(left, { recursive: true, force: true })
    disk.leave(left, chance)
    for (const folder of [join(left, 'data', 'backups'), join(left, 'stick')]) {
      const found = (await manifestsIn(folder)).map(({ id }) => id)
      listed += found.length
      bad += (await badIn(folder)).length
      lost += acknowledged.filter((id) => !found.includes(id)).length
    }
  }
  done += 1
}
console.log(
  `${cuts} power cuts in ${total} steps: ${listed} backups listed, ${bad} of them bad, ${lost} of ${acknowledged.length} acknowledged ones lost`,
)
rmSync(root, { recursive: true })
if (bad > 0 || lost > 0 || listed === 0) process.exitCode = 1
