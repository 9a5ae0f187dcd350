// The assets of an installation as the host hands them to every request: each part is read when it is first needed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Assets } from '#core/assets.ts'
import { Edition } from '#core/codes/edition.ts'
import { joinLists, type OfficeList } from '#core/codes/listed.ts'
import { withListedReasons } from '#core/codes/listed-reasons.ts'
import type { IsoDate } from '#core/dates.ts'
import { HelpPage } from '#core/help.ts'
import { Program } from '#core/payer-rule/schema.ts'
import { readTable } from '#core/remittance/tables.ts'
import { openShelf } from './guide/shelf.ts'

/** Read once by all hosts of a process. */
const known = new Map<string, ReturnType<typeof readersOf>>()

/** What an office adds of its own. */
interface OfficeAssets {
  /** By id. */
  guides?: ReadonlyMap<string, unknown>
  /** The oldest import first. */
  codeLists?: readonly OfficeList[]
  /** On which it is told what has ended. */
  today?: IsoDate
}

/** The assets in `assetsDir`, with the office's own. */
export function openAssets(assetsDir: string, own: OfficeAssets = {}): Assets {
  const readers = known.get(assetsDir) ?? readersOf(assetsDir)
  known.set(assetsDir, readers)
  const { guides, codeLists = [], today = '' } = own
  const carc = once(() => withListedReasons(readers.reasons.carc, codeLists, { of: 'carc', today }))
  const rarc = once(() => withListedReasons(readers.reasons.rarc, codeLists, { of: 'rarc', today }))
  return {
    guides: openShelf(assetsDir, guides),
    codeList: joinLists(codeLists),
    reasons: {
      get carc() {
        return carc()
      },
      get rarc() {
        return rarc()
      },
    },
    get editions() {
      return readers.editions()
    },
    get programs() {
      return readers.programs()
    },
    get help() {
      return readers.help()
    },
    get diagnoses() {
      return readers.diagnoses()
    },
  }
}

function readersOf(assetsDir: string) {
  const read = (...place: string[]): unknown => JSON.parse(readFileSync(join(assetsDir, ...place), 'utf8'))
  const carc = once(() => readTable(read('codes', 'carc.json')))
  const rarc = once(() => readTable(read('codes', 'rarc.json')))
  return {
    // Each table when its first code is looked up: a case without an EOB reads neither.
    reasons: {
      get carc() {
        return carc()
      },
      get rarc() {
        return rarc()
      },
    },
    editions: once(() => Edition.array().parse(read('codes', 'editions.json'))),
    programs: once(() => Program.array().parse(read('payers', 'rules.json'))),
    help: once(() => HelpPage.array().parse(read('help.json'))),
    diagnoses: once(() => {
      const rows = read('codes', 'icd10.json') as { code: string; label: string; billable: boolean }[]
      return new Map(rows.map(({ code, ...row }) => [code, row]))
    }),
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => (made ??= { value: make() }).value
}
