// Evidence by kind of denial: what is there is named, what lacks is null, and nothing stands for something else.
import { describe, expect, it } from 'vitest'
import { evidenceFor, type EvidenceRecord } from '#core/appeal/needed-evidence.ts'
import type { Attachment, ChartNote } from '#core/case/schema.ts'

const record = (change: Partial<EvidenceRecord> = {}): EvidenceRecord => ({
  attachments: [],
  notes: [],
  facts: {},
  diagnoses: [],
  earlier: [],
  authorizationNumber: '',
  accepted: null,
  ...change,
})
const film = (kind: Attachment['kind'], takenOn: string) =>
  ({ id: kind, kind, takenOn, tooth: '8', caption: '' }) as Attachment
const note = { notedOn: '2026-10-05' } as ChartNote
const have = (...input: Parameters<typeof evidenceFor>) => evidenceFor(...input).map((item) => item.have !== null)

describe('row 40: evidence by kind of denial', () => {
  it.each([
    ['documentation', 4],
    ['frequency', 4],
    ['mismatch', 4],
    ['authorization', 2],
    ['bundling', 2],
    ['not_covered', 2],
    ['timely', 2],
    ['coordination', 2],
    ['eligibility', 2],
    ['other', 5],
    [null, 5],
  ] as const)('%s: an empty case lacks all of it', (cause, count) => {
    expect(have(cause, record())).toEqual(Array.from({ length: count }, () => false))
  })
  it('films before and after treatment do not stand for each other', () => {
    const before = record({ attachments: [film('pre_op_periapical', '2026-09-30')] })
    expect(have('documentation', before)).toEqual([true, false, false, false])
    expect(evidenceFor('documentation', before)[0]!.have).toBe('Pre-op periapical, tooth #8, Sep 30, 2026')
  })
  it('a limit is answered by the tooth’s dated history', () => {
    const earlier = [{ code: 'D3351', serviceDate: '2026-10-05' }]
    const [history, entry] = evidenceFor('frequency', record({ earlier, notes: [note] }))
    expect([history!.have, entry!.have]).toEqual(['D3351 on Oct 5, 2026', 'Chart entry of Oct 5, 2026'])
  })
  it('an authorization by its number, late filing by the acceptance, the decision by its letter', () => {
    expect(have('authorization', record({ authorizationNumber: 'PA-77' }))).toEqual([true, false])
    expect(
      have('timely', record({ accepted: { on: '2026-11-21', proof: 'acknowledgement of claim file 7' } })),
    ).toEqual([true, false])
    const letter = [film('denial_letter', '2026-11-22')]
    expect(have('not_covered', record({ attachments: letter }))).toEqual([false, true])
  })
  it('one film is no course over time', () => {
    const films = [film('pre_op_periapical', '2026-09-30'), film('post_op_periapical', '2026-11-20')]
    expect(have('other', record({ attachments: films.slice(0, 1) }))[0]).toBe(false)
    expect(have('other', record({ attachments: films }))[0]).toBe(true)
  })
})
