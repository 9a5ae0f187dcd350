// Why are we denied?
import type { denialRoutes } from '#core/contract/denial.ts'
import { denialFigures } from '#core/remittance/denial-figures.ts'
import { explain } from '#core/remittance/tables.ts'
import { listDecidedAppeals, listDecidedClaims, listDecidedLines, reasonsOfDenied } from './denial-rows.ts'
import type { HandlersOf } from '#host/kernel/context.ts'

export const denialHandlers = {
  'denial.figures': async ({ db, assets }, period) => {
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
  },
} satisfies HandlersOf<keyof typeof denialRoutes>
