// The trail in words: no command without its sentence, and none that no kind finds (a new route would stand there by its name).
import { expect, it } from 'vitest'
import { contract } from '#core/contract/index.ts'
import type { Route } from '#core/contract/route.ts'
import { TRAIL_KINDS, TRAIL_WORDS, trailSentence } from '#core/trail-words.ts'

const routes = Object.entries(contract) as [string, Route][]
const written = routes.filter(([, { kind, audited }]) => kind === 'command' || (kind === 'query' && audited !== false))

it('every command, and every query that is written down, has its sentence', () => {
  expect(written.length).toBeGreaterThan(80)
  expect(written.map(([name]) => name).filter((name) => !Object.hasOwn(TRAIL_WORDS, name))).toEqual([])
})
it('no sentence is left of a route that is gone, but for what the session and the demo note', () => {
  const known = (action: string) => Object.hasOwn(contract, action.replace(/Refused$/, '')) || action === 'seed'
  expect(Object.keys(TRAIL_WORDS).filter((action) => !known(action))).toEqual([])
})
it('every action is found by a kind', () => {
  const starts = Object.values(TRAIL_KINDS).flatMap(({ of }) => [...of] as string[])
  const lost = Object.keys(TRAIL_WORDS).filter((action) => !starts.some((start) => action.startsWith(start)))
  expect(lost).toEqual(['seed'])
})
it('reads as a sentence, with paper and tooth where the row knows them; a wrong password at a name that nobody has is somebody’s', () => {
  const say = (action: string, rest: Partial<Parameters<typeof trailSentence>[0]> = {}) =>
    trailSentence({ user: 'Ana', action, about: '', after: null, ...rest })
  const paper = (kind: string, way: string) => ({ after: JSON.stringify({ kind, way }) })
  expect(say('document.render', { about: '#8', ...paper('appeal-letter', 'print') })).toBe(
    'Ana printed the appeal letter for #8',
  )
  expect(say('document.render', paper('worklist', 'save'))).toBe('Ana saved a worklist')
  expect(say('document.noteFile', { after: '{"name":"claimwright-today.csv"}' })).toBe(
    'Ana saved the file claimwright-today.csv',
  )
  expect(say('document.render')).toBe('Ana printed, saved or showed a letter or sheet')
  expect(say('case.assign', { about: '#8' })).toBe('Ana assigned a case for #8')
  expect(say('remittance.post', { about: 'Upper arch' })).toBe('Ana posted an EOB for the upper arch')
  expect(say('remittance.reverse')).toBe('Ana undid an EOB')
  expect(say('session.signInRefused', { user: '' })).toBe('Somebody typed a wrong password at the sign-in')
})
