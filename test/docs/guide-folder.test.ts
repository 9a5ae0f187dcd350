// The check of all guides together: what no guide shows alone.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { checkGuideFolder } from '../../scripts/guide-check.ts'

const folder = mkdtempSync(join(tmpdir(), 'guide-folder-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('a code that two guides own is a problem (a case opened with whichever came first)', () => {
  const guide = JSON.parse(readFileSync('assets/guides/endodontics.json', 'utf8')) as { id: string }
  writeFileSync(join(folder, 'endodontics.json'), JSON.stringify(guide))
  writeFileSync(join(folder, 'twin.json'), JSON.stringify({ ...guide, id: 'twin' }))
  const [first, twin] = checkGuideFolder(folder)
  expect(first!.problems).toEqual([])
  expect(twin!.problems).toContainEqual({ at: 'codes.D3353', message: 'is owned by endodontics.json as well' })
})
