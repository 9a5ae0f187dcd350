// The claim, EOB and appeal of an invented case.
import type { IsoDate } from '#core/dates.ts'
import type { AppealId, ClaimId, RemittanceId } from '#core/ids.ts'
import { expectedOf } from '#core/remittance/expected.ts'
import type { LineOutcome } from '#core/remittance/schema.ts'
import { officeTime } from './calendar.ts'
import { type CaseDraft, type Move, move, stampOn, tell } from './case-draft.ts'
import { fillSeedForm } from './claim-form.ts'
import { decideAsPayer, type Denial, pickDenial, seedTerms } from './payer-decision.ts'

/** The claim, and what the payer answered. */
export function writeClaim(draft: CaseDraft): void {
  const { story, bulk, random, calendar } = draft
  const { state, procedure, claimedOn } = story
  const coverage = draft.patient.coverage
  if (!state.claim || !coverage) return
  const id = random.id<ClaimId>(claimedOn)
  const sent = state.claim !== 'draft'
  const number = draft.nextClaim()
  const total = draft.lines.reduce((sum, line) => sum + line.feeCents, 0)
  const payerNumber = state.eob ? `P${random.digits(9)}` : ''
  const form = fillSeedForm(draft.office, draft.patient, {
    authorizationNumber: draft.authorization?.reference ?? '',
    diagnosis: procedure.icd,
    remarks: procedure.diagnosis,
    signedOn: story.createdOn,
  })
  bulk.insert('claim', {
    id,
    case_id: draft.id,
    coverage_id: coverage.id,
    authorization_id: draft.authorization?.id ?? null,
    number,
    state: state.claim,
    form_json: JSON.stringify(form),
    total_cents: total,
    sent_on: sent ? claimedOn : null,
    channel: sent ? 'electronic' : null,
    send_reason: '',
    frequency: 'original',
    replaces_id: null,
    payer_claim_number: payerNumber,
    created_at: officeTime(claimedOn, '10:00'),
    ...stampOn(draft, claimedOn),
  })
  const lineIds = draft.lines.map((line, at) => {
    const lineId = random.id<string>(claimedOn)
    bulk.insert('claim_line', {
      id: lineId,
      claim_id: id,
      seq: at + 1,
      line_id: line.id,
      service_date: line.serviceDate,
      area: draft.area,
      tooth: draft.tooth,
      surfaces: '',
      code: line.code,
      diagnosis_pointers: 'A',
      quantity: 1,
      description: '',
      fee_cents: line.feeCents,
    })
    return lineId
  })
  draft.words.push(number, payerNumber)
  const firstService = draft.lines.flatMap((line) => line.serviceDate ?? []).sort()[0]
  const filing = coverage.plan.payer.filingDays
  draft.dated.claims.push({
    id,
    isOpen: false,
    state: state.claim,
    replacesId: null,
    sentOn: sent ? claimedOn : null,
    timelyFilingOn: filing && firstService ? calendar.plus(firstService, filing) : null,
  })
  const moves: Move[] = sent ? [['send', 'draft', 'sent', claimedOn]] : []
  if (state.claim === 'rejected') moves.push(['reject', 'sent', 'rejected', story.lastOn])
  if (state.eob) moves.push(['adjudicate', 'sent', 'adjudicated', story.eobOn])
  if (state.claim === 'closed') moves.push(['close', 'adjudicated', 'closed', story.lastOn])
  move(draft, 'claim', id, moves)
  if (sent) tell(draft, claimedOn, 'claim', 'Claim sent electronically')
  if (state.claim === 'rejected') tell(draft, story.lastOn, 'claim', 'Claim rejected by the payer')
  if (!sent) return
  const expectedCents = writeExpectation(draft, id, lineIds)
  const { eob, appeal } = state
  if (!eob) return
  const denial = pickDenial(random, eob, { isAppealed: appeal !== null, isClosed: state.closed !== '' })
  const claim = { id, lineIds, expectedCents }
  const remittanceId = writeEob(draft, claim, { outcome: eob, on: story.eobOn, denial })
  if (!denial || !appeal) return
  writeAppeal(draft, id, remittanceId, denial)
  if (appeal === 'won') writeEob(draft, claim, { outcome: 'paid', on: story.appealAnsweredOn, denial: null })
}

/** What the plan should pay, kept when the claim went out; null and not kept where its class is not known. */
function writeExpectation(draft: CaseDraft, claimId: ClaimId, lineIds: readonly string[]): number | null {
  const { plan } = draft.patient.coverage!
  const terms = seedTerms(plan, draft.lines)
  if (terms.lines.every((line) => line.percent === null)) return null
  const billed = draft.lines.map(({ code, feeCents }, at) => ({
    id: lineIds[at]!,
    code,
    tooth: draft.tooth,
    billedCents: feeCents,
  }))
  const planCents = expectedOf(billed, terms).totals?.planCents ?? null
  draft.bulk.insert('expectation', {
    claim_id: claimId,
    terms_json: JSON.stringify(terms),
    plan_cents: planCents,
    source: `${plan.name}: ${plan.percent} % of endodontics, deductible $50.00. Fee schedule of ${plan.payer.name}, invented`,
    recorded_by: draft.user,
    recorded_at: officeTime(draft.story.claimedOn, '10:00'),
  })
  return planCents
}

interface SentClaim {
  id: ClaimId
  lineIds: readonly string[]
  expectedCents: number | null
}
function writeEob(
  draft: CaseDraft,
  claim: SentClaim,
  { outcome, on: eobOn, denial }: { outcome: LineOutcome; on: IsoDate; denial: Denial | null },
): RemittanceId {
  const { bulk, random, calendar } = draft
  const { plan } = draft.patient.coverage!
  const id = random.id<RemittanceId>(eobOn)
  const answers = draft.lines.map((line, at) => ({
    line,
    at,
    money: decideAsPayer(outcome, { fee: line.feeCents, isFirst: at === 0 }, plan, denial),
  }))
  const paid = answers.reduce((sum, { money }) => sum + money.paid, 0)
  const informationDueOn = outcome === 'info_requested' ? calendar.plus(eobOn, 30) : null
  bulk.insert('remittance', {
    id,
    case_id: draft.id,
    claim_id: claim.id,
    eob_date: eobOn,
    received_on: eobOn,
    payer_claim_number: '',
    payment_number: paid > 0 ? `E${random.digits(8)}` : '',
    method: paid > 0 ? 'eft' : 'none',
    appeal_days_on_letter: outcome === 'denied' ? 60 : null,
    information_due_on: informationDueOn,
    note: '',
    paid_cents: paid,
    paid_at_claim_cents: 0,
    interest_cents: 0,
    withheld_cents: 0,
    check_total_cents: null,
    outcome,
    expected_plan_cents: claim.expectedCents,
    reversed_at: null,
    reversal_reason: '',
    entered_by: draft.user,
    entered_at: officeTime(eobOn, '10:00'),
  })
  for (const { line, at, money } of answers) {
    const lineId = random.id<string>(eobOn)
    bulk.insert('remittance_line', {
      id: lineId,
      remittance_id: id,
      seq: at + 1,
      claim_line_id: claim.lineIds[at]!,
      code: line.code,
      submitted_code: null,
      tooth: draft.tooth,
      billed_cents: line.feeCents,
      allowed_cents: money.allowed,
      deductible_cents: money.deductible,
      coinsurance_cents: money.coinsurance,
      paid_cents: money.paid,
      outcome,
      cause: money.cause,
    })
    for (const [seq, { group, carc, cents }] of money.adjustments.entries())
      bulk.insert('adjustment', {
        id: random.id<string>(eobOn),
        remittance_line_id: lineId,
        seq: seq + 1,
        group_code: group,
        carc,
        cents,
      })
    for (const [seq, rarc] of money.remarks.entries())
      bulk.insert('remark', { remittance_line_id: lineId, seq: seq + 1, rarc })
  }
  const appealUntil = outcome === 'denied' ? { appealUntil: calendar.plus(eobOn, 60) } : {}
  draft.dated.remittances.push({
    id,
    claimId: claim.id,
    outcome,
    eobDate: eobOn,
    informationDueOn,
    isOpen: false,
    ...appealUntil,
  })
  tell(draft, eobOn, 'remittance', `EOB posted: ${outcome.replaceAll('_', ' ')}`)
  return id
}

function writeAppeal(draft: CaseDraft, claimId: ClaimId, remittanceId: RemittanceId, denial: Denial): void {
  const { story, bulk, random, calendar } = draft
  const state = story.state.appeal!
  const createdOn = state === 'draft' ? story.lastOn : story.appealedOn
  const id = random.id<AppealId>(createdOn)
  const deadline = {
    on: calendar.plus(story.eobOn, 60),
    days: 60,
    countedFrom: story.eobOn,
    basis: 'letter',
    source: 'Printed on the EOB',
    confidence: 'confirmed',
  }
  const sentOn = state === 'draft' ? null : story.appealedOn
  const decided = ['won', 'partly_won', 'lost'].includes(state)
  bulk.insert('appeal', {
    id,
    case_id: draft.id,
    claim_id: claimId,
    remittance_id: remittanceId,
    level: 'first',
    state,
    deadline_on: deadline.on,
    deadline_json: JSON.stringify(deadline),
    letter_json: JSON.stringify({
      quotedReason: denial.words,
      request: 'Please review this decision and pay the claim as submitted.',
      body: `${story.procedure.diagnosis} ${story.procedure.found}`,
      noteIds: [],
      enclosureIds: [],
    }),
    sent_on: sentOn,
    channel: sentOn ? 'mail' : null,
    decided_on: decided ? story.appealAnsweredOn : null,
    outcome_note: '',
    created_at: officeTime(createdOn, '10:00'),
    ...stampOn(draft, decided ? story.appealAnsweredOn : createdOn),
  })
  draft.dated.appeals.push({
    id,
    claimId,
    state,
    deadlineOn: deadline.on,
    deadlineSource: deadline.source,
    sentOn,
    decidedOn: decided ? story.appealAnsweredOn : null,
  })
  if (!sentOn) return tell(draft, createdOn, 'appeal', 'Appeal letter begun')
  tell(draft, sentOn, 'appeal', 'Appeal sent by mail')
  const moves: Move[] = [['send', 'draft', 'sent', sentOn]]
  if (decided) {
    moves.push([state === 'lost' ? 'lose' : 'win', 'sent', state, story.appealAnsweredOn])
    tell(draft, story.appealAnsweredOn, 'appeal', state === 'lost' ? 'Appeal: decision upheld' : 'Appeal won')
  }
  move(draft, 'appeal', id, moves)
}
