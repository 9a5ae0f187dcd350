// The assets of an installation as the host hands them to every request: each part is read when it is first needed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Assets, PayerRules } from '#core/assets.ts'
import { Edition } from '#core/codes/edition.ts'
import { joinLists, type ListedEdition } from '#core/codes/listed.ts'
import { HelpPage } from '#core/help.ts'
import { ShippedDocument } from '#core/payer-documents.ts'
import { readTable } from '#core/remittance/tables.ts'
import { openShelf } from './guide/shelf.ts'

/** Read once by all hosts of a process. */
const known = new Map<string, ReturnType<typeof readersOf>>()

/** What an office adds of its own. */
interface OfficeAssets {
  /** By id. */
  guides?: ReadonlyMap<string, unknown>
  /** The oldest import first. */
  codeLists?: readonly ListedEdition[]
}

/** The assets in `assetsDir`, with the office's own. */
export function openAssets(assetsDir: string, own: OfficeAssets = {}): Assets {
  const readers = known.get(assetsDir) ?? readersOf(assetsDir)
  known.set(assetsDir, readers)
  return {
    guides: openShelf(assetsDir, own.guides),
    codeList: joinLists(own.codeLists ?? []),
    get reasons() {
      return readers.reasons
    },
    get editions() {
      return readers.editions()
    },
    get payerRules() {
      return readers.payerRules()
    },
    get payerDocuments() {
      return readers.payerDocuments()
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
    payerRules: once(() => read('payers', 'rules.json') as PayerRules),
    payerDocuments: once(() => ShippedDocument.array().parse(read('payers', 'documents.json'))),
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
