// Treatment is not recorded while a required authorization is open, unless somebody says why (desk.md D row 26).
import { waitsFor } from '#core/authorization/terms.ts'
import { coverageOf } from '#core/case/contents.ts'
import { whyNotCovered } from '#core/coverage/dates.ts'
import { AppError } from '#core/errors.ts'
import { needOf } from '#host/authorization/need.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import type { CaseFile } from './case-file.ts'
import { documentationIn } from './documentation.ts'

/**
 * The words that go with an override; empty when nothing stands against the treatment.
 * @throws REFUSED with `overridable`, as long as no reason is given
 */
export async function checkTreatment(context: CommandContext, file: CaseFile, reason: string): Promise<string> {
  const { codes } = documentationIn(context, file)
  const { answer } = await needOf(context, file, codes)
  // A plan that is off the patient or has ended asks for nothing any more.
  const asking = file.authorizations.filter(({ coverageId }) => {
    const held = coverageOf(file, coverageId)
    return !held || (!held.isRemoved && whyNotCovered(held.coverage, context.today) === null)
  })
  const why = waitsFor(asking, answer, file.record.coverageId)
  if (why === null) return ''
  if (reason === '')
    throw new AppError('REFUSED', `${why} To record the treatment anyway, give a reason.`, {
      reasons: [why],
      overridable: true,
    })
  return `Treated despite it: ${why} Reason: ${reason}`
}
