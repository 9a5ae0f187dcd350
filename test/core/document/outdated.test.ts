import { expect, it } from 'vitest'
import { outdatedIn } from '#core/document/outdated.ts'

const SENTENCES = ['Planned: a barrier with {text}, over {text} visits.']
const FRESH = ['Tooth 8. Planned: a barrier with [material], over 3 visits.']

// Bug: the narrative asked for the material, and once it was filled in the request went out only with a reason, since "the record now says otherwise".
it('a blank that was filled in is no contradiction', () => {
  expect(outdatedIn('Planned: a barrier with MTA, over 3 visits. Prognosis: good.', FRESH, SENTENCES)).toEqual([])
})
it('what is written beside the blank still is', () => {
  const said = 'Planned: a barrier with MTA, over 2 visits.'
  expect(outdatedIn(said, FRESH, SENTENCES)).toEqual([said])
  expect(outdatedIn(said, ['All is done.'], SENTENCES)).toEqual([said])
})
