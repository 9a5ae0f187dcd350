// The procedure guides of this installation: read once, checked, each file on its own so that a broken one harms no other.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { AppError } from '#core/errors.ts'
import { checkGuide } from '#core/guide/check.ts'
import { Guide } from '#core/guide/schema.ts'

export interface GuideShelf {
  guides: ReadonlyMap<string, Guide>
  problems: readonly { file: string; message: string }[]
}

/** The guide of codes that have none of their own: it recommends nothing, and tracks like any other. */
export const OTHER_GUIDE = 'other'

const shelves = new Map<string, GuideShelf>()

/** Guides of `assetsDir`/guides, overridden by equally named files in `dataDir`/guides (the office's own). */
export function loadGuides(assetsDir: string, dataDir: string): GuideShelf {
  const key = `${assetsDir}\n${dataDir}`
  const known = shelves.get(key)
  if (known) return known
  const guides = new Map<string, Guide>()
  const problems: { file: string; message: string }[] = []
  const readFolder = (folder: string, own: boolean) => {
    if (!existsSync(folder)) return
    for (const name of readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .sort()) {
      const message = readInto(guides, join(folder, name), own)
      if (message) problems.push({ file: name, message })
    }
  }
  readFolder(join(assetsDir, 'guides'), false)
  readFolder(join(dataDir, 'guides'), true)
  const last = guides.get(OTHER_GUIDE)
  if (last && guides.delete(OTHER_GUIDE)) guides.set(OTHER_GUIDE, last)
  const shelf = { guides, problems }
  shelves.set(key, shelf)
  return shelf
}

/** @returns what is wrong with the file, or null */
function readInto(guides: Map<string, Guide>, file: string, own: boolean): string | null {
  try {
    const data: unknown = JSON.parse(readFileSync(file, 'utf8'))
    const parsed = Guide.safeParse(data)
    if (!parsed.success)
      return `Does not fit the guide format: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`
    // Shipped guides were checked when they were built; the office's own are checked here.
    const problem = own ? checkGuide(data)[0] : undefined
    if (problem) return `${problem.at}: ${problem.message}`
    if (parsed.data.id !== basename(file, '.json')) return `Its id must be ${basename(file, '.json')}`
    guides.set(parsed.data.id, parsed.data)
    return null
  } catch {
    return 'Not readable as JSON. Restore the file or reinstall.'
  }
}

/** The guide, or DATA_DAMAGED with the problem of its file. */
export function getGuide(shelf: GuideShelf, id: string): Guide {
  const guide = shelf.guides.get(id)
  if (guide) return guide
  const problem = shelf.problems.find(({ file }) => file === `${id}.json`)
  if (problem)
    throw new AppError('DATA_DAMAGED', `The guide ${id} cannot be read: ${problem.message}`, {
      problem: 'guide',
      file: problem.file,
    })
  throw new AppError('NOT_FOUND', 'There is no such guide.', { entity: 'guide', id })
}
