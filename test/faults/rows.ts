// The table of faults: what each row claims and what runs to prove it. Rows are those of the bar for reliability and security.
import type { Outcome } from './outcome.ts'

/** A test file with what its names must match. */
type Proof = readonly [file: string, names: RegExp]
export interface Row {
  what: string
  /** Tests of Vitest, part of `npm test`. */
  tests?: readonly Proof[]
  /** Journeys in the real Electron. */
  journeys?: readonly Proof[]
  /** A script that is given how often. */
  script?: (times: number) => Promise<Outcome>
  /** A script of files.ts, which runs on Windows too. */
  file?: { windows?: number; disk?: 'small' | 'read-only' }
  times?: number
  /** A program that this machine must have. */
  needs?: string
}
const host = (name: string, names: RegExp): Proof => [`test/host/${name}.test.ts`, names]
const main = (name: string): Proof => [`test/main/${name}.test.ts`, /./]

export const rows: Record<string, Row> = {
  R1: { what: 'kill -9 while saving', file: { windows: 10 }, times: 100 },
  R2: {
    what: 'power cuts while saving, importing, setting up, backing up',
    script: async (times) => (await import('./power-cuts.ts')).powerCuts(times),
    times: 300,
    needs: 'strace',
  },
  R3: { what: 'full disk', file: { windows: 1, disk: 'small' }, tests: [host('bad-disk', /R3|full while locking/)] },
  R4: {
    what: 'disk that fails at fsync or write',
    script: async (times) => (await import('./watched.ts')).failingDisk(times),
    times: 24,
    needs: 'strace',
    tests: [host('failing-disk', /R4/)],
  },
  R5: { what: 'read-only disk', file: { windows: 1, disk: 'read-only' }, tests: [host('bad-disk', /R5/)] },
  R6: {
    what: 'damaged, cut, swapped or missing files',
    file: { windows: 10 },
    times: 100,
    tests: [host('damage', /./), host('vault', /R6/), host('bad-disk', /key file/)],
  },
  R7: {
    what: 'second Claimwright on the folder, stale lock',
    file: { windows: 3 },
    times: 20,
    tests: [host('vault', /R7/), host('bad-disk', /two Claimwrights/), host('joining', /a second Claimwright/)],
  },
  R8: {
    what: 'settings of the database after each opening',
    file: { windows: 5 },
    times: 50,
    tests: [host('vault', /R8/)],
  },
  R9: {
    what: 'clock set back and ahead, summer time, another zone and year',
    tests: [
      host('bad-disk', /the clock is set back/),
      host('calendar', /./),
      host('today', /./),
      host('authorization-upkeep', /days of the office/),
      ['test/core/case/clocks.test.ts', /./],
    ],
  },
  R10: {
    what: 'import killed',
    file: {},
    times: 10,
    tests: [host('era-kill', /./), host('authorization-import', /stopped/)],
  },
  R11: {
    what: 'older and newer schemas, a migration that fails',
    file: { windows: 1 },
    tests: [host('migration', /./), host('vault', /R11/), host('restore', /a newer Claimwright wrote/)],
  },
  R12: {
    what: 'backup or restore killed',
    file: { windows: 5 },
    times: 20,
    tests: [host('closing', /R12/), host('restore', /R12/)],
  },
  R13: {
    what: 'restore on another PC by the recovery code (MB)',
    file: { windows: 100 },
    times: 1000,
    tests: [host('new-pc', /./), host('vault', /R13/), host('backup', /a new PC/)],
  },
  R15: { what: 'data on shares and in synced folders', tests: [host('sweep', /R15/), host('backup', /synced folder/)] },
  R16: { what: 'file held by a virus scanner', file: { windows: 1 } },
  S1: {
    what: 'nothing readable on disk or in any write',
    script: async () => (await import('./watched.ts')).sentinels(),
    needs: 'strace',
    tests: [host('vault', /S1/), host('attachment', /plain text on disk|kept nowhere/)],
  },
  S2: {
    what: 'after a lock no key in memory, no page process',
    script: async () => (await import('./watched.ts')).memory(),
    needs: 'gcore',
    tests: [host('closing', /the key is zeroed/)],
    journeys: [['security', /S2/]],
  },
  S3: { what: 'locks by itself; drafts survive', tests: [host('closing', /idle lock/), host('vault', /S3/)] },
  S4: {
    what: 'wrong passwords are counted and tell nothing',
    script: async (times) => (await import('./sign-in.ts')).signInTimes(times),
    times: 12,
    tests: [host('vault', /S4/), host('restore', /wrong tries/), host('joining', /who may sign in/)],
  },
  S5: {
    what: 'clipboard, log and title keep nothing',
    tests: [main('copied'), main('log')],
    journeys: [['security', /A8: the page/]],
  },
  S6: {
    what: 'a changed bit in a backup or film is found',
    tests: [host('vault', /S6/), host('backup', /damaged|bit|seal/), host('copies', /./)],
  },
  A1: {
    what: 'odd messages to every route',
    script: async (times) => (await import('./routes.ts')).fuzzRoutes(times),
    times: 500,
    tests: [host('bad-input', /./), ['test/main/relay.test.ts', /A1/]],
  },
  A2: { what: 'route × role × locked as approved', tests: [host('permissions', /./)] },
  A3: { what: 'requests from another frame', tests: [['test/main/relay.test.ts', /A3/]] },
  A4: {
    what: 'hostile file names and paths',
    tests: [
      host('attachment', /A4/),
      host('hostile-workbook', /./),
      host('backup', /outside its folder/),
      host('preview', /outside its folder/),
    ],
  },
  A5: { what: 'scripts in text stay text on paper', tests: [['test/core/document/html.test.ts', /A5/]] },
  A6: {
    what: 'files are what their content says',
    tests: [host('attachment', /recognizeMedia/), host('place-data', /./)],
  },
  A7: { what: 'formulas in exported lists', tests: [['test/renderer/files-out.test.ts', /./]] },
  A8: { what: 'a hostile page', tests: [main('security')], journeys: [['security', /A8|every window/]] },
  A10: {
    what: 'no connection to any network',
    script: async () => (await import('./watched.ts')).connections(),
    needs: 'strace',
  },
  U1: {
    what: 'one row of the trail for each command, none without',
    script: async () => (await import('./routes.ts')).trailOfCommands(),
    tests: [host('damage', /rolled back/)],
  },
  U2: { what: 'trail edited, cut, reordered, inserted into', tests: [host('trail', /./), host('vault', /U2/)] },
  U3: { what: 'a closed month takes no changes', tests: [host('closed-months', /./)] },
  M: {
    what: 'money: posting, reversal, correction, taking back, kills',
    script: async (times) => (await import('./money.ts')).moneyUnderFire(times),
    times: 400,
    tests: [host('taking-back', /./), host('era-money', /./)],
  },
}
