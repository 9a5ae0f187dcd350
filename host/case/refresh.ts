// After every command that touches cases: what derives from them is derived anew, in the same transaction.
import { derive, type Derived } from '#core/case/derive.ts'
import type { CaseId } from '#core/ids.ts'
import { keepStale, replaceAuthorizationLines } from '#host/authorization/rows.ts'
import { toWorkRow } from '#host/authorization/worklist-rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { readSettings } from '#host/office/settings.ts'
import { indexTerms, presentTerms } from '#host/patient/search-rows.ts'
import { type CaseFile, guideOf, openCases, putAway } from './case-file.ts'
import { rewriteRows, setDerived } from './derived-rows.ts'
import { clockRow } from './task-rows.ts'

/** Cases that are held in memory at once. */
const TOGETHER = 100

/** Derives these cases anew and keeps what lists and clocks read. */
export async function refreshCases(context: CommandContext, ids: readonly CaseId[]): Promise<void> {
  const { holidays } = await readSettings(context)
  for (let from = 0; from < ids.length; from += TOGETHER) {
    await context.step(from, ids.length)
    const some = ids.slice(from, from + TOGETHER)
    const files = await openCases(context, some)
    const derived = []
    for (const file of files) {
      const { assets, today } = context
      const guide = guideOf(context, file)
      derived.push({ file, ...derive(file, { guide, reasons: assets.reasons, holidays, today }) })
      await context.step(from, ids.length)
    }
    await keep(context, derived)
    putAway(context, some)
  }
}

/** Writes what differs of several cases, a table at a time. */
async function keep({ tx, newId }: CommandContext, cases: readonly (Derived & { file: CaseFile })[]): Promise<void> {
  const clocks = cases.map(({ file, payerId, asked, clocks }) => {
    const owner = { id: file.id, payerId, asked, providerId: file.record.providerId }
    return [file.id, clocks.map((clock) => clockRow(owner, clock))] as const
  })
  await rewriteRows(tx, 'clock', new Map(clocks))
  const work = cases.map(({ file, work }) => [file.id, work.map((item) => toWorkRow(file.id, item))] as const)
  await rewriteRows(tx, 'authorization_work', new Map(work))
  const present = await presentTerms(
    tx,
    cases.map(({ file }) => file.patientId),
  )
  await indexTerms(
    tx,
    cases.map(({ file: { id: entityId, patientId }, terms }) => {
      return { kind: 'case', entityId, patientId, present: present.get(entityId) ?? [], terms }
    }),
  )
  for (const { file, drafts, approvals } of cases) {
    for (const [requestId, lines] of drafts)
      await replaceAuthorizationLines(tx, requestId, lines, () => newId<string>())
    for (const [requestId, { stale }] of approvals) {
      const kept = file.approvals.get(requestId)!.stale
      if (JSON.stringify(kept) !== JSON.stringify(stale)) await keepStale(tx, requestId, stale)
    }
  }
  for (const { file, mainCode, status, progress, feeCents } of cases) {
    const columns = { main_code: mainCode, status, progress, fee_cents: feeCents }
    if (await setDerived(tx, file.id, file.derived, columns)) file.forget('head')
  }
}
