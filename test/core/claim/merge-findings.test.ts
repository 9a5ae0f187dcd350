// Findings that say the same of several lines are read once: the desk looked at three rows for one cause.
import { describe, expect, it } from 'vitest'
import { mergeFindings } from '#core/claim/merge-findings.ts'
import type { ClaimFinding } from '#core/claim/schema.ts'

const finding = (message: string, more: Partial<ClaimFinding> = {}): ClaimFinding => ({
  id: message,
  severity: 'warn',
  field: 'lines.0.code',
  message,
  source: 'ADA 2024 form, item 27',
  ...more,
})
const merged = (...messages: string[]) => mergeFindings(messages.map((one) => finding(one))).map((one) => one.message)

describe('mergeFindings', () => {
  it.each([
    [['D3353 needs a tooth number.'], ['D3353 needs a tooth number.']],
    [
      ['D3351 needs a tooth number.', 'D3352 needs a tooth number.', 'D3353 needs a tooth number.'],
      ['D3351, D3352 and D3353 need a tooth number.'],
    ],
    [
      ['D3351: the service date is missing.', 'D3353: the service date is missing.'],
      ['D3351 and D3353: the service date is missing.'],
    ],
    [
      ['Sep 1', 'Oct 2', 'Nov 3'].map((day) => `D3352 on ${day}, 2026 is before the estimate began (Dec 1, 2026).`),
      ['3 dates are before the estimate began (Dec 1, 2026).'],
    ],
    [['D3351: Dec 9, 2026 is in the future.', 'D3352: Dec 16, 2026 is in the future.'], ['2 dates are in the future.']],
    [
      ['D3351 takes no surfaces.', 'D3351 on Sep 1, 2026 is before the estimate began (Dec 1, 2026).'],
      ['D3351 takes no surfaces.', 'D3351 on Sep 1, 2026 is before the estimate began (Dec 1, 2026).'],
    ],
    [
      [
        'D3351 #8: done Sep 1, 2026 by the case. Fill the claim again, or say why it differs.',
        'The claim names Dr. Doe. Fill the claim again, or say why it differs.',
      ],
      ['D3351 #8: done Sep 1, 2026 by the case. The claim names Dr. Doe. Fill the claim again, or say why it differs.'],
    ],
  ])('%j', (messages, expected) => expect(merged(...messages)).toEqual(expected))

  // Bug: a block hidden in a warning would let the claim look fit to send.
  it('keeps what must be fixed apart from what is to be looked at, and leads to the first field', () => {
    const found = mergeFindings([
      finding('D3351 needs a quadrant.', { severity: 'block', field: 'lines.1.area' }),
      finding('D3352 needs a quadrant.', { field: 'lines.2.area' }),
      finding('D3353 needs a quadrant.', { field: 'lines.3.area' }),
    ])
    expect(found).toMatchObject([
      { severity: 'block', field: 'lines.1.area', message: 'D3351 needs a quadrant.' },
      { severity: 'warn', field: 'lines.2.area', message: 'D3352 and D3353 need a quadrant.' },
    ])
  })
})
