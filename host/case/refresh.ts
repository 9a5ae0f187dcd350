// After every command that touches cases: what derives from them is derived anew, in the same transaction.
import { derive, type Derived } from '#core/case/derive.ts'
import type { CaseId } from '#core/ids.ts'
import { keepStale, replaceAuthorizationLines } from '#host/authorization/rows.ts'
import { replaceWork } from '#host/authorization/worklist-rows.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { readSettings } from '#host/office/settings.ts'
import { indexTerms, presentTerms } from '#host/patient/search-rows.ts'
import { type CaseFile, openCases, putAway } from './case-file.ts'
import { setDerived } from './rows.ts'
import { replaceClocks } from './task-rows.ts'

/** Cases that are held in memory at once. */
const TOGETHER = 100

/** Derives these cases anew and keeps what lists and clocks read. */
export async function refreshCases(context: CommandContext, ids: readonly CaseId[]): Promise<void> {
  const { holidays } = await readSettings(context)
  for (let from = 0; from < ids.length; from += TOGETHER) {
    await context.step(from, ids.length)
    const some = ids.slice(from, from + TOGETHER)
    const files = await openCases(context, some)
    const present = await presentTerms(
      context.db,
      files.map((file) => file.patientId),
    )
    for (const file of files) {
      const { assets, today } = context
      const guide = assets.guides.get(file.record.guideId)
      const derived = derive(file, { guide, reasons: assets.reasons, holidays, today })
      await keep(context, file, derived)
      const { id: entityId, patientId } = file
      await indexTerms(context.tx, { kind: 'case', entityId, patientId }, present.get(entityId) ?? [], derived.terms)
    }
    if (ids.length > TOGETHER) putAway(context, some)
  }
}

async function keep({ tx, newId }: CommandContext, file: CaseFile, derived: Derived): Promise<void> {
  const { id, record } = file
  await setDerived(tx, id, {
    main_code: derived.mainCode,
    status: derived.status,
    progress: derived.progress,
    fee_cents: derived.feeCents,
  })
  const { payerId, asked } = derived
  await replaceClocks(tx, { id, payerId, asked, providerId: record.providerId }, derived.clocks)
  await replaceWork(tx, id, derived.work)
  for (const [requestId, lines] of derived.drafts)
    await replaceAuthorizationLines(tx, requestId, lines, () => newId<string>())
  for (const [requestId, { stale }] of derived.approvals) {
    const kept = file.approvals.get(requestId)!.stale
    if (JSON.stringify(kept) !== JSON.stringify(stale)) await keepStale(tx, requestId, stale)
  }
}
