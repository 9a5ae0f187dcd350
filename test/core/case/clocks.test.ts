// What rings and when: each reminder of domain.md 4 and every state in which a case could otherwise be forgotten.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeClock } from '#core/case/clock-words.ts'
import { clocksOf } from '#core/case/clocks.ts'
import { bucketOf, deadlineOf } from '#core/case/urgency.ts'
import type { CaseSnapshot } from '#core/case/dated-facts.ts'
import { anyCase, day } from './any-case.ts'
import { appeal, authorization, claim, eob, rings, snapshot, words } from './snapshot.ts'

const approved = authorization({ state: 'approved', decidedOn: '2026-11-20', validTo: '2027-05-19' })
const done = {
  treatment: 'done' as const,
  visits: [{ phase: 'final' as const, plannedOn: null, doneOn: '2026-11-02' }],
}

describe('authorization', () => {
  it('a needed request that nobody started rings two business days after the case', () => {
    expect(rings({ need: 'yes' })).toEqual(['unsent_authorization 2026-11-04'])
    expect(rings({ need: 'yes', createdOn: '2026-11-06' })).toEqual(['unsent_authorization 2026-11-10'])
  })
  it('a draft rings two business days after it was begun, holidays not counted', () => {
    const draft = authorization({ state: 'drafting', createdOn: '2026-11-25', sentOn: null })
    expect(rings({ authorizations: [draft], holidays: ['2026-11-26'] })).toEqual(['unsent_authorization 2026-11-30'])
  })
  it('row 28: no answer rings at the payer’s days plus two, else after fourteen business days', () => {
    expect(rings({ authorizations: [authorization({ usual: { count: 3, unit: 'bd' } })] })).toEqual([
      'no_answer 2026-11-09',
    ])
    expect(rings({ authorizations: [authorization()] })).toEqual(['no_answer 2026-11-20'])
    expect(rings({ authorizations: [authorization({ expectedOn: '2026-11-13' })] })).toEqual(['no_answer 2026-11-17'])
  })
  it('nobody is called or booked under an approval that is over', () => {
    const called = { authorizations: [{ ...approved, patientCalledOn: '2026-11-21' }] }
    expect(words({ authorizations: [approved] }, '2027-05-19', 'not_called').action).toBe('Call the patient')
    expect(words({ authorizations: [approved] }, '2027-05-20', 'not_called').action).toBe('Ask for an extension')
    expect(words(called, '2027-05-19', 'not_booked').action).toBe('Book the visit')
    expect(words(called, '2027-05-20', 'not_booked')).toMatchObject({
      reason: 'Patient called Nov 21, 2026, no visit booked; ended May 19, 2027',
      action: 'Ask for an extension',
    })
  })
  it('row 28: the words count business days and name the usual figure', () => {
    const said = words(
      { authorizations: [authorization({ usual: { count: 10, unit: 'bd' }, expectedBasis: 'our 14 cases' })] },
      '2026-11-24',
    )
    expect(said).toMatchObject({
      reason: 'No answer for 16 business days; usual: 10 business days',
      action: 'Call the payer',
      source: 'our 14 cases',
    })
  })
  it('asked-for information rings five days before it is due and is urgent by the due day', () => {
    const asked = { authorizations: [authorization({ state: 'info_requested', infoDueOn: '2026-11-30' })] }
    expect(rings(asked)).toEqual(['information_due 2026-11-25'])
    expect(deadlineOf(clocksOf(snapshot(asked))[0]!)).toBe('2026-11-30')
    expect(words(asked, '2026-11-27')).toMatchObject({
      reason: 'Payer wants information by Nov 30, 2026',
    })
  })
  it('approved: the patient is called, then booked, then treated before the end', () => {
    expect(rings({ authorizations: [approved] })).toEqual(['not_called 2026-11-20', 'expiring 2027-04-19'])
    expect(rings({ authorizations: [{ ...approved, patientCalledOn: '2026-11-20' }] })).toEqual([
      'not_booked 2026-11-24',
      'expiring 2027-04-19',
    ])
    const booked = { ...approved, patientCalledOn: '2026-11-20', bookedFor: '2026-12-01' }
    expect(rings({ authorizations: [booked] })).toEqual(['not_booked 2026-12-02', 'expiring 2027-04-19'])
    expect(rings({ authorizations: [booked], ...done, claims: [claim({ state: 'closed' })] })).toEqual([])
  })
  it('row 27: a visit planned after the approval ends rings at once, by its last visit', () => {
    const visits = [
      { phase: 'initial' as const, plannedOn: '2026-12-01', doneOn: null },
      { phase: 'final' as const, plannedOn: '2027-06-01', doneOn: null },
    ]
    expect(words({ authorizations: [approved], visits }, '2026-11-23', 'visit_after_expiry').reason).toBe(
      'Visit planned Jun 1, 2027, but the authorization ends May 19, 2027',
    )
    expect(rings({ authorizations: [approved], visits: visits.slice(0, 1) })).toEqual([
      'not_called 2026-11-20',
      'expiring 2027-04-19',
    ])
  })
  it('a booked visit is waited for, and rings the day after it was missed until a later one is booked', () => {
    const booked = { ...approved, patientCalledOn: '2026-11-20', bookedFor: '2026-12-01' }
    const [clock] = clocksOf(snapshot({ authorizations: [booked] }))
    expect(bucketOf(clock!, '2026-12-01')).toBe('waiting')
    expect(describeClock(clock!, '2026-11-30').action).toBe('Wait for the visit')
    // Bug: on the day itself it still said to wait, and led to a page where no visit can be recorded.
    expect(describeClock(clock!, '2026-12-01')).toMatchObject({
      reason: 'Visit on Dec 1, 2026; valid to May 19, 2027',
      action: 'Record the visit',
    })
    expect(clock!.step).toBe('code')
    expect(bucketOf(clock!, '2026-12-02')).toBe('today')
    expect(describeClock(clock!, '2026-12-02')).toMatchObject({
      reason: 'Visit of Dec 1, 2026 not recorded, no later one booked; valid to May 19, 2027',
      action: 'Record it or book again',
    })
    const later = [{ phase: 'final' as const, plannedOn: '2026-12-15', doneOn: null }]
    expect(rings({ authorizations: [booked], visits: later })[0]).toBe('not_booked 2026-12-16')
  })
  it('a visit that was done before the end does not ring by the later day it was planned for', () => {
    const visits = [{ phase: 'final' as const, plannedOn: '2027-06-01', doneOn: '2027-05-01' }]
    expect(rings({ authorizations: [approved], visits, treatment: 'in_progress' })).toEqual(['expiring 2027-04-19'])
  })
  it('a request whose need is unknown asks the payer, not for sending', () => {
    const unknown = authorization({ state: 'to_verify', sentOn: null })
    expect(rings({ authorizations: [unknown] })).toEqual(['need_unknown 2026-11-02'])
  })
  it('an estimate is called one in every reason: it promises nothing', () => {
    const kind = 'estimate' as const
    const states = [
      authorization({ kind, state: 'drafting' }),
      authorization({ kind }),
      authorization({ kind, state: 'denied', decidedOn: '2026-11-10' }),
      authorization({ kind, state: 'appealed', decidedOn: '2026-11-10' }),
      authorization({ kind, state: 'expired', validTo: '2026-11-10' }),
      { ...approved, kind, changesOpen: true, stale: { since: '2026-11-20', reasons: ['x'] }, mismatches: ['x'] },
    ]
    for (const one of states)
      for (const clock of clocksOf(snapshot({ authorizations: [one] })))
        expect(describeClock(clock, '2026-11-30').reason, one.state).toMatch(/estimate/i)
  })
  it('an approval that ends says what keeps it: book, keep the visit, or ask for more time', () => {
    const called = { ...approved, patientCalledOn: '2026-11-20' }
    const action = (bookedFor: string | null) =>
      words({ authorizations: [{ ...called, bookedFor }] }, '2027-05-01', 'expiring').action
    expect([action(null), action('2027-05-10'), action('2027-05-20')]).toEqual([
      'Book the visit',
      'Keep the visit',
      'Ask for an extension',
    ])
  })
  it('an expired or appealed authorization does not fall off the list', () => {
    expect(rings({ authorizations: [{ ...approved, state: 'expired' }] })).toEqual(['expiring 2027-05-19'])
    const denied = { state: 'appealed', decidedOn: '2026-11-01' } as const
    const appealed = { authorizations: [authorization({ ...denied, appealedOn: '2026-11-20' })] }
    // Bug: the thirty days of an appeal were counted from the denial, so the payer was called before it owed an answer.
    expect(rings(appealed)).toEqual(['appeal_unanswered 2026-12-20'])
    expect(words(appealed, '2026-12-20').reason).toBe(
      'Authorization denied Nov 1, 2026, appealed Nov 20, 2026; answer due Dec 20, 2026',
    )
    expect(words(appealed, '2026-12-21').reason).toContain('the answer was due Dec 20, 2026')
  })
})

describe('claim and EOB', () => {
  it('a finished treatment without a sent claim rings from the last visit', () => {
    expect(rings(done)).toEqual(['claim_unsent 2026-11-02'])
    expect(rings({ ...done, claims: [claim({ state: 'draft', sentOn: null, timelyFilingOn: '2027-02-01' })] })).toEqual(
      ['claim_unsent 2026-11-02', 'timely_filing 2027-01-18'],
    )
    expect(words({ ...done, snoozedUntil: '2026-11-20' }, '2026-11-23').reason).toBe(
      'Treatment finished 21 days ago, claim not sent',
    )
  })
  it('a sent claim waits thirty days for its EOB', () => {
    const sent = clocksOf(snapshot({ ...done, claims: [claim({ state: 'sent' })] }))
    expect(sent).toMatchObject([{ kind: 'no_eob', dueOn: '2026-12-03', waiting: true }])
    expect(bucketOf(sent[0]!, '2026-11-23')).toBe('waiting')
    expect(bucketOf(sent[0]!, '2026-12-04')).toBe('overdue')
  })
  it.each([
    ['denied', 'denied_claim 2026-11-16'],
    ['partly_paid', 'eob_to_check 2026-11-16'],
    ['patient_only', 'eob_to_check 2026-11-16'],
    ['reversed', 'eob_to_check 2026-11-16'],
    ['pended', 'no_eob 2026-12-16'],
    ['info_requested', 'eob_information 2026-11-16'],
  ] as const)('an EOB that says %s rings', (outcome, expected) => {
    expect(rings({ ...done, claims: [claim()], remittances: [eob({ outcome })] })).toEqual([expected])
  })
  it('row 37: papers the EOB wants ring five days before their date', () => {
    const asks = eob({ outcome: 'info_requested', informationDueOn: '2026-12-16' })
    expect(rings({ ...done, claims: [claim()], remittances: [asks] })).toEqual(['eob_information 2026-12-11'])
  })
  // Bug: “Paid: close the case” while the patient owed the coinsurance, and “Bill the patient” after the patient had paid.
  it.each([
    ['paid', 'The patient has not paid the share on the EOB of Nov 16, 2026'],
    ['patient_only', 'The EOB of Nov 16, 2026 leaves all to the patient'],
  ] as const)('%s: what it leaves to the patient is billed until it is paid, once for all plans', (outcome, reason) => {
    const owed = { ...done, claims: [claim()], remittances: [eob({ outcome })] }
    expect(rings(owed)).toEqual(['eob_to_check 2026-11-16'])
    expect(words(owed, '2026-11-20')).toMatchObject({ reason, action: 'Bill the patient' })
    expect(rings({ ...owed, isPatientPaid: true })).toEqual([])
    const second = eob({ id: 'r2', claimId: 'c2', outcome: 'paid', eobDate: '2026-11-18' })
    const both = { ...owed, claims: [claim(), claim({ id: 'c2' })], remittances: [eob({ outcome: 'paid' }), second] }
    expect(rings(both)).toEqual(['eob_to_check 2026-11-18'])
    expect(rings({ ...owed, claims: [claim(), claim({ id: 'c2', state: 'sent' })] })).not.toContain('check')
  })
  it('a later EOB, a reopened claim or a sent correction ends the ringing of the first denial', () => {
    const denial = { ...done, claims: [claim()], remittances: [eob()] }
    const paid = { ...denial, remittances: [eob(), eob({ id: 'r2', outcome: 'paid' })] }
    expect(rings({ ...paid, isPatientPaid: true })).toEqual([])
    expect(rings({ ...denial, claims: [claim({ state: 'sent' })] })).toEqual(['no_eob 2026-12-03'])
    const correction = claim({ id: 'c2', state: 'draft', replacesId: 'c1', sentOn: null })
    expect(rings({ ...denial, claims: [claim(), correction] })).toEqual(['denied_claim 2026-11-16'])
    expect(rings({ ...denial, claims: [claim(), { ...correction, state: 'sent', sentOn: '2026-11-20' }] })).toEqual([
      'no_eob 2026-12-20',
    ])
  })
})

describe('row 42: appeal', () => {
  const denial = { ...done, claims: [claim()], remittances: [eob()] }
  it('a begun letter rings fourteen days before its deadline and is never snoozed', () => {
    expect(rings({ ...denial, appeals: [appeal()] })).toEqual(['appeal_due 2026-12-02'])
    expect(rings({ ...denial, appeals: [appeal()], snoozedUntil: '2026-12-20' })).toEqual(['appeal_due 2026-12-02'])
    expect(words({ ...denial, appeals: [appeal()] }, '2026-12-17')).toMatchObject({
      reason: 'Appeal due yesterday, Dec 16, 2026',
      action: 'Finish the letter',
      source: 'Printed on the EOB: 30 days',
    })
  })
  it('a sent appeal waits sixty days for its decision, the second level thirty, and then rings as late', () => {
    const sent = { ...denial, appeals: [appeal({ state: 'sent', sentOn: '2026-11-18' })] }
    expect(rings(sent)).toEqual(['appeal_unanswered 2027-01-17'])
    expect(rings({ ...denial, appeals: [{ ...sent.appeals[0]!, level: 'second' }] })).toEqual([
      'appeal_unanswered 2026-12-18',
    ])
    expect(clocksOf(snapshot(sent))[0]).toMatchObject({ waiting: true })
    expect(words(sent, '2026-12-01').reason).toBe('Appeal sent 13 days ago, decision due Jan 17, 2027')
    expect(words(sent, '2027-01-18')).toMatchObject({
      reason: 'No decision on the appeal; it was due Jan 17, 2027',
      source: expect.stringContaining('29 CFR 2560.503-1'),
    })
  })
  it('a snoozed denial rings again 14, 7 and 1 day before its appeal is over, and on the day', () => {
    const known = { ...done, claims: [claim()], remittances: [eob({ appealUntil: '2026-12-16' })] }
    const snooze = (snoozedOn: string) => rings({ ...known, snoozedOn, snoozedUntil: '2027-02-01' })[0]
    expect(['2026-11-20', '2026-12-02', '2026-12-09', '2026-12-15'].map(snooze)).toEqual([
      'denied_claim 2026-12-02',
      'denied_claim 2026-12-09',
      'denied_claim 2026-12-15',
      'denied_claim 2026-12-16',
    ])
    expect(words(known, '2026-11-20').reason).toBe('Denied on the EOB of Nov 16, 2026; appeal until Dec 16, 2026')
    expect(words(known, '2026-12-20').reason).toContain('time to appeal ended Dec 16, 2026')
  })
  it('a letter without a deadline leaves the denial ringing', () => {
    expect(rings({ ...denial, appeals: [appeal({ deadlineOn: null })] })).toEqual(['denied_claim 2026-11-16'])
  })
  it('an upheld denial rings again; a won one waits for its EOB', () => {
    const over = { sentOn: '2026-11-18', decidedOn: '2026-12-01' }
    const lost = { ...denial, appeals: [appeal({ state: 'lost', ...over })] }
    expect(rings(lost)).toEqual(['denied_claim 2026-12-01'])
    expect(words(lost, '2026-12-02').reason).toBe('Denial upheld Dec 1, 2026; appeal until Dec 31, 2026')
    const won = { ...denial, appeals: [appeal({ state: 'won', ...over })] }
    expect(rings(won)).toEqual(['no_eob 2026-12-31'])
    expect(words(won, '2027-01-02').reason).toBe('Appeal won Dec 1, 2026, no new EOB yet')
  })
  // Bug: an EOB that paid the film hid the denial of the treatment, and with it the last day to appeal.
  it('C3: a later EOB that pays another service leaves the denial ringing until its service is settled', () => {
    const paid = eob({ id: 'r2', outcome: 'paid', eobDate: '2026-12-01' })
    const claims = [claim({ isOpen: true })]
    const both = { ...denial, isOpen: true, claims, remittances: [eob({ isOpen: true }), paid] }
    expect(rings(both)).toEqual(['denied_claim 2026-11-16'])
    expect(rings({ ...denial, isPatientPaid: true, remittances: [eob(), paid] })).toEqual([])
  })
  // Bug: what an EOB left open without a word of its own rang for nobody.
  it('C3: an EOB that pays and leaves something open is checked, unless a payer has still to speak', () => {
    const open = { ...denial, isOpen: true, claims: [claim({ isOpen: true })], remittances: [eob({ outcome: 'paid' })] }
    expect(rings(open)).toEqual(['eob_to_check 2026-11-16'])
    expect(words(open, '2026-11-20')).toMatchObject({
      reason: 'Paid on the EOB of Nov 16, 2026, but not everything is resolved',
      action: 'Check what is open',
    })
    const second = claim({ id: 'c2', state: 'sent' })
    expect(rings({ ...open, claims: [...open.claims, second] })).toEqual(['no_eob 2026-12-03'])
  })
  it('an appeal that was over before a new denial does not answer it', () => {
    const second = eob({ id: 'r2', eobDate: '2026-12-15' })
    const old = appeal({ state: 'won', sentOn: '2026-11-18', decidedOn: '2026-12-01' })
    expect(rings({ ...denial, remittances: [eob(), second], appeals: [old] })).toEqual(['denied_claim 2026-12-15'])
  })
})

describe('snooze', () => {
  it('nothing sleeps past its own deadline', () => {
    const asked = [authorization({ state: 'info_requested', infoDueOn: '2026-11-30' })]
    expect(rings({ authorizations: asked, snoozedUntil: '2026-11-27' })).toEqual(['information_due 2026-11-27'])
    expect(rings({ authorizations: asked, snoozedUntil: '2026-12-15' })).toEqual(['information_due 2026-11-30'])
  })
})

describe('every case', () => {
  it('every clock has words on every day; a closed case has none', () => {
    fc.assert(
      fc.property(anyCase, day, (one, today) => {
        const clocks = clocksOf(one)
        if (one.state === 'closed') expect(clocks).toEqual([])
        for (const clock of clocks) {
          const { reason, action } = describeClock(clock, today)
          expect(`${reason} ${action}`).not.toMatch(/undefined|null|NaN/)
          expect(bucketOf(clock, clock.dueOn)).not.toBeNull()
        }
      }),
    )
  })
  it('neither time zone nor daylight saving moves a clock or changes its words', () => {
    const home = process.env['TZ']
    // The last two change their clocks on different days; the first two lie a whole day apart.
    const zones = ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/New_York', 'Europe/Berlin']
    const say = (one: CaseSnapshot, today: string) =>
      JSON.stringify(clocksOf(one).map((clock) => [clock, describeClock(clock, today)]))
    try {
      fc.assert(
        fc.property(anyCase, day, (one, today) => {
          const said = zones.map((zone) => {
            process.env['TZ'] = zone
            return say(one, today)
          })
          expect(new Set(said).size).toBe(1)
        }),
      )
    } finally {
      if (home === undefined) delete process.env['TZ']
      else process.env['TZ'] = home
    }
  })
})
