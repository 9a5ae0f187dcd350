// What importing makes anew, for the preview.
import type { OutputOf } from '#core/contract/index.ts'
import { type GuideHead, OTHER_GUIDE } from '#core/guide/shelf.ts'
import { payerKey } from '#core/patient.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { listPayers } from '#host/office/rows.ts'
import type { ReadyRow } from './sort-rows.ts'

type Newcomers = Pick<
  OutputOf<'authorization.previewImport'>,
  'newPatients' | 'newPayers' | 'severalPayers' | 'codesWithoutGuide'
>
type Context = Pick<QueryContext, 'db' | 'assets'>

export async function newcomers({ db, assets }: Context, rows: readonly ReadyRow[]): Promise<Newcomers> {
  const known = new Set((await listPayers(db, '')).map((payer) => payerKey(payer.name)))
  const newPayers = new Map<string, string>()
  const payersOf = new Map<ReadyRow['person'], Set<string>>()
  for (const { row, person } of rows) {
    const key = payerKey(row.payer)
    const theirs = payersOf.get(person) ?? new Set()
    payersOf.set(person, row.payer === '' ? theirs : theirs.add(key))
    if (row.payer && !known.has(key)) newPayers.set(key, newPayers.get(key) ?? row.payer)
  }
  const newPeople = [...payersOf].filter(([person]) => person.id === null)
  const codes = new Set(rows.map(({ row }) => row.code))
  return {
    newPatients: newPeople.length,
    newPayers: [...newPayers.values()],
    severalPayers: newPeople.flatMap(([{ lastName, firstName }, payers]) =>
      payers.size > 1 ? [`${lastName}, ${firstName}`] : [],
    ),
    codesWithoutGuide: [...codes].filter((code) => guideIdOf(assets.guides.heads, code) === OTHER_GUIDE).sort(),
  }
}

/** The guide that can end in the code, not one that only names it beside its own; else the one for any other procedure. */
export function guideIdOf(guides: readonly GuideHead[], code: string): string {
  const knows = (guide: GuideHead) => guide.codes.some((one) => one.code === code && one.kind !== 'other')
  return guides.find(knows)?.id ?? OTHER_GUIDE
}
