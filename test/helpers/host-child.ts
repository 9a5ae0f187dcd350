// A host in a process of its own, for tests that kill it, open a second one, or take its rights away: a request per line.
import fs from 'node:fs'
import { createInterface } from 'node:readline'
import { openAlone } from '#host/alone.ts'

const host = openAlone({ dataDir: process.argv[2]!, assetsDir: 'assets', appVersion: '0.1.0-test', scryptN: 2 ** 10 })

/** Dies before it gives the file of this number its name, as a power cut would end it. */
let renamesLeft = Number(process.env['DIE_AT_RENAME'] ?? Infinity)
const { renameSync } = fs
fs.renameSync = (from, to) => {
  renamesLeft -= 1
  if (renamesLeft === 0) process.kill(process.pid, 'SIGKILL')
  renameSync(from, to)
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { route, input } = JSON.parse(line) as { route: string; input: unknown }
  void host.call(route, input).then((reply) => process.stdout.write(`${JSON.stringify(reply)}\n`))
})
