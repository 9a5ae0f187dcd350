// What staff fill in on a request beside its steps.
import { authorizationLife } from '#core/authorization/lifecycle.ts'
import { isDraft } from '#core/authorization/request.ts'
import type { ParsedInputOf } from '#core/contract/index.ts'
import { checkCoverage } from '#host/case/own-coverage.ts'
import { finishWork } from '#host/case/finish.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { openRequest } from './open.ts'
import { type AuthorizationChanges, replaceAuthorizationLines, updateAuthorization } from './rows.ts'
import { checkDates } from './step.ts'

type Input = ParsedInputOf<'authorization.update'> & {
  /** What the case's history says of it; else only a call to the patient is said. */
  says?: string
}

/** @throws REFUSED, INVALID_INPUT, CONFLICT */
export async function updateRequest(
  context: CommandContext,
  { id, version, details, lines, says }: Input,
): Promise<void> {
  const { file, authorization: before } = await openRequest(context, id)
  checkCoverage(file, details.coverageId)
  checkDates(before, { ...before, ...details })
  if (lines && isDraft(before.state)) refuse(['A request that is not sent follows the case. Change its lines there.'])
  if (before.state === 'expired' && details.validTo && details.validTo !== before.validTo)
    refuse([`It is marked as expired. Record “${authorizationLife.events.extend}” instead.`])
  // A form sends every field back: only a date that changed was typed by somebody.
  const typed = (field: 'expectedOn' | 'validTo') => details[field] !== undefined && details[field] !== before[field]
  const changes: AuthorizationChanges = {
    details,
    ...(typed('expectedOn') ? { expectedBasis: details.expectedOn ? 'Entered by the office' : '' } : {}),
    ...(typed('validTo') ? { validBasis: details.validTo ? 'From the decision' : '' } : {}),
  }
  await file.write(context, ['authorizations'], async (tx) => {
    await updateAuthorization(tx, id, version, changes, context)
    if (lines) await replaceAuthorizationLines(tx, id, lines, () => context.newId<string>())
  })
  const called = details.patientCalledOn && details.patientCalledOn !== before.patientCalledOn
  const event = called
    ? { on: details.patientCalledOn!, text: 'Patient called about the decision' }
    : says
      ? { text: says }
      : null
  await finishWork(context, file, {
    ...(event ? { event: { kind: 'authorization', ...event } } : {}),
    audit: { entity: 'authorization', entityId: id, before, after: { details, lines } },
  })
}
