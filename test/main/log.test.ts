// S5: the log of the shell grows no further than two files, and stops nothing when the disk takes no more.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openLog } from '#main/log.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'claimwright-log-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

// Bug: the log of an office that never closes the app grew for ever.
it('S5: the log keeps its newest lines and no more than two files', () => {
  const log = openLog(folder, 'main', 1000)
  for (let at = 0; at < 200; at += 1) log('host-ended', { at })
  expect(readdirSync(folder).sort()).toEqual(['main.log', 'main.log.1'])
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThan(1200)
  expect(readFileSync(join(folder, 'main.log'), 'utf8')).toContain('"at":199')
})
it('S5: a log that cannot be written stops nothing', () => {
  const log = openLog(join(folder, 'file'), 'main')
  writeFileSync(join(folder, 'file'), '')
  expect(() => log('any')).not.toThrow()
  expect(existsSync(join(folder, 'file', 'main.log'))).toBe(false)
})
