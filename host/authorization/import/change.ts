// What next week's log says anew, applied to requests on file as a person would record it: step by step, with history.
import { isApproved } from '#core/authorization/lifecycle.ts'
import type { AuthorizationLine } from '#core/authorization/schema.ts'
import { labelOf } from '#core/authorization-import/fields.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { openRequest } from '../open.ts'
import { takeStep } from '../step.ts'
import { updateRequest } from '../update.ts'
import type { ChangedRow, SortedRows } from './sort-rows.ts'
import { BY_IMPORT, grantedAs } from './write.ts'

/** Requests after which what was touched is derived and let go of. */
const TOGETHER = 100

/** Applies the changes of each request, all its rows together. @throws REFUSED, with nothing kept */
export async function applyChanges(context: CommandContext, changed: SortedRows['changed']): Promise<void> {
  for (const [index, rows] of changed.entries()) {
    await applyTo(context, rows)
    if (index % TOGETHER === TOGETHER - 1) await context.settle(index + 1, changed.length)
  }
}

const GRANTS = ['approve', 'approve_modified', 'extend']

async function applyTo(context: CommandContext, rows: SortedRows['changed'][number]): Promise<void> {
  const [{ request, steps, details, changes }] = rows
  const { id } = request
  // Number and validity come with the approval, which reckons its end from them; else with the last step.
  const grant = steps.findIndex(({ event }) => GRANTS.includes(event))
  const telling = grant < 0 ? steps.length - 1 : grant
  for (const [index, { event, on }] of steps.entries()) {
    const { authorization } = await openRequest(context, id)
    await takeStep(context, {
      id,
      version: authorization.version,
      event,
      on,
      note: BY_IMPORT,
      gapReason: event === 'submit' ? BY_IMPORT : '',
      details: { ...(index === telling && details), ...(event === 'extend' && { contact: BY_IMPORT }) },
      ...(index === grant && { lines: authorization.lines.map((line) => granted(line, rows)) }),
    })
  }
  if (steps.length > 0) return
  const { authorization } = await openRequest(context, id)
  const isPaid = rows.some((one) => one.approvedCents !== null) && isApproved(authorization.state)
  await updateRequest(context, {
    id,
    version: authorization.version,
    details,
    ...(isPaid && { lines: authorization.lines.map((line) => granted(line, rows)) }),
    says: `Changed by the office’s own list: ${changes.map(({ field }) => labelOf(field)).join(', ')}`,
  })
}

function granted(line: AuthorizationLine, rows: readonly ChangedRow[]) {
  const row = rows.find((one) => one.request.lineId === line.id)
  return { ...line, ...grantedAs(line, row?.approvedCents ?? row?.row.approvedCents ?? line.approvedCents) }
}
