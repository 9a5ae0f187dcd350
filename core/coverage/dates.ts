// The days on which a coverage holds: the one rule for requests, bookings, claims and what stands beside them.
import { formatDate, type IsoDate } from '../dates.ts'
import type { Coverage } from '../patient.ts'

export type CoverageDates = Pick<Coverage, 'validFrom' | 'validTo'>

/** What reasons payers give for services outside of these days. */
export const NOT_COVERED = 'CARC 26, 27: before coverage began, after it ended'

/** Why a coverage does not hold on a day; null where it does, or where nobody knows its dates. */
export function whyNotCovered({ validFrom, validTo }: CoverageDates, day: IsoDate): string | null {
  if (validTo !== null && day > validTo) return `the coverage ended ${formatDate(validTo)}`
  if (validFrom !== null && day < validFrom) return `the coverage begins ${formatDate(validFrom)}`
  return null
}

/** The first of these days on which it does not hold, with why. */
export function firstUncovered(
  coverage: CoverageDates,
  days: readonly (IsoDate | null)[],
): { day: IsoDate; why: string } | null {
  for (const day of days.flatMap((one) => one ?? []).sort()) {
    const why = whyNotCovered(coverage, day)
    if (why !== null) return { day, why }
  }
  return null
}
