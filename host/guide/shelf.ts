// The procedure guides of this installation: each read once, when it is first needed, and checked on its own, so that a broken one harms no other.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as z from 'zod'
import { AppError } from '#core/errors.ts'
import { checkGuide } from '#core/guide/check.ts'
import { Guide } from '#core/guide/schema.ts'

/** What lists show of a guide. Reading all guides whole takes a moment that nobody opening a list should wait for. */
const GuideHead = z.object({
  id: z.string(),
  title: z.string(),
  revision: z.string(),
  codes: z.array(z.object({ code: z.string(), label: z.string(), kind: z.string() })),
})
export type GuideHead = z.infer<typeof GuideHead>

export interface GuideShelf {
  /** Of all guides, by id; the one for any other procedure last. */
  readonly heads: readonly GuideHead[]
  /** Reads that guide whole; undefined when it is not there or broken. */
  find(id: string): Guide | undefined
  /** Reads them all: files that are no guide, with what is wrong. */
  problems(): { file: string; message: string }[]
}

/** The guide of codes that have none of their own: it recommends nothing, and tracks like any other. */
export const OTHER_GUIDE = 'other'

const shelves = new Map<string, GuideShelf>()

/** Guides of `assetsDir`/guides, overridden by equally named files in `dataDir`/guides (the office's own). */
export function loadGuides(assetsDir: string, dataDir: string): GuideShelf {
  const key = `${assetsDir}\n${dataDir}`
  const known = shelves.get(key)
  if (known) return known
  const shelf = openShelf([
    { folder: join(dataDir, 'guides'), own: true },
    { folder: join(assetsDir, 'guides'), own: false },
  ])
  shelves.set(key, shelf)
  return shelf
}

function openShelf(places: readonly { folder: string; own: boolean }[]): GuideShelf {
  const files = places.flatMap(({ folder, own }) =>
    (existsSync(folder) ? readdirSync(folder) : [])
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({ id: basename(name, '.json'), path: join(folder, name), own })),
  )
  const read = new Map<string, Guide | string>()
  const open = ({ path, own }: (typeof files)[number]) => {
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
    return ofId.some((file) => file.own) ? find(id) : readHead(ofId[0]!.path)
  }
  const ids = [...new Set(files.map((file) => file.id))].sort()
  const ordered = [...ids.filter((id) => id !== OTHER_GUIDE), ...ids.filter((id) => id === OTHER_GUIDE)]
  let heads: GuideHead[] | null = null
  return {
    get heads() {
      heads ??= ordered.flatMap((id) => headOf(id) ?? [])
      return heads
    },
    find,
    problems: () =>
      files.flatMap((file) => {
        const message = open(file)
        return typeof message === 'string' ? [{ file: `${file.id}.json`, message }] : []
      }),
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

/** The guide, or DATA_DAMAGED with the problem of its file. */
export function getGuide(shelf: GuideShelf, id: string): Guide {
  const guide = shelf.find(id)
  if (guide) return guide
  const problem = shelf.problems().find(({ file }) => file === `${id}.json`)
  if (problem)
    throw new AppError('DATA_DAMAGED', `The guide ${id} cannot be read: ${problem.message}`, {
      problem: 'guide',
      file: problem.file,
    })
  throw new AppError('NOT_FOUND', 'There is no such guide.', { entity: 'guide', id })
}
