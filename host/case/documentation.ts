// The documentation of a case as this installation's guides want it.
import { type Documentation, documentationOf } from '#core/case/documentation.ts'
import type { Guide } from '#core/guide/schema.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { type CaseFile, guideOf } from './case-file.ts'

/** @param guide another version than the one by which the case is read */
export function documentationIn(
  context: Pick<QueryContext, 'assets' | 'today'>,
  file: CaseFile,
  guide: Guide = guideOf(context, file),
): Documentation {
  return documentationOf(file, guide, context.today)
}
