// The procedure guides of an office: those shipped, each read once when it is first needed, and its own, which go before them.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { AppError } from '#core/errors.ts'
import { checkWords } from '#core/guide/check.ts'
import { Guide } from '#core/guide/schema.ts'
import { GuideHead, type GuideShelf, OTHER_GUIDE } from '#core/guide/shelf.ts'

/** A guide, or what is wrong with it. */
type Read = Guide | string

/** Guides of `assetsDir`/guides, and the office's own by their id. */
export function openShelf(assetsDir: string, own: ReadonlyMap<string, unknown> = new Map()): GuideShelf {
  const folder = join(assetsDir, 'guides')
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => basename(name, '.json'))
  const ours = new Map([...own].map(([id, data]) => [id, readOwn(id, data)]))
  const pathOf = (id: string) => join(folder, `${id}.json`)
  const shippedOf = (id: string): Read | undefined => (files.includes(id) ? readShipped(pathOf(id)) : undefined)
  const readable = (read: Read | undefined) => (typeof read === 'string' ? undefined : read)
  const find = (id: string) => readable(ours.get(id)) ?? readable(shippedOf(id))
  const headOf = (id: string) =>
    ours.has(id) ? GuideHead.safeParse(find(id)).data : files.includes(id) ? readHead(pathOf(id)) : undefined
  const ids = [...new Set([...files, ...ours.keys()])].sort()
  const ordered = [...ids.filter((id) => id !== OTHER_GUIDE), ...ids.filter((id) => id === OTHER_GUIDE)]
  let heads: GuideHead[] | null = null
  const problems = () =>
    ids.flatMap((id) =>
      [ours.get(id), shippedOf(id)].flatMap((read) =>
        typeof read === 'string' ? [{ file: `${id}.json`, message: read }] : [],
      ),
    )
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
    versionOf(id) {
      const guide = find(id)
      return guide ? versionOf(guide) : null
    },
    shipped: (id) => readable(shippedOf(id)) ?? null,
    isOurs: (id) => readable(ours.get(id)) !== undefined,
    titleOf(id) {
      return this.heads.find((guide) => guide.id === id)?.title ?? id
    },
    problems,
  }
}

const versions = new WeakMap<Guide, string>()

/** Tells versions of a guide apart by all that it says. */
export function versionOf(guide: Guide): string {
  const known = versions.get(guide) ?? createHash('sha256').update(JSON.stringify(guide)).digest('hex').slice(0, 16)
  versions.set(guide, known)
  return known
}

/** Shipped guides by their path, read once by all hosts of a process; what lists need of them is read without the rest. */
const shipped = new Map<string, Read>()
const shippedHeads = new Map<string, GuideHead | undefined>()

function readHead(path: string): GuideHead | undefined {
  if (!shippedHeads.has(path)) {
    try {
      shippedHeads.set(path, GuideHead.parse(JSON.parse(readFileSync(path, 'utf8'))))
    } catch {
      shippedHeads.set(path, undefined)
    }
  }
  return shippedHeads.get(path)
}

function readShipped(path: string): Read {
  const known = shipped.get(path) ?? readFile(path)
  shipped.set(path, known)
  return known
}

function readFile(path: string): Read {
  try {
    // Shipped guides were checked when they were built.
    return parseGuide(basename(path, '.json'), JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return 'Not readable as JSON. Restore the file or reinstall.'
  }
}

/** The rules were checked when it was saved; what an older app took may not fit this one. */
function readOwn(id: string, data: unknown): Read {
  const guide = parseGuide(id, data)
  if (typeof guide === 'string') return guide
  const problem = checkWords(guide)[0]
  return problem ? `${problem.at}: ${problem.message}` : guide
}

function parseGuide(id: string, data: unknown): Read {
  const parsed = Guide.safeParse(data)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return `Does not fit the guide format: ${issue?.path.join('.')} ${issue?.message}`
  }
  return parsed.data.id === id ? parsed.data : `Its id must be ${id}`
}
