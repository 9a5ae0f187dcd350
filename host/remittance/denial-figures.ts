// Why are we denied?
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import { denialFigures } from '#core/remittance/denial-figures.ts'
import { explain } from '#core/remittance/tables.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { listDecidedAppeals, listDecidedClaims, listDecidedLines, reasonsOfDenied } from './denial-rows.ts'

/** The figures of a period by cause, payer, code and what was asked for. */
export async function readDenialFigures(
  { db, assets }: QueryContext,
  period: ParsedInputOf<'denial.figures'>,
): Promise<OutputOf<'denial.figures'>> {
  const tables = assets.reasons
  const reasons = await reasonsOfDenied(db, period)
  // What is asked for: remarks say it best; a reason speaks only where no remark does.
  const documentsOf = (lineId: string): string[] => {
    const asked = (reasons.get(lineId) ?? [])
      .map(({ kind, code }) => ({ kind, ...explain(tables, kind, code) }))
      .filter((meaning) => meaning.actions.includes('INFO') && !meaning.alert)
    const remarks = asked.filter((meaning) => meaning.kind === 'rarc')
    return (remarks.length > 0 ? remarks : asked).map((meaning) => meaning.plain)
  }
  const lines = (await listDecidedLines(db, period)).map(({ id, ...line }) => ({
    ...line,
    documents: documentsOf(id),
  }))
  return denialFigures(lines, await listDecidedClaims(db, period), await listDecidedAppeals(db, period))
}
