// Checks every guide of a folder and the names they share; `npm run cli -- guide check` prints the result.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { checkGuide, type GuideProblem } from '#core/guide/check.ts'
import { GuideHead } from '#core/guide/shelf.ts'

export interface GuideFileReport {
  file: string
  problems: GuideProblem[]
}

/**
 * Reads and checks each `*.json` of a folder; a file that is not JSON, or whose id is not its name, is a problem, and so is a
 * code that two guides own: which of them a case opens with would be chance.
 */
export function checkGuideFolder(folder: string): GuideFileReport[] {
  const owners = new Map<string, string>()
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort((a, b) => a.localeCompare(b))
    .map((file) => {
      const data = readGuide(join(folder, file))
      const problems = data instanceof Error ? [{ at: 'file', message: data.message }] : checkNamed(data, file)
      return { file, problems: [...problems, ...checkOwners(data, file, owners)] }
    })
}

function readGuide(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return error instanceof Error ? error : new Error('unreadable')
  }
}

function checkNamed(data: unknown, file: string): GuideProblem[] {
  const problems = checkGuide(data)
  const id = basename(file, '.json')
  const named = typeof data === 'object' && data !== null && 'id' in data && data.id === id
  return named ? problems : [{ at: 'id', message: `must be ${id}, the file’s name` }, ...problems]
}

/** A code that a guide only names beside its own has the kind `other`. */
function checkOwners(data: unknown, file: string, owners: Map<string, string>): GuideProblem[] {
  const head = GuideHead.safeParse(data)
  if (!head.success) return []
  return head.data.codes
    .filter((code) => code.kind !== 'other')
    .flatMap(({ code }) => {
      const owner = owners.get(code)
      owners.set(code, owner ?? file)
      return owner ? [{ at: `codes.${code}`, message: `is owned by ${owner} as well` }] : []
    })
}
