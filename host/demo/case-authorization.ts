// The authorization request of an invented case.
import { deadlineOf } from '#core/appeal/deadline.ts'
import { type ApprovalBasis, staleReasons } from '#core/authorization/stale.ts'
import { expectedAnswer } from '#core/authorization/terms.ts'
import type { AuthorizationId } from '#core/ids.ts'
import { Changeable, requestColumns } from '#host/authorization/rows.ts'
import { columnsOf } from '#host/kernel/columns.ts'
import { officeTime } from './calendar.ts'
import { type CaseDraft, type Move, move, tell } from './case-draft.ts'

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
  const { kind, twist } = story.state
  const { name, rules, answerDays } = coverage.plan.payer
  const payer = { name, ownAnswerDays: null, ownAnswers: 0, rules }
  // Only a request that is still with the payer shows when its answer is due.
  const expected = state === 'submitted' ? expectedAnswer(story.requestedOn, payer, kind, []) : null
  const validTo = granted ? calendar.plus(story.answeredOn, 180) : null
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
  const request = { id, caseId: draft.id, kind, coverageId: coverage.id, state }
  const stamp = { user: { id: draft.user }, now: officeTime(row.decidedOn ?? createdOn, '10:00') }
  bulk.insert('authorization', {
    ...requestColumns(request, stamp, columnsOf(Changeable, row)),
    channel: sent ? 'portal' : null,
    reference,
    valid_from: granted ? story.answeredOn : null,
    approval_json: stale ? JSON.stringify(stale.basis) : null,
    stale_json: stale ? JSON.stringify(stale.reasons) : null,
    stale_since: stale ? story.answeredOn : null,
    created_at: officeTime(createdOn, '10:00'),
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
    payerId: coverage.plan.payer.id,
    kind,
    state,
    createdOn,
    usual: answerDays === null ? null : { count: answerDays, unit: 'bd' },
    appealedOn: state === 'appealed' ? story.lastOn : null,
    appealUntil: state === 'denied' ? deadlineOf({ eobDate: story.answeredOn, daysOnLetter: null, payer }).on : null,
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
