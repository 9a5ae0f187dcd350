// Rows that kill a process with kill -9 while it saves, imports or backs up, and look at what is left.
import { createHash } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { manifestsIn } from '#db/manifest.ts'
import { attach, createD3353, pngFilm } from '#test/helpers/d3353.ts'
import { type EmptyHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'
import { badIn, halfIn } from './backups-left.ts'
import { chances } from './outcome.ts'
import {
  acknowledged,
  checkFile,
  closedOffice,
  type FileRow,
  leave,
  newPlace,
  openAgain,
  remove,
  startWork,
} from './places.ts'

/** R1: the writer is killed at any moment; whatever it was told is saved is there. */
export const kills: FileRow = async ({ times, program }) => {
  const { dataDir } = await closedOffice()
  const acks = join(dataDir, '..', `${createHash('sha1').update(dataDir).digest('hex')}.acks`)
  const chance = chances()
  let [lost, corrupt] = [0, 0]
  for (let kill = 0; kill < times; kill += 1) {
    const before = acknowledged(acks).length
    const writer = startWork(program, 'write', dataDir, acks, `${kill * 100_000}`)
    await writer.said(before + 1)
    await after(chance() * 120)
    await writer.kill()
    const newest = new Map(acknowledged(acks).map((line) => line.split(' ') as [string, string]))
    const test = await openAgain(dataDir)
    for (const [scope, value] of newest) {
      const found = (await test.call('draft.get', { scope })).value as [number] | null
      if (!found || found[0] < Number(value)) lost += 1
    }
    corrupt += checkFile(test).length + ((await test.call('audit.verify', {})).ok ? 0 : 1)
    const rows = test.host.vault!.sqlite.prepare("SELECT count(*) FROM audit WHERE action = 'draft.save'").pluck().get()
    lost += Math.max(0, acknowledged(acks).length - (rows as number))
    await leave(test)
  }
  const outcome = { did: `${times} kills`, acknowledged: acknowledged(acks).length, lost, corrupt, wrong: [] }
  rmSync(acks)
  remove(dataDir)
  return outcome
}

/** R10: an import is killed anywhere: all of it or nothing, and a second try makes no doubles. */
export const importKills: FileRow = async ({ times, program }) => {
  const rows = Number(process.env['FAULT_ROWS'] ?? 400)
  const { dataDir } = await closedOffice()
  const place = newPlace()
  const wrong: string[] = []
  const chance = chances()
  const count = (test: EmptyHost) =>
    test.host.vault!.sqlite.prepare('SELECT count(*) FROM authorization').pluck().get() as number
  const fileOf = (round: number) => {
    const file = join(place, `${round}.csv`)
    const lines = Array.from(
      { length: rows },
      (_, n) => `Round${round}x${n},Ana,2001-02-03,D2740,3,Plan ${n % 4},2026-11-03`,
    )
    writeFileSync(file, `Last name,First name,Birth date,Code,Tooth,Payer,Sent on\n${lines.join('\n')}\n`)
    return file
  }
  const whole = await (async () => {
    const test = await openAgain(dataDir)
    const begun = performance.now()
    await test.call('authorization.import', { text: readFileSync(fileOf(0), 'utf8') })
    await leave(test)
    return performance.now() - begun
  })()
  let [lost, corrupt, inside] = [0, 0, 0]
  for (let round = 1; round <= times; round += 1) {
    const acks = join(place, `acks${round}`)
    const importer = startWork(program, 'import', dataDir, acks, fileOf(round))
    await importer.said(1)
    await after(chance() * whole * 1.2)
    await importer.kill()
    const test = await openAgain(dataDir)
    const there = count(test) - round * rows
    if (![0, rows].includes(there)) wrong.push(`${there} of ${rows} rows`)
    if (there === 0) inside += 1
    if (acknowledged(acks).length > 1 && there !== rows) lost += 1
    await test.call('authorization.import', { text: readFileSync(join(place, `${round}.csv`), 'utf8') })
    if (count(test) !== (round + 1) * rows) wrong.push(`${count(test) - (round + 1) * rows} doubles`)
    corrupt += checkFile(test).length + ((await test.call('audit.verify', {})).ok ? 0 : 1)
    await leave(test)
  }
  if (inside === 0) wrong.push('no kill fell into an import')
  for (const folder of [dataDir, place]) remove(folder)
  return {
    did: `${times} kills (${inside} inside an import of ${rows} rows)`,
    acknowledged: times - inside,
    lost,
    corrupt,
    wrong,
  }
}

/** R12: killed while backups are written here and in a second place: none is listed and bad, no acknowledged one is gone. */
export const backupKills: FileRow = async ({ times, program }) => {
  const stick = newPlace()
  const { dataDir } = await closedOffice(undefined, async (test) => {
    await test.call('backup.setSecondPlace', { folder: stick })
    const { caseId } = await createD3353(test)
    for (const shade of [40, 90]) await attach(test, caseId, {}, pngFilm(shade))
  })
  const acks = join(newPlace(), 'acks')
  const chance = chances()
  let [lost, corrupt] = [0, 0]
  for (let kill = 0; kill < times; kill += 1) {
    const before = acknowledged(acks).length
    const writer = startWork(program, 'backup', dataDir, acks)
    await writer.said(before + 1)
    await after(chance() * 400)
    await writer.kill()
    // Older ones are thinned out.
    const told = acknowledged(acks).slice(-3)
    for (const folder of [join(dataDir, 'backups'), stick]) {
      const listed = (await manifestsIn(folder)).map(({ id }) => id)
      lost += told.filter((id) => !listed.includes(id)).length
      corrupt += (await badIn(folder)).length + (await halfIn(folder)).length
    }
  }
  const [newest] = (await manifestsIn(stick)).map(({ id }) => id)
  const test = await openAgain(dataDir)
  const wrong: string[] = []
  await test
    .call('backup.restore', { id: newest!, secret: TEST_PASSWORD })
    .catch((error: unknown) => wrong.push(String(error)))
  await leave(test)
  const outcome = { did: `${times} kills`, acknowledged: acknowledged(acks).length, lost, corrupt, wrong }
  for (const folder of [dataDir, stick, join(acks, '..')]) remove(folder)
  return outcome
}
