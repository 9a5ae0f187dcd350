// The documentation of a case as this installation's guides want it.
import { type Documentation, documentationOf } from '#core/case/documentation.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import type { CaseFile } from './case-file.ts'

export function documentationIn(
  { assets, today }: Pick<QueryContext, 'assets' | 'today'>,
  file: CaseFile,
): Documentation {
  return documentationOf(file, assets.guides.get(file.record.guideId), today)
}
