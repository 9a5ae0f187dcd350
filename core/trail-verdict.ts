// Whether the audit trail is whole.
import * as z from 'zod'
import { withCommas } from './counts.ts'

/** What a walk along the chain found. */
export const Verdict = z.strictObject({
  ok: z.boolean(),
  rows: z.number().int(),
  /** The first row that does not fit, or is not there. */
  firstBad: z.number().int().nullable(),
  /** It is there. */
  altered: z.boolean(),
  /** How many were cut off at the end. */
  missing: z.number().int(),
  /** The last entry that came with an export: up to it the chain proves only what was brought; null where nothing was. */
  brought: z.number().int().nullable(),
})
export type Verdict = z.output<typeof Verdict>

/** The first entry that does not fit, and what was cut off at the end: both, when both were done. */
export function trailVerdict({ ok, rows, firstBad, altered, missing, brought }: Verdict): string {
  const history =
    brought === null ? '' : `; the first ${withCommas(brought)} came with an export and are as it gave them`
  if (ok) return `Intact: ${withCommas(rows)} entries${history}`
  const found = altered ? `Altered at entry ${firstBad}` : `Intact up to entry ${rows}`
  return missing > 0 ? `${found}; ${missing} missing at the end` : found
}
