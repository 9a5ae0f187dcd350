// What a payer's rules say of a case: the same for the code, the request and the claim.
import type { IsoDate } from '../dates.ts'
import type { GuideFinding } from '../guide/schema.ts'
import type { Service } from '../guide/frequency.ts'
import type { CoverageId } from '../ids.ts'
import { payerFindings } from '../payer-rule/findings.ts'
import { type CaseContents, coverageOf } from './contents.ts'

/**
 * Findings for the case's own services under a coverage.
 * @param day of services without a date
 */
export function findingsByPayer(
  contents: Pick<CaseContents, 'coverages' | 'patient' | 'history'>,
  coverageId: CoverageId | null,
  services: readonly Service[],
  day: IsoDate | null,
): GuideFinding[] {
  const held = coverageOf(contents, coverageId)
  if (!held) return []
  const { birthDate } = contents.patient
  const { rules } = held.payer
  return payerFindings(
    services,
    { rules, birthDate, coveredFrom: held.coverage.validFrom, history: contents.history },
    day,
  )
}
