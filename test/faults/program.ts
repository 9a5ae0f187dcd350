// One file that a row about files runs in, on Linux or Windows: `row R1 200 [disk]` prints its outcome, `work …` is what it kills.
import { prepareReadOnly } from './bad-disks.ts'
import { failed, fileRows } from './files.ts'
import { MARK } from './outcome.ts'
import { work } from './worker.ts'

const [what, ...args] = process.argv.slice(2)

async function main(): Promise<void> {
  if (what === 'work') return work(args)
  if (what === 'prepare') return prepareReadOnly(args[0]!)
  const [name = '', times = '1', disk] = args
  const given = { times: Number(times), program: process.argv[1]!, ...(disk && { disk }) }
  const outcome = await fileRows[name]!(given).catch(failed)
  console.log(`${MARK}${JSON.stringify(outcome)}`)
  process.exit(0)
}
void main()
