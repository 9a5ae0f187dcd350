// Checks every guide of a folder and the names they share; `npm run cli -- guide check` prints the result.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { checkGuide, type GuideProblem } from '#core/guide/check.ts'

export interface GuideFileReport {
  file: string
  problems: GuideProblem[]
}

/** Reads and checks each `*.json` of a folder; a file that is not JSON, or whose id is not its name, is a problem. */
export function checkGuideFolder(folder: string): GuideFileReport[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort((a, b) => a.localeCompare(b))
    .map((file) => ({ file, problems: checkGuideFile(join(folder, file)) }))
}

function checkGuideFile(path: string): GuideProblem[] {
  let data: unknown
  try {
    data = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return [{ at: 'file', message: error instanceof Error ? error.message : 'unreadable' }]
  }
  const problems = checkGuide(data)
  const id = basename(path, '.json')
  const named = typeof data === 'object' && data !== null && 'id' in data && data.id === id
  return named ? problems : [{ at: 'id', message: `must be ${id}, the file’s name` }, ...problems]
}
