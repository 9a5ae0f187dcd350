// The status says who has the next move; the bar shows where the case is. Wrong words here send the desk the wrong way.
import { describe, expect, it } from 'vitest'
import type { CaseSnapshot } from '#core/case/dated-facts.ts'
import { progressOf, statusOf, stepsOf } from '#core/case/steps.ts'
import { appeal, authorization, claim, eob, snapshot } from './snapshot.ts'

const done = { treatment: 'done' as const }
const missing = { done: 5, total: 6, ready: false }
const approved = authorization({ state: 'approved', decidedOn: '2026-11-20', validTo: '2027-05-19' })
const denial = { ...done, claims: [claim()], remittances: [eob()] }
const PAID = { id: 'r2', outcome: 'paid' as const }
const paid = { ...denial, remittances: [eob(PAID)] }

describe('status', () => {
  it.each<[string, Partial<CaseSnapshot>]>([
    ['Choose the code', { decided: false, confirmed: false }],
    ['Dentist to confirm', { confirmed: false }],
    ['Is an authorization needed?', { need: 'unknown' }],
    ['Documentation missing', { need: 'yes', readiness: { authorization: missing, claim: missing } }],
    ['Ready to request authorization', { need: 'yes' }],
    ['Waiting: payer', { authorizations: [authorization()] }],
    ['Send information', { authorizations: [authorization({ state: 'info_requested' })] }],
    ['Authorization denied', { authorizations: [authorization({ state: 'denied' })] }],
    ['Approved: call the patient', { authorizations: [approved] }],
    ['Approved: treat', { authorizations: [{ ...approved, patientCalledOn: '2026-11-21' }] }],
    ['Planned', {}],
    ['Ready to send claim', done],
    ['Documentation missing', { ...done, readiness: { authorization: missing, claim: missing } }],
    ['Waiting: payer', { ...done, claims: [claim({ state: 'sent' })] }],
    ['Correct the claim', { ...done, claims: [claim({ state: 'rejected' })] }],
    ['Denied: decide next step', denial],
    ['Appeal due Dec 16, 2026', { ...denial, appeals: [appeal()] }],
    ['Write the appeal', { ...denial, appeals: [appeal({ deadlineOn: null })] }],
    ['Waiting: payer (appeal)', { ...denial, appeals: [appeal({ state: 'sent' })] }],
    ['Denied: decide next step', { ...denial, appeals: [appeal({ state: 'lost' })] }],
    [
      'Waiting: payer (appeal won)',
      { ...denial, appeals: [appeal({ state: 'won', decidedOn: denial.remittances[0]!.eobDate })] },
    ],
    ['Paid: close the case', { ...denial, isPatientPaid: true, remittances: [eob(), eob(PAID)] }],
    ['Bill the patient', { ...denial, remittances: [eob(), eob(PAID)] }],
    // Bug (C3): “Paid: close the case” while cents were open, a line undecided, or a service never billed.
    ['Paid: check what is open', { ...paid, isOpen: true }],
    ['Paid: check what is open', { ...paid, isOpen: true, claims: [claim({ isOpen: true })] }],
    ['Waiting: payer', { ...paid, isOpen: true, claims: [claim({ id: 'c0', state: 'sent' }), claim()] }],
    ['Denied: decide next step', { ...denial, isOpen: true, remittances: [eob({ isOpen: true }), eob(PAID)] }],
    ['Ready to send claim', { ...paid, isUnsent: true }],
    ['Planned', { ...paid, isUnsent: true, treatment: 'in_progress' }],
    ['Closed', { ...denial, state: 'closed' }],
  ])('%s', (expected, change) => {
    expect(statusOf(snapshot(change))).toBe(expected)
  })
  it('an approval that is over sends nobody to treat', () => {
    const called = snapshot({ authorizations: [{ ...approved, patientCalledOn: '2026-11-21' }] })
    expect(statusOf(called, '2027-05-19')).toBe('Approved: treat')
    expect(statusOf(called, '2027-05-20')).toBe('Approval ended')
  })
})

describe('row 44: the step a case is in', () => {
  it.each<[string, Partial<CaseSnapshot>]>([
    ['code', { decided: false, confirmed: false }],
    ['documentation', { need: 'yes', readiness: { authorization: missing, claim: missing } }],
    ['authorization', { authorizations: [authorization()] }],
    ['claim', done],
    ['claim', { ...done, claims: [claim({ state: 'draft', sentOn: null })] }],
    ['claim', { ...done, claims: [claim({ state: 'rejected' })] }],
    ['follow_up', { ...done, claims: [claim({ state: 'sent' })] }],
    ['follow_up', denial],
  ])('%s', (expected, change) => {
    expect(progressOf(snapshot(change))).toBe(expected)
  })
  it('C3: the last step is done when everything is settled, not before', () => {
    const last = (change: Partial<CaseSnapshot>) =>
      stepsOf(snapshot({ ...paid, isPatientPaid: true, ...change }), '2026-12-01')[4]
    expect(last({})).toMatchObject({ state: 'done', detail: 'paid' })
    expect(last({ isPatientPaid: false })).toMatchObject({ state: 'active', detail: 'paid' })
    expect(last({ isOpen: true })).toMatchObject({ state: 'active', detail: 'paid' })
    expect(last({ isUnsent: true })).toMatchObject({ state: 'active', detail: 'paid' })
  })
  it('an authorization nobody needs is not shown as open, one that expired asks for attention', () => {
    const step = (change: Partial<CaseSnapshot>) => stepsOf(snapshot(change), '2027-06-01')[2]
    expect(step({})).toMatchObject({ state: 'not_needed' })
    expect(step({ authorizations: [approved] })).toMatchObject({ state: 'attention', detail: 'expired' })
    expect(step({ authorizations: [approved], ...done })).toMatchObject({ state: 'done', detail: 'approved' })
    expect(step({ authorizations: [authorization()] })).toMatchObject({ state: 'active', detail: 'sent 211d' })
  })
})
