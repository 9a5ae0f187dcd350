// A case is billed to plans of its own patient.
import { coverageOf } from '#core/case/contents.ts'
import type { CoverageId } from '#core/ids.ts'
import { found } from '#host/kernel/versioned.ts'
import type { CaseFile } from './case-file.ts'

/** @throws NOT_FOUND when the coverage is another patient's */
export function checkCoverage(file: CaseFile, coverageId: CoverageId | null | undefined): void {
  if (coverageId) found(coverageOf(file, coverageId) ?? undefined, 'coverage', coverageId)
}
