// Checklist items against films, notes and answers: the problems that send claims back.
import { describe, expect, it } from 'vitest'
import { type Evidence, rejectedIn, viewItem } from '#core/case/evidence.ts'
import { readinessOf } from '#core/case/readiness.ts'
import { guessAttachment } from '#core/case/attachment-kind.ts'
import type { Attachment, ChartNote, Line, Visit } from '#core/case/schema.ts'
import type { ChecklistItem } from '#core/guide/schema.ts'

const item = (change: Partial<ChecklistItem> = {}): ChecklistItem => ({
  id: 'pre_op_film',
  key: 'pre_op_film',
  visitId: null,
  title: 'Pre-op periapical showing the open apex',
  detail: '',
  who: ['assistant'],
  type: 'image',
  evidenceKinds: ['pre_op_periapical'],
  mayBeFile: true,
  dateRule: 'before_treatment',
  payer: '',
  maxAgeMonths: null,
  source: 'test',
  confidence: 'confirmed',
  ...change,
})
const film = (change: Partial<Attachment> = {}) =>
  ({ id: 'f1', kind: 'pre_op_periapical', takenOn: '2026-09-30', tooth: '8', visitId: null, ...change }) as Attachment
const note = (change: Partial<ChartNote> = {}) =>
  ({ id: 'n1', notedOn: '2026-10-05', text: 'x', visitId: null, itemKeys: [], ...change }) as ChartNote
const visit = (id: string, phase: Visit['phase'], doneOn: string | null) =>
  ({ id, seq: 1, phase, plannedOn: null, doneOn }) as Visit
const VISITS = [
  visit('v1', 'initial', '2026-10-05'),
  visit('v2', 'interim', '2026-11-02'),
  visit('v3', 'final', '2026-11-20'),
]
const evidence = (change: Partial<Evidence> = {}): Evidence => ({
  attachments: [],
  notes: [],
  answers: [],
  narrative: '',
  visits: VISITS,
  lines: [],
  tooth: '8',
  today: '2026-11-23',
  settled: [],
  ...change,
})

describe('row 14: pre-op film showing the open apex, dated before treatment', () => {
  it.each([
    ['taken before', {}, 'done', []],
    ['taken on the first visit', { takenOn: '2026-10-05' }, 'done', []],
    ['taken after', { takenOn: '2026-10-06' }, 'problem', ['Taken Oct 6, 2026, after treatment began on Oct 5, 2026']],
    ['without a date', { takenOn: null }, 'problem', ['Film has no date']],
    ['without a label', { tooth: null }, 'problem', ['Film has no tooth label']],
    ['of another tooth', { tooth: '9' }, 'problem', ['Labeled #9, the case is on #8']],
    ['from the future', { takenOn: '2026-12-01' }, 'problem', ['Taken Dec 1, 2026: this date is in the future']],
  ] as const)('%s', (_, change, state, problems) => {
    const view = viewItem(item(), evidence({ attachments: [film(change)] }))
    expect(view).toMatchObject({ state, problems })
  })
  // Bug: once a visit was done, a main line dated before it no longer said that treatment had begun.
  it('a dated main line that stands on no visit begins treatment, too', () => {
    const lines = [{ role: 'main', serviceDate: '2026-09-28' } as Line]
    const view = viewItem(item(), evidence({ attachments: [film()], lines }))
    expect(view.problems).toEqual(['Taken Sep 30, 2026, after treatment began on Sep 28, 2026'])
  })
  it('one good film settles it, whatever the other shows', () => {
    const view = viewItem(item(), evidence({ attachments: [film({ takenOn: null }), film()] }))
    expect(view).toMatchObject({ state: 'done', problems: [] })
  })
  it('a film of another kind does not settle it', () => {
    expect(viewItem(item(), evidence({ attachments: [film({ kind: 'post_op_periapical' })] })).state).toBe('missing')
  })
})

describe('row 15: one progress note per visit', () => {
  const perVisit = (visitId: string) =>
    item({
      id: 'visit_note',
      key: `visit_note:${visitId}`,
      visitId,
      type: 'chart',
      evidenceKinds: ['chart_note'],
      dateRule: 'on_visit',
      title: 'Progress note',
    })
  it('a note of the same date is found, the interim visit without one is named', () => {
    const seen = evidence({ notes: [note()] })
    const views = ['v1', 'v2'].map((id) => viewItem(perVisit(id), seen))
    expect(views.map((view) => view.state)).toEqual(['done', 'missing'])
    expect(readinessOf('claim', views, VISITS).sentence).toBe(
      '1 of 2 missing for the claim: progress note of Nov 2, 2026',
    )
  })
  it('a note older than its visit cannot describe it', () => {
    const view = viewItem(perVisit('v2'), evidence({ notes: [note({ visitId: 'v2' as never })] }))
    expect(view.problems).toEqual(['Noted Oct 5, 2026, before the visit of Nov 2, 2026'])
  })
  it('row 13: materials of a visit need a note that says so, not just any note of the day', () => {
    const materials = { ...perVisit('v1'), id: 'materials', key: 'materials:v1' }
    expect(viewItem(materials, evidence({ notes: [note()] })).state).toBe('missing')
    expect(viewItem(materials, evidence({ notes: [note({ itemKeys: ['materials:v1'] })] })).state).toBe('done')
  })
})

// Bug: a film taken after treatment began was named as missing and yet enclosed, cited and counted.
it('a file that the item rejects is not among its files; one that another item takes is not rejected', () => {
  const late = film({ takenOn: '2026-10-06' })
  const view = viewItem(item(), evidence({ attachments: [late] }))
  expect(view).toMatchObject({ attachmentIds: [], rejectedIds: ['f1'] })
  expect([...rejectedIn([view])]).toEqual(['f1'])
  const taken = viewItem(item({ dateRule: 'none' }), evidence({ attachments: [late] }))
  expect([...rejectedIn([view, taken])]).toEqual([])
})

// Bug: any saved text settled the narrative, also one that still read “Prognosis: [prognosis].”
it('row 12: a narrative with a blank is not there', () => {
  const necessity = item({ id: 'necessity', type: 'narrative', evidenceKinds: ['narrative'], dateRule: 'none' })
  const view = (narrative: string) => viewItem(necessity, evidence({ narrative }))
  expect(view('')).toMatchObject({ state: 'missing' })
  expect(view('Prognosis: [prognosis].')).toMatchObject({
    state: 'problem',
    problems: ['Narrative still to fill in: prognosis'],
  })
  expect(view('Prognosis: good.')).toMatchObject({ state: 'done', problems: [] })
})

it('row 20: a final-fill film taken before the final visit is named', () => {
  const post = item({ id: 'post_op_film', evidenceKinds: ['post_op_periapical'], dateRule: 'after_completion' })
  const early = film({ kind: 'post_op_periapical', takenOn: '2026-11-02' })
  expect(viewItem(post, evidence({ attachments: [early] })).problems).toEqual([
    'Taken Nov 2, 2026, before the final visit of Nov 20, 2026',
  ])
})

describe('row 21: answers and readiness', () => {
  const answer = { key: 'pre_op_film', user: 'Ana', at: '2026-11-23T00:00:00Z' }
  it('a waiver counts, one without a reason is a problem', () => {
    const waived = (text: string) =>
      viewItem(item(), evidence({ answers: [{ ...answer, state: 'waived', note: text }] }))
    expect(waived('Payer does not ask').state).toBe('waived')
    expect(waived(' ')).toMatchObject({ state: 'problem', problems: ['Waived without a reason'] })
  })
  it('says what is missing in one sentence', () => {
    const views = [
      viewItem(item(), evidence()),
      viewItem(item({ id: 'x', key: 'x', title: 'EOB of the first plan' }), evidence({ settled: ['x'] })),
    ]
    expect(readinessOf('authorization', views, []).sentence).toBe(
      '1 of 2 missing for the request: pre-op periapical showing the open apex',
    )
  })
})

describe('guessing a dropped file', () => {
  const context = { tooth: '8', visits: VISITS }
  it.each([
    ['PreOp PA #8 2026-09-30.png', 'pre_op_periapical', '2026-09-30', '8'],
    ['post-op_t9_11202026.jpg', 'post_op_periapical', '2026-11-20', '9'],
    ['PA 11-02-2026.jpg', 'interim_periapical', '2026-11-02', '8'],
    ['EOB 20261120.pdf', 'eob', '2026-11-20', null],
    ['scan 99-99-2026.pdf', 'other', null, null],
    ['Denial letter.pdf', 'denial_letter', null, null],
  ])('%s', (name, kind, takenOn, tooth) => {
    expect(guessAttachment(name, context)).toMatchObject({ kind, takenOn, tooth })
  })
})
