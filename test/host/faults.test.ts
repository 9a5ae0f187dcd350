// The quick part of `npm run faults`: the same scripts, a few times each. The rest runs at night.
import { beforeAll, expect, it } from 'vitest'
import { bundleProgram } from '#test/faults/bundle.ts'
import { fileRows } from '#test/faults/files.ts'
import { moneyUnderFire } from '#test/faults/money.ts'
import { holds } from '#test/faults/outcome.ts'
import { fuzzRoutes, trailOfCommands } from '#test/faults/routes.ts'

let program: string
beforeAll(async () => {
  program = await bundleProgram()
})

// R10, R16 and what watches from outside take longer, or want strace and a disk of their own.
it.each([
  ['R1', 3],
  ['R6', 3],
  ['R7', 1],
  ['R8', 3],
  ['R11', 1],
  ['R12', 2],
  ['R13', 1],
] as const)('%s holds, %i times', { timeout: 120_000 }, async (name, times) => {
  const outcome = await fileRows[name]!({ times, program })
  expect(outcome).toSatisfy(holds)
})
it(
  'A1: odd messages to every route are refused in words, change nothing and leave no row',
  { timeout: 120_000 },
  async () => {
    expect((await fuzzRoutes(15)).wrong).toEqual([])
  },
)
it('U1: each command of a case from its first call to the money leaves one row of the trail, and no change is without', async () => {
  expect((await trailOfCommands()).wrong).toEqual([])
})
it(
  'money: random postings, reversals, corrections, takings back and kills keep every sum',
  { timeout: 120_000 },
  async () => {
    expect(await moneyUnderFire(3)).toMatchObject({ lost: 0, corrupt: 0, wrong: [] })
  },
)
