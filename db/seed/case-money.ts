// The claim, EOB and appeal of an invented case.
import type { AppealId, ClaimId, RemittanceId } from '#core/ids.ts'
import { type CaseDraft, type Move, move, stampOn, tell } from './case-draft.ts'
import { fillSeedForm } from './claim-form.ts'

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
  const appealUntil = outcome === 'denied' ? { appealUntil: calendar.plus(eobOn, 60) } : {}
  draft.dated.remittances.push({ id, claimId, outcome, eobDate: eobOn, informationDueOn, openCents: 0, ...appealUntil })
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
