// What next week's log says anew, applied to requests on file as a person would record it: step by step, with history.
import { labelOf } from '#core/authorization-import/fields.ts'
import { isApproved, standing } from '#core/authorization/lifecycle.ts'
import type { ImportedRow } from '#core/authorization-import/read-row.ts'
import type { AuthorizationLine } from '#core/authorization/schema.ts'
import { say } from '#host/case/finish.ts'
import { addTransition } from '#host/case/transition-rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import type { Changed } from '#host/import/rows.ts'
import type { RequestBefore } from '../import-rows.ts'
import type { AuthorizationId } from '#core/ids.ts'
import { openRequest } from '../open.ts'
import { restoreAuthorization, snapshotAuthorization } from '../rows.ts'
import { takeStep } from '../step.ts'
import { updateRequest } from '../update.ts'
import type { ChangedRow, SortedRows } from './sort-rows.ts'

export const BY_IMPORT = 'Imported from the office’s own list'

/** Requests after which what was touched is derived and let go of. */
const TOGETHER = 100

/** Applies the changes of each request, all its rows together. @returns how each was before. @throws REFUSED, with nothing kept */
export async function applyChanges(
  context: CommandContext,
  changed: SortedRows['changed'],
): Promise<Changed<RequestBefore>[]> {
  const done: Changed<RequestBefore>[] = []
  for (const [index, rows] of changed.entries()) {
    await context.step(index, changed.length)
    const { id } = rows[0].request
    const before = { ...(await snapshotAuthorization(context.db, id)), steps: rows[0].steps.length }
    await applyTo(context, rows)
    const { authorization } = await openRequest(context, id)
    done.push({ id, version: authorization.version, before })
    if (index % TOGETHER === TOGETHER - 1) await context.settle(index + 1, changed.length)
  }
  return done
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

/** A service as it was asked for; what a log calls approved is that. */
export const grantedAs = ({ code, tooth }: Pick<ImportedRow, 'code' | 'tooth'>, approvedCents: number | null) => ({
  approvedCode: code,
  approvedTooth: tooth,
  approvedQuantity: 1,
  approvedCents,
  patientCents: null,
})

/** Puts requests back as they were before an import changed them; its steps stay in their history, taken back. */
export async function takeChangesBack(
  context: CommandContext,
  changed: readonly Changed<RequestBefore>[],
  reason: string,
): Promise<void> {
  const note = ['The import was undone', reason].filter(Boolean).join(': ')
  for (const [index, { version, before, ...one }] of changed.entries()) {
    const id = one.id as AuthorizationId
    await context.step(index, changed.length)
    const { file, authorization } = await openRequest(context, id)
    const steps = standing(authorization.history)
    const taken = steps.slice(steps.length - before.steps)
    await file.write(context, ['authorizations', 'steps'], async (tx) => {
      await restoreAuthorization(tx, id, version, before, context)
      for (const { from, to } of taken.reverse()) {
        const undo = { event: 'undo', from: to, to: from, on: context.today, note }
        await addTransition(context, { caseId: file.id, entity: 'authorization', entityId: id, ...undo })
      }
    })
    await say(context, file, { kind: 'authorization', text: note })
    if (index % TOGETHER === TOGETHER - 1) await context.settle(index + 1, changed.length)
  }
}
