// The Claim step: filled from the case, checked, sent, kept as sent.
import { enclosuresOf } from '#core/case/billing.ts'
import type { StoredClaim } from '#core/case/contents.ts'
import { decisionsOf } from '#core/case/decisions.ts'
import type { Documentation } from '#core/case/documentation.ts'
import { electronicClaim } from '#core/case/claim-file-parts.ts'
import { claimLife } from '#core/claim/lifecycle.ts'
import { checkElectronic } from '#core/claim/electronic.ts'
import type { ClaimEvent, ClaimFinding, ClaimState } from '#core/claim/schema.ts'
import type { claimRoutes } from '#core/contract/claim.ts'
import { type CaseFile, openCase } from '#host/case/case-file.ts'
import { canTakeBack } from '#host/case/last-step.ts'
import { documentationIn } from '#host/case/documentation.ts'
import type { HandlersOf, QueryContext } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { expectationOf, setTerms } from '#host/remittance/expectation.ts'
import { draftClaim, refillClaim, editClaim } from './draft.ts'
import { listAnswers } from './file-rows.ts'
import { findingsOf } from './findings.ts'
import { ageClaims, countClaims, pageClaims } from './list-rows.ts'
import { openClaim } from './open.ts'
import { takeClaimStep } from './step.ts'
import { undoClaimStep } from './undo.ts'

/** Posting the EOB adjudicates; by hand it would leave a decision without its lines. */
const offered = (state: ClaimState): ClaimEvent[] =>
  claimLife.eventsFrom(state).filter((event) => event !== 'adjudicate')

/** What stops every claim, and what only an electronic one lacks: good to know beside it. */
async function allFindings(
  context: QueryContext,
  file: CaseFile,
  documentation: Documentation,
  claim: StoredClaim,
): Promise<ClaimFinding[]> {
  if (claim.state !== 'draft' && claim.state !== 'rejected') return []
  const findings = await findingsOf(context, file, documentation, claim)
  const known = new Set(findings.map((finding) => finding.field))
  const source = electronicClaim(file, documentation, claim, decisionsOf(file, context.assets.reasons))
  const electronic = checkElectronic(source).filter((finding) => !known.has(finding.field))
  return [
    ...findings,
    ...electronic.map((finding) => ({
      ...finding,
      severity: 'info' as const,
      message: `For an electronic claim: ${finding.message}`,
    })),
  ]
}

export const claimHandlers = {
  'claim.forCase': async (context, { caseId }) => {
    const file = await openCase(context, caseId)
    const documentation = documentationIn(context, file)
    const enclosures = enclosuresOf(documentation)
    const claims = []
    for (const claim of file.claims) {
      const answers = await listAnswers(context.db, claim.id)
      claims.push({
        ...claim,
        findings: await allFindings(context, file, documentation, claim),
        events: offered(claim.state),
        canUndo: answers.length === 0 && canTakeBack(context, file, claim.id),
        enclosures: claim.form.enclosures ? enclosures : [],
        answers,
      })
    }
    return { claims }
  },
  'claim.create': async (context, input) => ({ id: await draftClaim(context, input) }),
  'claim.update': editClaim,
  'claim.refill': refillClaim,
  'claim.validate': async (context, { id }) => {
    const { file, claim } = await openClaim(context, id)
    return { findings: await findingsOf(context, file, documentationIn(context, file), claim) }
  },
  'claim.transition': async (context, input) => {
    if (input.event === 'adjudicate') refuse(['Post the EOB: that records the decision with its lines.'])
    await takeClaimStep(context, input)
  },
  'claim.undo': undoClaimStep,
  'claim.expected': async (context, { id }) => {
    const { file, claim } = await openClaim(context, id)
    return expectationOf(context, file, claim)
  },
  'claim.setExpected': async (context, { id, terms, source }) => {
    const { file, claim } = await openClaim(context, id)
    if (terms.lines.length !== claim.lines.length) refuse(['The claim has changed. Look at its lines again.'])
    const before = await expectationOf(context, file, claim)
    const planCents = await setTerms(context, file, claim, terms, source || `Entered by ${context.user.name}`)
    context.audit({
      entity: 'claim',
      entityId: id,
      before: { expected: before.expected?.totals?.planCents },
      after: { planCents },
    })
  },
  'claim.ageing': async ({ db, today }) => ({ ages: await ageClaims(db, today) }),
  'claim.list': async ({ db, today }, input) => ({
    ...(await pageClaims(db, input, today)),
    counts: await countClaims(db, today),
  }),
} satisfies HandlersOf<keyof typeof claimRoutes>
