// Guides on a real host: listed, chosen from, and a broken file that harms no other.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GuideShelf } from '#core/guide/shelf.ts'
import { AppError } from '#core/errors.ts'
import { openShelf } from '#host/guide/shelf.ts'
import { openTestHost, type TestHost } from '#test/helpers/test-host.ts'

const SHIPPED = readdirSync('assets/guides')
  .map((file) => file.replace('.json', ''))
  .sort()
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guides-'))
  mkdirSync(join(folder, 'assets', 'guides'), { recursive: true })
  cpSync('assets/guides', join(folder, 'assets', 'guides'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const load = (own?: Map<string, unknown>) => openShelf(join(folder, 'assets'), own)

const isReadable = (shelf: GuideShelf, id: string) => {
  try {
    return shelf.get(id).id === id
  } catch {
    return false
  }
}

describe('a corrupted guide file', () => {
  it.each([
    ['cut short', (text: string) => text.slice(0, 2000)],
    ['without rules', (text: string) => JSON.stringify({ ...(JSON.parse(text) as object), rules: [] })],
    ['empty', () => ''],
  ])('%s: the others still load, the problem names the file', (_name, damage) => {
    const file = join(folder, 'assets', 'guides', 'endodontics.json')
    writeFileSync(file, damage(readFileSync(file, 'utf8')))
    const shelf = load()
    expect(shelf.problems().map((problem) => problem.file)).toEqual(['endodontics.json'])
    const readable = SHIPPED.filter((id) => isReadable(shelf, id))
    expect(readable).toEqual(SHIPPED.filter((id) => id !== 'endodontics'))
    expect(() => shelf.get('endodontics')).toThrow(AppError)
    expect(() => shelf.get('endodontics')).toThrow('cannot be read')
  })

  it('an office’s own broken copy leaves the shipped guide in force', () => {
    const shelf = load(new Map([['endodontics', { id: 'endodontics' }]]))
    expect(shelf.get('endodontics')).toBeDefined()
    expect(shelf.heads.map((guide) => guide.id)).toContain('endodontics')
    expect(shelf.problems()).toHaveLength(1)
  })
})

it('an office’s own copy replaces the shipped guide', () => {
  const guide = JSON.parse(readFileSync('assets/guides/endodontics.json', 'utf8')) as { title: string }
  const shelf = load(new Map([['endodontics', { ...guide, title: 'Endodontics, our office' }]]))
  expect(shelf.get('endodontics').title).toBe('Endodontics, our office')
  expect(shelf.shipped('endodontics')?.title).toBe('Endodontics')
})

describe('routes', () => {
  let test: TestHost
  beforeEach(async () => {
    test = await openTestHost()
  })
  afterEach(() => test.close())

  it('guide.list names every guide with its codes', async () => {
    const { guides } = await test.call('guide.list', {})
    expect((await test.call('guide.problems', {})).problems).toEqual([])
    expect(guides.map((guide) => guide.id).sort()).toEqual(SHIPPED)
    // The one for everything else stands last, wherever guides are offered.
    expect(guides.at(-1)?.id).toBe('other')
    expect(guides.flatMap((guide) => guide.codes.map((code) => code.code))).toContain('D3353')
  })

  it('guide.choose answers without a case, and names a fact outside the vocabulary', async () => {
    const choose = (facts: Record<string, string>) => test.call('guide.choose', { guideId: 'endodontics', facts })
    const choice = await choose({ tooth: '8', apex: 'open', pulp: 'necrotic', goal: 'barrier', phase: 'final' })
    expect(choice.lines.map((line) => line.code)).toEqual(['D3353'])
    await expect(choose({ nonsense: 'x' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { fact: 'nonsense' },
    })
  })

  it('an unknown guide is not found', async () => {
    await expect(test.call('guide.get', { id: 'nothing' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
