// The request, claim, EOB and appeal of an invented case.
import { type ApprovalBasis, staleReasons } from '#core/authorization/stale.ts'
import { expectedAnswer } from '#core/authorization/terms.ts'
import type { AppealId, AuthorizationId, ClaimId, RemittanceId } from '#core/ids.ts'
import { type CaseDraft, type Move, move, stampOn, tell } from './case-draft.ts'
import { fillSeedForm } from './claim-form.ts'

const PAST_SENT = ['approved', 'approved_modified', 'denied', 'appealed', 'expired', 'used']

/** An approval of the case as it is, but for a fee that has gone up since. */
function raisedFee(draft: CaseDraft, { id, memberId, plan }: NonNullable<CaseDraft['patient']['coverage']>) {
  const now: ApprovalBasis = {
    coverageId: id,
    planId: plan.id,
    memberId,
    annualMaxCents: plan.annualMaxCents,
    providerId: draft.provider,
    fees: draft.lines.map(({ code, feeCents }) => ({ code, feeCents })),
  }
  const basis = { ...now, fees: now.fees.map((fee) => ({ ...fee, feeCents: fee.feeCents - 4000 })) }
  return { basis, reasons: staleReasons(basis, now) }
}

/** The authorization request up to the state of the case. */
export function writeAuthorization(draft: CaseDraft): void {
  const { story, bulk, random, calendar } = draft
  const state = story.state.authorization
  const coverage = draft.patient.coverage
  if (!state || !coverage) return
  const id = random.id<AuthorizationId>(story.decidedOn)
  const sent = state !== 'drafting'
  const decided = PAST_SENT.includes(state)
  const granted = decided && state !== 'denied' && state !== 'appealed'
  const reference = sent ? `A${random.digits(7)}` : ''
  const createdOn = sent ? story.requestedOn : story.lastOn
  const booked = story.visits.find((visit) => visit.plannedOn && !visit.doneOn)?.plannedOn ?? null
  const called = story.state.name === 'approved' || !granted ? null : story.answeredOn
  // Only a request that is still with the payer shows when its answer is due.
  const expected =
    state === 'submitted'
      ? expectedAnswer(
          story.requestedOn,
          { ...coverage.plan.payer, usualAnswerDays: coverage.plan.payer.answerDays, source: '' },
          [],
        )
      : null
  const validTo = granted ? calendar.plus(story.answeredOn, 180) : null
  const { kind, twist } = story.state
  const stale = twist === 'fee_changed' && coverage ? raisedFee(draft, coverage) : null
  const row = {
    sentOn: sent ? story.requestedOn : null,
    expectedOn: expected?.on ?? null,
    expectedBasis: expected?.basis ?? '',
    infoDueOn: state === 'info_requested' ? calendar.plus(story.answeredOn, 10) : null,
    decidedOn: decided ? story.answeredOn : null,
    validTo,
    validBasis: granted ? 'Letter' : '',
    patientCalledOn: called,
    bookedFor: validTo && twist === 'booked_late' ? calendar.plus(validTo, 10) : granted ? booked : null,
  }
  bulk.insert('authorization', {
    id,
    case_id: draft.id,
    coverage_id: coverage.id,
    kind,
    state,
    channel: sent ? 'portal' : null,
    reference,
    contact: '',
    sent_on: row.sentOn,
    expected_on: row.expectedOn,
    expected_basis: row.expectedBasis,
    info_due_on: row.infoDueOn,
    decided_on: row.decidedOn,
    valid_from: granted ? story.answeredOn : null,
    valid_to: row.validTo,
    valid_basis: row.validBasis,
    patient_called_on: row.patientCalledOn,
    booked_for: row.bookedFor,
    note: '',
    approval_json: stale ? JSON.stringify(stale.basis) : null,
    stale_json: stale ? JSON.stringify(stale.reasons) : null,
    stale_since: stale ? story.answeredOn : null,
    changes_answer: null,
    changes_answered_on: null,
    created_at: `${createdOn}T15:00:00.000Z`,
    ...stampOn(draft, row.decidedOn ?? createdOn),
  })
  for (const [at, line] of draft.lines.entries()) {
    const cut = state === 'approved_modified' && at === draft.lines.length - 1
    bulk.insert('authorization_line', {
      id: random.id(createdOn),
      authorization_id: id,
      seq: at + 1,
      line_id: line.id,
      code: line.code,
      tooth: draft.tooth,
      quantity: 1,
      fee_cents: line.feeCents,
      approved_code: granted ? line.code : null,
      approved_tooth: granted ? draft.tooth : null,
      approved_quantity: granted ? 1 : null,
      approved_cents: granted ? Math.round(line.feeCents * (cut ? 0.4 : 0.64)) : null,
      patient_cents: null,
    })
  }
  if (granted) draft.authorization = { id, reference }
  if (reference) draft.words.push(reference)
  draft.dated.authorizations.push({
    id,
    kind,
    state,
    createdOn,
    usualDays: coverage.plan.payer.answerDays,
    stale: stale ? { since: story.answeredOn, reasons: stale.reasons } : null,
    changesOpen: state === 'approved_modified',
    mismatches: [],
    ...row,
  })
  move(draft, 'authorization', id, authorizationMoves(draft))
  if (sent) tell(draft, story.requestedOn, 'authorization', 'Authorization request sent by portal')
  if (decided)
    tell(draft, story.answeredOn, 'authorization', granted ? 'Authorization approved' : 'Authorization denied')
  if (state === 'info_requested') tell(draft, story.lastOn, 'authorization', 'Payer asks for information')
}

function authorizationMoves({ story, calendar }: CaseDraft): Move[] {
  const { state, requestedOn, answeredOn, lastOn } = { ...story, state: story.state.authorization! }
  const submit: Move = ['submit', 'drafting', 'submitted', requestedOn]
  const approve: Move = ['approve', 'submitted', 'approved', answeredOn]
  const deny: Move = ['deny', 'submitted', 'denied', answeredOn]
  switch (state) {
    case 'submitted':
      return [submit]
    case 'info_requested':
      return [submit, ['request_info', 'submitted', 'info_requested', lastOn]]
    case 'approved':
      return [submit, approve]
    case 'approved_modified':
      return [submit, ['approve_modified', 'submitted', 'approved_modified', answeredOn]]
    case 'expired':
      return [submit, approve, ['expire', 'approved', 'expired', calendar.plus(answeredOn, 181)]]
    case 'used':
      return [submit, approve, ['use', 'approved', 'used', story.state.claim ? story.claimedOn : lastOn]]
    case 'denied':
      return [submit, deny]
    case 'appealed':
      return [submit, deny, ['appeal', 'denied', 'appealed', lastOn]]
    default:
      return []
  }
}

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
    enclosures: true,
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
    created_at: `${claimedOn}T15:00:00.000Z`,
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
  if (state.eob) writeEob(draft, id, lineIds)
}

interface Money {
  allowed: number
  deductible: number
  coinsurance: number
  paid: number
  adjustments: { group: 'CO' | 'PR'; carc: string; cents: number }[]
  remarks: string[]
  cause: string | null
}

/** How a payer splits the fee of a line; adjustments and payment always add up to the fee. */
function judge(outcome: string, fee: number, first: boolean): Money {
  const nothing = { deductible: 0, coinsurance: 0, paid: 0, remarks: [], cause: null }
  if (outcome === 'denied')
    return {
      ...nothing,
      allowed: 0,
      adjustments: [{ group: 'PR', carc: '96', cents: fee }],
      remarks: ['N130'],
      cause: 'not_covered',
    }
  if (outcome === 'info_requested')
    return {
      ...nothing,
      allowed: 0,
      adjustments: [{ group: 'CO', carc: '252', cents: fee }],
      remarks: ['N178'],
      cause: 'documentation',
    }
  const allowed = Math.round(fee * 0.8)
  const deductible = first ? 5000 : 0
  if (outcome === 'patient_only')
    return {
      ...nothing,
      allowed,
      deductible: allowed,
      adjustments: [
        { group: 'CO', carc: '45', cents: fee - allowed },
        { group: 'PR', carc: '1', cents: allowed },
      ],
    }
  const percent = outcome === 'partly_paid' ? 0.5 : 0.8
  const paid = Math.round((allowed - deductible) * percent)
  const coinsurance = allowed - deductible - paid
  return {
    ...nothing,
    allowed,
    deductible,
    coinsurance,
    paid,
    adjustments: [
      { group: 'CO' as const, carc: '45', cents: fee - allowed },
      { group: 'PR' as const, carc: '1', cents: deductible },
      { group: 'PR' as const, carc: '2', cents: coinsurance },
    ].filter((one) => one.cents > 0),
  }
}

function writeEob(draft: CaseDraft, claimId: ClaimId, claimLineIds: readonly string[]): void {
  const { story, bulk, random, calendar } = draft
  const { eobOn } = story
  const outcome = story.state.eob!
  const id = random.id<RemittanceId>(eobOn)
  const answers = draft.lines.map((line, at) => ({ line, at, money: judge(outcome, line.feeCents, at === 0) }))
  const paid = answers.reduce((sum, { money }) => sum + money.paid, 0)
  const informationDueOn = outcome === 'info_requested' ? calendar.plus(eobOn, 30) : null
  bulk.insert('remittance', {
    id,
    case_id: draft.id,
    claim_id: claimId,
    eob_date: eobOn,
    received_on: eobOn,
    payer_claim_number: '',
    payment_number: paid > 0 ? `E${random.digits(8)}` : '',
    method: paid > 0 ? 'eft' : 'none',
    appeal_days_on_letter: outcome === 'denied' ? 60 : null,
    information_due_on: informationDueOn,
    note: '',
    paid_cents: paid,
    outcome,
    expected_plan_cents: null,
    reversed_at: null,
    reversal_reason: '',
    entered_by: draft.user,
    entered_at: `${eobOn}T15:00:00.000Z`,
  })
  for (const { line, at, money } of answers) {
    const lineId = random.id<string>(eobOn)
    bulk.insert('remittance_line', {
      id: lineId,
      remittance_id: id,
      seq: at + 1,
      claim_line_id: claimLineIds[at]!,
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
  draft.dated.remittances.push({ id, claimId, outcome, eobDate: eobOn, informationDueOn, openCents: 0 })
  tell(draft, eobOn, 'remittance', `EOB posted: ${outcome.replaceAll('_', ' ')}`)
  if (story.state.appeal) writeAppeal(draft, claimId, id)
}

function writeAppeal(draft: CaseDraft, claimId: ClaimId, remittanceId: RemittanceId): void {
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
      quotedReason: 'Not a covered service under this plan.',
      request: 'Please review this decision and pay the claim as submitted.',
      body: `${story.procedure.diagnosis} ${story.procedure.found}`,
      noteIds: [],
      enclosureIds: [],
    }),
    sent_on: sentOn,
    channel: sentOn ? 'mail' : null,
    decided_on: decided ? story.appealAnsweredOn : null,
    outcome_note: '',
    created_at: `${createdOn}T15:00:00.000Z`,
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
