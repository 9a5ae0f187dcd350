// When a claim first reached its payer, by table: what was sent back counts for nothing, what was answered is proof (desk case P6).
import { describe, expect, it } from 'vitest'
import type { StoredClaim, StoredRemittance } from '#core/case/contents.ts'
import { firstSending, type SentFile } from '#core/claim/first-sending.ts'

type Step = [event: string, on: string]
const claim = (id: string, steps: Step[], replacesId: string | null = null) =>
  ({
    id,
    number: `CW${id}`,
    replacesId,
    sentOn: null,
    history: steps.map(([event, on]) => ({ event, on })),
  }) as unknown as StoredClaim
const eob = (claimId: string, eobDate: string, id = 'r') =>
  ({ id, claimId, eobDate, payerClaimNumber: 'ICN-1', reversedAt: null }) as unknown as StoredRemittance
const file = (claimId: string, control: number, answer: string, answeredOn: string) =>
  ({ claimId, control, answer, answeredOn }) as SentFile
const draft = claim('2', [], '1')
const first = (steps: Step[], eobs: StoredRemittance[] = [], files: SentFile[] = [], except: string | null = null) => {
  const claims = [draft, claim('1', steps)]
  return firstSending({ claims, remittances: eobs }, draft, files, except as never)
}

describe('the first sending that the payer accepted', () => {
  it('is that of the claim which a correction replaces, proved by its EOB', () => {
    expect(first([['send', '2026-04-12']], [eob('1', '2026-05-10')])).toEqual({
      number: 'CW1',
      on: '2026-04-12',
      accepted: { on: '2026-05-10', proof: 'EOB of May 10, 2026, claim number ICN-1' },
    })
  })
  it('the acknowledgement comes before the EOB, and names its file', () => {
    const files = [file('1', 7, 'accepted', '2026-04-13')]
    expect(first([['send', '2026-04-12']], [eob('1', '2026-05-10')], files)).toMatchObject({
      accepted: { on: '2026-04-13', proof: 'acknowledgement of claim file 7' },
    })
  })
  // Bug: a sending that the clearinghouse sent back stood in the letter as the first one.
  it('a sending that was sent back is none', () => {
    const steps: Step[] = [
      ['send', '2026-04-12'],
      ['reject', '2026-04-14'],
      ['send', '2026-10-20'],
    ]
    const files = [file('1', 7, 'rejected', '2026-04-14'), file('1', 8, 'accepted', '2026-10-21')]
    expect(first(steps, [], files)).toMatchObject({
      on: '2026-10-20',
      accepted: { proof: expect.stringContaining('8') },
    })
    expect(first(steps.slice(0, 2), [], files)).toBeNull()
  })
  it('without an answer there is no proof; the decision that is contested is none either', () => {
    expect(first([['send', '2026-04-12']])).toMatchObject({ on: '2026-04-12', accepted: null })
    expect(first([['send', '2026-04-12']], [eob('1', '2026-05-10')], [], 'r')).toMatchObject({ accepted: null })
  })
})
