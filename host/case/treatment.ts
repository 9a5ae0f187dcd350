// Treatment is not recorded while a required authorization is open, unless somebody says why (desk.md D row 26).
import { waitsFor } from '#core/authorization/terms.ts'
import { AppError } from '#core/errors.ts'
import { listAuthorizations } from '#host/authorization/rows.ts'
import type { CaseRecord } from './rows.ts'
import { needOf } from '#host/authorization/need.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { loadDocumentation } from './documentation.ts'

/**
 * The words that go with an override; empty when nothing stands against the treatment.
 * @throws REFUSED with `overridable`, as long as no reason is given
 */
export async function checkTreatment(context: CommandContext, record: CaseRecord, reason: string): Promise<string> {
  const { tx, today } = context
  const { codes } = await loadDocumentation(tx, record, context)
  const { answer } = await needOf(tx, record, codes, today)
  const why = waitsFor(await listAuthorizations(tx, { caseId: record.id }), answer)
  if (why === null) return ''
  if (reason === '')
    throw new AppError('REFUSED', `${why} To record the treatment anyway, give a reason.`, {
      reasons: [why],
      overridable: true,
    })
  return `Treated in spite of it: ${why} Reason: ${reason}`
}
