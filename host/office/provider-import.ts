// A list of dentists against those on file: new, changed, known; written and put back.
import type { ParsedInputOf } from '#core/contract/index.ts'
import type { ProviderId } from '#core/ids.ts'
import { askedColumns } from '#core/import/headings.ts'
import { whyNoEntry } from '#core/import/other-rows.ts'
import type { Provider } from '#core/office.ts'
import { missingProviderFields, PROVIDER_HEADINGS, type ProviderField } from '#core/provider-import/fields.ts'
import {
  asNewProvider,
  type ListedProvider,
  providerChanges,
  providerOnFile,
  readProvider,
} from '#core/provider-import/read-providers.ts'
import { nameKey } from '#core/patient.ts'
import { type OpenedList, openList } from '#host/import/open-list.ts'
import { addImport, type Changed, type Made, rememberedLists, rememberList } from '#host/import/rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import type { Reader } from '#host/kernel/store.ts'
import { addProvider, listProviders, updateProvider } from './rows.ts'

/** A dentist before an import changed them. */
export type ProviderBefore = Omit<Provider, 'id' | 'version'>
interface ProviderList extends Omit<OpenedList<ProviderField>, 'above' | 'body'> {
  missing: string[]
  asked: ReturnType<typeof askedColumns<ProviderField>>
  questions: []
  fresh: { row: number; provider: ListedProvider }[]
  changed: { row: number; before: Provider; changes: ReturnType<typeof providerChanges> }[]
  duplicates: number
  problems: { row: number; column: string; message: string }[]
  leftOut: { row: number; reason: string }[]
}

/** Reads the file and holds its dentists against those on file. Writes nothing. */
export async function readProviders(db: Reader, input: ParsedInputOf<'provider.previewImport'>): Promise<ProviderList> {
  const opened = await openList(input, PROVIDER_HEADINGS, await rememberedLists<ProviderField>(db, 'provider'))
  const { above: _, body, ...rest } = opened
  const { headings, mapping, ignored } = rest
  const missing = missingProviderFields(mapping)
  const list: ProviderList = {
    ...rest,
    missing,
    asked: askedColumns(headings, mapping, ignored, PROVIDER_HEADINGS),
    questions: [],
    fresh: [],
    changed: [],
    duplicates: 0,
    problems: [],
    leftOut: [],
  }
  if (missing.length > 0) return list
  const onFile = await listProviders(db)
  const seen = new Map<string, number>()
  for (const { cells, number: row } of body) {
    const why = whyNoEntry(cells, headings, [mapping.name ?? mapping.lastName])
    const read = why ? { leftOut: why } : readProvider(cells, mapping)
    if ('leftOut' in read) list.leftOut.push({ row, reason: read.leftOut })
    else if ('problem' in read) list.problems.push({ row, ...read.problem })
    else {
      const { provider } = read
      const before = providerOnFile(provider, onFile)
      const key = before?.id ?? (provider.npi || nameKey(provider))
      const first = seen.get(key)
      if (first !== undefined) {
        list.leftOut.push({ row, reason: `The same dentist as row ${first}` })
        continue
      }
      seen.set(key, row)
      const changes = before ? providerChanges(before, provider) : []
      if (!before) list.fresh.push({ row, provider })
      else if (changes.length > 0) list.changed.push({ row, before, changes })
      else list.duplicates += 1
    }
  }
  return list
}

/** @returns the id of the import */
export async function writeProviders(context: CommandContext, list: ProviderList): Promise<string> {
  const { tx } = context
  await rememberList(tx, 'provider', list)
  const importId = context.newId<string>()
  const made: Made[] = []
  for (const { provider } of list.fresh) {
    const id = context.newId<ProviderId>()
    await addProvider(tx, id, asNewProvider(provider), context)
    made.push({ entity: 'provider', id })
  }
  const changed: Changed<ProviderBefore>[] = []
  for (const { before, changes } of list.changed) {
    const { id, version, ...was } = before
    const { active, ...provider } = was
    const set = Object.fromEntries(changes.map(({ key, to }) => [key, to]))
    await updateProvider(tx, id, version, { ...provider, ...set }, active, context)
    changed.push({ id, version: version + 1, before: was })
  }
  const { sha256, rows } = list
  await addImport(tx, { id: importId, kind: 'provider', sha256, rows, made, changed }, context)
  return importId
}

/** Puts dentists back as they were; who was edited since stays. */
export async function putProvidersBack(
  context: CommandContext,
  all: readonly (Changed<ProviderBefore> & { versionNow: number | null })[],
): Promise<{ restored: number; stayed: number }> {
  let restored = 0
  for (const { id, version, versionNow, before } of all) {
    if (version !== versionNow) continue
    const { active, ...provider } = before
    await updateProvider(context.tx, id as ProviderId, version, provider, active, context)
    restored += 1
  }
  return { restored, stayed: all.length - restored }
}
