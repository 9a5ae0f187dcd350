// What speaks against sending a claim that is not sent yet.
import { authorizationFor, claimedUnder, earlierLines, enclosuresOf } from '#core/case/billing.ts'
import { coverageOf, payerOf, type StoredClaim } from '#core/case/contents.ts'
import { decisionsOf } from '#core/case/decisions.ts'
import type { Documentation } from '#core/case/documentation.ts'
import { outdatedNarrative } from '#core/case/narrative-draft.ts'
import { openDecisions, plansOf } from '#core/case/plans.ts'
import { changesOf } from '#core/claim/against-case.ts'
import type { ClaimFinding } from '#core/claim/schema.ts'
import { validateClaim } from '#core/claim/validate.ts'
import { firstSendingOf } from './first-sending.ts'
import { needOf } from '#host/authorization/need.ts'
import type { CaseFile } from '#host/case/case-file.ts'
import { answersFor } from '#host/case/payer-answers.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { latestOf } from '#core/dates.ts'

/** What speaks against sending a claim that is not sent yet; a sent one is kept as it was. */
export async function findingsOf(
  context: QueryContext,
  file: CaseFile,
  documentation: Documentation,
  claim: StoredClaim,
): Promise<ClaimFinding[]> {
  if (claim.state !== 'draft' && claim.state !== 'rejected') return []
  const { record, visits, history } = file
  const { assets, today } = context
  const need = await needOf(context, file, documentation.codes)
  const authorization = authorizationFor(file, claim.coverageId, claim.lines)
  const codes = claim.lines.map((line) => line.code)
  const found = validateClaim(claim.form, claim.lines, {
    guide: documentation.guide,
    facts: documentation.facts,
    today,
    need: need.answer,
    authorization,
    claimedBefore: authorization ? claimedUnder(file, authorization, claim) : [],
    coverage: coverageOf(file, claim.coverageId)?.coverage ?? null,
    trauma: documentation.facts['trauma'] === true,
    hasAttachments: enclosuresOf(documentation).length > 0,
    outdated: outdatedNarrative(file, documentation, claim.form.remarks),
    firstSending: claim.replacesId === null ? null : await firstSendingOf(context, file, claim),
    payer: payerOf(file, claim.coverageId),
    completedOn: record.treatment === 'done' ? (latestOf(visits.flatMap((visit) => visit.doneOn ?? [])) ?? null) : null,
    icd: assets.diagnoses,
    codeSet: assets,
    history: [...history, ...earlierLines(file, claim)],
    providerId: record.providerId,
    answers: await answersFor(context, file, claim.coverageId, codes),
  })
  const open = openDecisions(claim, plansOf(file, claim, decisionsOf(file, assets.reasons)))
  const isBlock = ({ severity }: ClaimFinding) => severity === 'block'
  return [...found.filter(isBlock), ...open, ...changesOf(file, claim), ...found.filter((one) => !isBlock(one))]
}
