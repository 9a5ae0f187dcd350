// A host in a process of its own, for tests that kill it, open a second one, or take its rights away: a request per line.
import { createInterface } from 'node:readline'
import { openAlone } from '#host/alone.ts'

const host = openAlone({ dataDir: process.argv[2]!, assetsDir: 'assets', appVersion: '0.1.0-test', scryptN: 2 ** 10 })

createInterface({ input: process.stdin }).on('line', (line) => {
  const { route, input } = JSON.parse(line) as { route: string; input: unknown }
  void host.call(route, input).then((reply) => process.stdout.write(`${JSON.stringify(reply)}\n`))
})
