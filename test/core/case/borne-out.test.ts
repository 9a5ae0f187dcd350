// Facts as the record bears them out: an answer is no film, and a plan is no visit.
import { describe, expect, it } from 'vitest'
import { borneOut, type Recorded } from '#core/case/borne-out.ts'
import { viewItem } from '#core/case/evidence.ts'
import type { Attachment, ItemAnswer, Line, Visit } from '#core/case/schema.ts'
import { checklistFor } from '#core/guide/checklist.ts'
import { endodontics, orthodontics } from '../guide/guides.ts'

const TODAY = '2026-11-23'
const film = (takenOn: string | null, kind = 'pre_op_periapical') =>
  ({ id: `${kind} ${takenOn}`, kind, takenOn, tooth: '8', visitId: null, caption: '' }) as unknown as Attachment
const visit = (phase: string, doneOn: string | null) => ({ id: phase, phase, plannedOn: null, doneOn }) as Visit

function facts(stated: Recorded['facts'], attachments: Attachment[], visits: Visit[] = [], answers: ItemAnswer[] = []) {
  const checklist = checklistFor(endodontics, {
    facts: { tooth: '8', ...stated },
    stage: 'authorization',
    codes: ['D3353'],
    visits: [],
    reportingMode: 'phased',
  })
  const evidence = {
    attachments,
    notes: [],
    answers,
    narrative: '',
    visits,
    lines: [],
    tooth: '8',
    today: TODAY,
    settled: [],
  }
  const items = checklist.map((item) => viewItem(item, evidence))
  return borneOut({ guide: endodontics, facts: stated, attachments, visits, lines: [], items, today: TODAY })
}

describe('the date of the pre-op film', () => {
  const begun = [visit('initial', '2026-10-05')]
  // Bug: the first film called pre-op gave its date, also one taken after treatment began.
  it.each<[string, Recorded['facts'], Attachment[], Visit[], string | null]>([
    ['that of the film on file', {}, [film('2026-09-30')], begun, '2026-09-30'],
    ['not that of a film taken after treatment began', {}, [film('2026-10-06')], begun, null],
    ['not an answer without a film', { pre_op_film_date: '2026-09-30' }, [], begun, null],
    [
      'the film’s, where the answer is another',
      { pre_op_film_date: '2026-09-01' },
      [film('2026-09-30')],
      begun,
      '2026-09-30',
    ],
    [
      'the answer’s, where two films are on file',
      { pre_op_film_date: '2026-09-01' },
      [film('2026-09-01'), film('2026-09-30')],
      begun,
      '2026-09-01',
    ],
    ['not that of a film of another kind', {}, [film('2026-09-30', 'panoramic')], begun, null],
  ])('%s', (_what, stated, files, visits, expected) => {
    expect(facts(stated, files, visits)['pre_op_film_date'] ?? null).toBe(expected)
  })
  it('an answer counts where a person marked the film as there, but not from after treatment began', () => {
    const answers = [{ key: 'pre_op_film', state: 'done', note: 'In the imaging software' }] as ItemAnswer[]
    expect(facts({ pre_op_film_date: '2026-09-30' }, [], begun, answers)['pre_op_film_date']).toBe('2026-09-30')
    expect(facts({ pre_op_film_date: '2026-10-06' }, [], begun, answers)['pre_op_film_date']).toBeNull()
  })
})

// Bug: an answered completion date stood against visits that were not done.
it('treatment is completed by its last visit, whatever was answered', () => {
  const stated = { completion_date: '2026-11-20' }
  const open = [visit('initial', '2026-10-05'), visit('final', null)]
  expect(facts(stated, [], open)['completion_date']).toBeNull()
  expect(facts(stated, [], [visit('final', '2026-11-19')])['completion_date']).toBe('2026-11-19')
})

// Bug: the fee answered in the questions stood in the text beside the other one of the claim.
it('the whole fee is that of the lines', () => {
  const lines = [{ role: 'main', feeCents: 520000, quantity: 1, serviceDate: null }] as Line[]
  const recorded = {
    guide: orthodontics,
    facts: { fee: 4000 },
    attachments: [],
    visits: [],
    lines,
    items: [],
    today: TODAY,
  }
  expect(borneOut(recorded)['fee']).toBe(5200)
})
