// The procedure guides of this installation: each read once, when it is first needed, and checked on its own, so that a broken one harms no other.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { AppError } from '#core/errors.ts'
import { checkGuide } from '#core/guide/check.ts'
import { Guide } from '#core/guide/schema.ts'
import { GuideHead, type GuideShelf, OTHER_GUIDE } from '#core/guide/shelf.ts'

/** Guides of `assetsDir`/guides, overridden by equally named files in `dataDir`/guides (the office's own). */
export function openShelf(assetsDir: string, dataDir: string): GuideShelf {
  return shelve([
    { folder: join(dataDir, 'guides'), own: true },
    { folder: join(assetsDir, 'guides'), own: false },
  ])
}

/** Shipped guides by their path, read once by all hosts of a process; what lists need of them is read without the rest. */
const shipped = new Map<string, Guide | string>()
const shippedHeads = new Map<string, GuideHead | undefined>()

function shelve(places: readonly { folder: string; own: boolean }[]): GuideShelf {
  const files = places.flatMap(({ folder, own }) =>
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({ id: basename(name, '.json'), path: join(folder, name), own })),
  )
  const ours = new Map<string, Guide | string>()
  const open = ({ path, own }: (typeof files)[number]) => {
    const read = own ? ours : shipped
    const known = read.get(path) ?? readGuide(path, own)
    read.set(path, known)
    return known
  }
  const find = (id: string) =>
    files
      .filter((file) => file.id === id)
      .map(open)
      .find((one) => typeof one !== 'string')
  const headOf = (id: string) => {
    const ofId = files.filter((file) => file.id === id)
    if (ofId.some((file) => file.own)) return find(id)
    const { path } = ofId[0]!
    if (!shippedHeads.has(path)) shippedHeads.set(path, readHead(path))
    return shippedHeads.get(path)
  }
  const ids = [...new Set(files.map((file) => file.id))].sort()
  const ordered = [...ids.filter((id) => id !== OTHER_GUIDE), ...ids.filter((id) => id === OTHER_GUIDE)]
  let heads: GuideHead[] | null = null
  const problems = () =>
    files.flatMap((file) => {
      const message = open(file)
      return typeof message === 'string' ? [{ file: `${file.id}.json`, message }] : []
    })
  return {
    get heads() {
      heads ??= ordered.flatMap((id) => headOf(id) ?? [])
      return heads
    },
    get(id) {
      const guide = find(id)
      if (guide) return guide
      const problem = problems().find(({ file }) => file === `${id}.json`)
      if (!problem) throw new AppError('NOT_FOUND', 'There is no such guide.', { entity: 'guide', id })
      throw new AppError('DATA_DAMAGED', `The guide ${id} cannot be read: ${problem.message}`, {
        problem: 'guide',
        file: problem.file,
      })
    },
    titleOf(id) {
      return this.heads.find((guide) => guide.id === id)?.title ?? id
    },
    problems,
  }
}

function readHead(file: string): GuideHead | undefined {
  try {
    return GuideHead.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** @returns the guide, or what is wrong with the file */
function readGuide(file: string, own: boolean): Guide | string {
  try {
    const data: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const parsed = Guide.safeParse(data)
    if (!parsed.success)
      return `Does not fit the guide format: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`
    // Shipped guides were checked when they were built; the office's own are checked here.
    const problem = own ? checkGuide(data)[0] : undefined
    if (problem) return `${problem.at}: ${problem.message}`
    if (parsed.data.id !== basename(file, '.json')) return `Its id must be ${basename(file, '.json')}`
    return parsed.data
  } catch {
    return 'Not readable as JSON. Restore the file or reinstall.'
  }
}
