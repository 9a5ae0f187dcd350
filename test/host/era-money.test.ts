// Remittance files as payers write them, posted on a real host: what counts for a claim is what its payment says (fixtures/edi/835).
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eraFile } from '#host/demo/era-file.ts'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import { type D3353, eobOf, openTreated, sendClaim } from '#test/helpers/d3353.ts'
import { dollars, eraDesk, fixture } from '#test/helpers/era-desk.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
})
afterEach(() => test.close())

const { addFilm, draftToSecond, sendToSecond, money, firstNumber, post, postAll } = eraDesk(() => ({ test, story }))

describe('what is posted for a claim is what its payment says', () => {
  // Bug: the lines' sum (620.00) was posted where the payer paid 570.00, and the write-off lowered to hide it.
  it.each([
    ['B7', 'the claim’s own deductible stands at the claim', dollars(570, 260, 50, 0)],
    ['B6', 'lines reduced already', dollars(570, 260, 50, 0)],
  ])('%s: %s', async (name, _what, right) => {
    await addFilm()
    expect(await postAll(name)).toEqual([{ left: [], is: right }])
  })
  it('B1, B4: on one line it is the line’s, and a reversal takes back what was paid, not the line', async () => {
    expect(await postAll('B1 B4-2')).toEqual([
      { left: [], is: dollars(550, 250, 50, 0) },
      { left: [], is: dollars(0, 0, 0, 850) },
    ])
  })
  // Bug: the share at the claim stayed beside the lines' own: the patient owed 1,000.00 of 880.00.
  it('B5: a share at the claim gives way when its lines are decided', async () => {
    await addFilm()
    expect(await postAll('B5 B5-2')).toEqual([
      { left: [], is: dollars(0, 0, 880, 0) },
      { left: [], is: dollars(500, 260, 120, 0) },
    ])
  })
  it('where charge less adjustments is not what was paid, nothing of the claim is posted and a person is asked', async () => {
    await sendClaim(test, story)
    const text = fixture('B1', await firstNumber())
      .replace('CAS*PR*1*50~', 'CAS*PR*1*40~')
      .replace('*550*50*', '*550*40*')
    const imported = await test.call('era.import', { text })
    const { left, posted } = await test.call('era.post', { paymentId: imported.payments[0]! })
    expect(posted).toBe(0)
    expect(left).toMatchObject([{ reason: expect.stringContaining('$10.00 unexplained') }])
    expect(await money()).toMatchObject({ paidCents: 0, openCents: 85000 })
  })
})

describe('a later answer that decides nothing', () => {
  // Bug: “exact duplicate” wiped the deductible that the patient owes, without a word.
  it.each([
    ['OA*18', 'a duplicate'],
    ['CO*18', 'a duplicate under CO'],
    ['OA*133', 'a pend'],
    ['CO*252', 'a request for papers'],
  ])('D1: CAS %s (%s) leaves the decision before it as it is', async (cas) => {
    await sendClaim(test, story)
    const number = await firstNumber()
    await post('D1', number)
    const text = fixture('D1-2', number).replace('OA*18', cas)
    const { payments } = await test.call('era.import', { text })
    expect(await test.call('era.post', { paymentId: payments[0]! })).toMatchObject({ posted: 1, left: [] })
    expect(await money()).toMatchObject({ writeOffCents: 25000, patientCents: 60000, openCents: 0 })
  })
  it('D1: the case goes on with the decision, and no task asks for the duplicate', async () => {
    await postAll('D1 D1-2')
    expect((await test.call('case.get', { id: story.caseId })).status).toBe('Bill the patient')
    const { tasks } = await test.call('task.forCase', { caseId: story.caseId })
    expect(tasks.filter((task) => task.doneAt === null)).toEqual([])
  })
  it('a denial that undoes a decision without taking it back is looked at first', async () => {
    await sendClaim(test, story)
    const number = await firstNumber()
    await post('D1', number)
    const { payments } = await test.call('era.import', { text: fixture('D1-2', number).replace('OA*18', 'CO*96') })
    const { left } = await test.call('era.post', { paymentId: payments[0]! })
    expect(left).toMatchObject([{ reason: expect.stringContaining('a denial alone does not undo that') }])
    expect(await money()).toMatchObject({ writeOffCents: 25000, patientCents: 60000 })
  })
})

describe('reductions', () => {
  // Bug: over 100 reasons that the table does not know came off the books by themselves.
  it.each(['15', '18', '26', '27', '29', '59', '96', '97', '119', '170', '177', '204', '242', '286'])(
    'a denial under CO-%s is never written off by itself',
    async (carc) => {
      await sendClaim(test, story)
      const text = fixture('D1-2', await firstNumber()).replace('OA*18', `CO*${carc}`)
      const { payments } = await test.call('era.import', { text })
      await test.call('era.post', { paymentId: payments[0]! })
      expect(await money()).toMatchObject({ writeOffCents: 0, openCents: 85000 })
    },
  )
  // Bug: the advice said “Write off” for what no contract of the office takes off.
  it.each(['PI', 'OA'])('S12: %s-45 stays open, and a person is asked what it is', async (group) => {
    await sendClaim(test, story)
    const text = fixture('S12', await firstNumber()).replace('CAS*PI*45', `CAS*${group}*45`)
    const { payments } = await test.call('era.import', { text })
    await test.call('era.post', { paymentId: payments[0]! })
    expect(await money()).toMatchObject({ paidCents: 48000, writeOffCents: 0, patientCents: 12000, openCents: 25000 })
    const { tasks } = await test.call('task.forCase', { caseId: story.caseId })
    expect(tasks).toMatchObject([
      { title: 'D3353 #8: verify with the payer', note: expect.stringContaining(`${group}-45`) },
    ])
    const [eob] = (await test.call('remittance.forCase', { caseId: story.caseId })).remittances
    expect(eob!.lines[0]!.advice.map((one) => one.action)).not.toContain('WO')
  })
  it('S17, S03, S02: paid to the patient, taken by the plan before, $0.00 beside a paid line are no denials', async () => {
    const outcomes = []
    for (const name of ['S17', 'S03', 'S02']) {
      await test.close()
      ;[test, story] = await openTreated()
      const [said] = await postAll(name)
      const [eob] = (await test.call('remittance.forCase', { caseId: story.caseId })).remittances
      outcomes.push([name, eob!.outcome, said!.is])
    }
    expect(outcomes).toEqual([
      ['S17', 'patient_only', dollars(0, 250, 600, 0)],
      ['S03', 'paid', dollars(0, 250, 0, 600)],
      ['S02', 'paid', dollars(480, 250, 120, 0)],
    ])
  })
  it('S08: more than the charge, taken back by a negative write-off, leaves nothing open', async () => {
    expect(await postAll('S08')).toEqual([{ left: [], is: dollars(900, -50, 0, 0) }])
  })
})

describe('one line decided in two payments', () => {
  // Bug: the second half replaced the shares of the first; 185.00 stayed open.
  it('S24: both halves count', async () => {
    expect(await postAll('S24 S24-2')).toEqual([
      { left: [], is: dollars(240, 125, 60, 425) },
      { left: [], is: dollars(480, 250, 120, 0) },
    ])
  })
})

describe('what is taken back', () => {
  // Bug: the denial behind its reversal was held back, because the reversal itself counted as a decision.
  it('D6: a reversal and the denial after it both count', async () => {
    const [, after] = await postAll('D6 D6-2')
    expect(after!.left).toEqual([])
    expect((await test.call('case.get', { id: story.caseId })).status).toMatch(/^Denied/)
  })
  // Bug: the same reversal a second time took 480.00 below nothing, without a word.
  // Bug: the payment was refused as paid before, and its reason stood in the queue when the reversal had made it untrue.
  it('S06: a corrected payment before its reversal is posted in one step', async () => {
    expect(await postAll('S06 S06-2')).toEqual([
      { left: [], is: dollars(480, 250, 120, 0) },
      { left: [], is: dollars(540, 250, 60, 0) },
    ])
  })
  it('S06: in a payment of its own it is judged anew once the reversal is posted', async () => {
    await sendClaim(test, story)
    const number = await firstNumber()
    await post('S06', number)
    const on = '2026-11-22'
    const corrected = { number, lines: [{ charge: 850, paid: 540, cas: ['CO:45:250', 'PR:2:60'] }] }
    const back = { number, status: '22', lines: [{ charge: -850, paid: -480, cas: ['CO:45:-250', 'PR:2:-120'] }] }
    const early = await test.call('era.import', { text: eraFile({ trace: 'T8', on, claims: [corrected] }) })
    const [paymentId] = early.payments
    expect((await test.call('era.post', { paymentId: paymentId! })).left).toMatchObject([
      { reason: expect.stringContaining('was paid before') },
    ])
    const late = await test.call('era.import', {
      text: eraFile({ trace: 'T9', on, claims: [back], plb: [['FB:T9', -480]] }),
    })
    await test.call('era.post', { paymentId: late.payments[0]! })
    const [row] = (await test.call('era.claims', { paymentId: paymentId! })).rows
    expect(row).toMatchObject({ state: 'matched', reason: '' })
    expect(await test.call('era.post', { paymentId: paymentId! })).toMatchObject({ posted: 1, left: [] })
    expect(await money()).toMatchObject({ paidCents: 54000, writeOffCents: 25000, patientCents: 6000, openCents: 0 })
  })
  it('no more is taken back than was paid', async () => {
    await sendClaim(test, story)
    const number = await firstNumber()
    await post('B1', number)
    await post('B4-2', number)
    const { payments } = await test.call('era.import', {
      text: fixture('B4-2', number).replace('TRN*1*B4', 'TRN*1*B9'),
    })
    const { left } = await test.call('era.post', { paymentId: payments[0]! })
    expect(left).toMatchObject([{ reason: expect.stringContaining('reverses more') }])
    expect(await money()).toMatchObject({ paidCents: 0, openCents: 85000 })
  })
})

describe('a corrected claim', () => {
  // Bug: once it was sent, what the first one decided was gone, and a duplicate answer left nothing.
  it('leaves the first decision standing until it is decided itself', async () => {
    await sendClaim(test, story)
    const number = await firstNumber()
    await post('D1', number)
    const [first] = (await test.call('claim.forCase', { caseId: story.caseId })).claims
    await test.call('claim.create', { caseId: story.caseId, coverageId: story.coverageId, replacesId: first!.id })
    const corrected = (await test.call('claim.forCase', { caseId: story.caseId })).claims.find(
      (one) => one.id !== first!.id,
    )!
    const sent = { on: '2026-11-22', channel: 'electronic' as const, reason: 'Papers follow' }
    await test.call('claim.transition', { id: corrected.id, version: corrected.version, event: 'send', ...sent })
    expect(await money()).toMatchObject({ writeOffCents: 25000, patientCents: 60000, openCents: 0 })
    await post('D1-2', corrected.number)
    expect(await money()).toMatchObject({ writeOffCents: 25000, patientCents: 60000, openCents: 0 })
  })
})

describe('an EOB by hand', () => {
  it('a line that is not on the claim, and the same EOB again, are looked at first', async () => {
    await sendClaim(test, story)
    await post('S24', await firstNumber())
    const half = {
      billedCents: 42500,
      paidCents: 24000,
      adjustments: [
        { group: 'CO' as const, carc: '45', cents: 12500 },
        { group: 'PR' as const, carc: '2', cents: 6000 },
      ],
    }
    const again = await eobOf(test, story, half, { paymentNumber: 'T', payerClaimNumber: 'I1', eobDate: '2026-11-20' })
    await expect(test.call('remittance.post', { remittance: again })).rejects.toMatchObject({
      details: { reasons: [expect.stringContaining('posted already')] },
    })
    const foreign = { claimLineId: null, code: 'D0220', tooth: null, billedCents: 3000, paidCents: 3000 }
    const other = await eobOf(test, story, foreign, { paymentNumber: 'T2' })
    await expect(test.call('remittance.post', { remittance: other })).rejects.toMatchObject({
      details: { reasons: [expect.stringContaining('D0220 is not on claim')] },
    })
  })
})

describe('a second plan', () => {
  const first = { left: [], is: dollars(480, 250, 120, 0) }
  it.each([
    ['C1', 'pays what the first left', dollars(600, 250, 0, 0)],
    ['C2', 'pays a part of it', dollars(580, 250, 20, 0)],
    ['C4', 'leaves it to the patient', dollars(480, 250, 120, 0)],
    ['C6', 'wants the other plan first', dollars(480, 250, 0, 120)],
    ['C7', 'was filed late', dollars(480, 250, 0, 120)],
    // Bug: the patient owed 850.00, and −480.00 was open.
    ['C5', 'puts the whole charge on the patient: no more than the first left', dollars(480, 250, 120, 0)],
  ])('%s: %s', async (name, _what, right) => {
    expect(await postAll(`${name} ${name}-2`)).toEqual([first, { left: [], is: right }])
  })
  // Bug: advice and task named the line’s whole charge: the desk would have billed 850.00 where 120.00 is owed.
  it('C5: advice and task ask the patient for what all plans leave, on both EOBs', async () => {
    await postAll('C5 C5-2')
    const { remittances } = await test.call('remittance.forCase', { caseId: story.caseId })
    const bills = remittances.flatMap(({ lines }) =>
      lines.flatMap(({ advice }) => advice.filter((one) => one.action === 'BILL')),
    )
    expect(bills.map((one) => one.why)).toEqual(['The patient’s: $120.00', 'The patient’s: $120.00'])
    const { tasks } = await test.call('task.forCase', { caseId: story.caseId })
    expect(tasks).toMatchObject([
      { kind: 'bill_patient', title: 'D3353 #8: bill the patient', note: expect.stringContaining('$120.00') },
    ])
    expect(tasks[0]!.note).not.toContain('850')
  })
  it('C5: what was capped is shown with its reason', async () => {
    await postAll('C5 C5-2')
    expect((await money()).capped).toContain('A plan put $850.00 on the patient')
  })
  it('a payment beyond what is left is looked at first', async () => {
    await sendClaim(test, story)
    await post('C2', await firstNumber())
    const second = await sendToSecond()
    const text = fixture('C1-2', second).replace('*850*120*0*', '*850*300*0*').replace('*850*120**1', '*850*300**1')
    const { payments } = await test.call('era.import', {
      text: text.replace('OA*23*730', 'OA*23*550').replace('BPR*I*120', 'BPR*I*300'),
    })
    const { left } = await test.call('era.post', { paymentId: payments[0]! })
    expect(left).toMatchObject([{ reason: expect.stringContaining('$180.00 more than is charged') }])
    await test.call('era.post', { paymentId: payments[0]!, acknowledgeDifference: true })
    expect(await money()).toMatchObject({ patientCents: 0, openCents: -18000, excessCents: 18000 })
  })
})

describe('the next plan’s claim', () => {
  /** What the file to the second plan says of the first one’s decision, after these remittances. */
  async function toldAfter(names: string) {
    await sendClaim(test, story)
    const number = await firstNumber()
    for (const name of names.split(' ')) await post(name, number)
    const { id } = await draftToSecond()
    const { text } = await test.call('claim.export', { ids: [id], reason: 'Papers follow' })
    expect(readClaimFile(text).problems).toEqual([])
    const segments = text.split(/~\s*/)
    return segments
      .slice(segments.findIndex((one) => one.startsWith('SBR*P')))
      .filter((one) => /^(AMT|CAS|SVD)/.test(one))
  }
  // Bug (E1, 837d/55): it said 620.00 and no deductible, so the second plan paid nothing of it.
  it('E1: carries what the first plan took off at the claim', async () => {
    await addFilm()
    expect(await toldAfter('E1')).toEqual([
      'CAS*PR*1*50',
      'AMT*D*570',
      'AMT*EAF*50',
      'SVD*99999*600*AD:D3353**1',
      'CAS*CO*45*250',
      'SVD*99999*20*AD:D0220**1',
      'CAS*CO*45*10',
    ])
  })
  it('B6: lines that do not add up by themselves are told at the claim alone', async () => {
    await addFilm()
    expect(await toldAfter('B6')).toEqual(['CAS*PR*1*50', 'CAS*CO*45*260', 'AMT*D*570', 'AMT*EAF*50'])
  })
  it('B5: carries what the lines say, once they are decided', async () => {
    await addFilm()
    expect(await toldAfter('B5 B5-2')).toEqual([
      'AMT*D*500',
      'AMT*EAF*120',
      'SVD*99999*480*AD:D3353**1',
      'CAS*CO*45*250',
      'CAS*PR*2*120',
      'SVD*99999*20*AD:D0220**1',
      'CAS*CO*45*10',
    ])
  })
  // Bug: the duplicate’s 850.00 stood there in place of the deductible.
  it('D1: carries the decision, not the duplicate', async () => {
    expect(await toldAfter('D1 D1-2')).toEqual([
      'AMT*D*0',
      'AMT*EAF*600',
      'SVD*99999*0*AD:D3353**1',
      'CAS*CO*45*250',
      'CAS*PR*1*600',
    ])
  })
  it('S24: carries both halves as the one decision they are', async () => {
    expect(await toldAfter('S24 S24-2')).toEqual([
      'AMT*D*480',
      'AMT*EAF*120',
      'SVD*99999*480*AD:D3353**1',
      'CAS*CO*45*250',
      'CAS*PR*2*120',
    ])
  })
})

describe('whose claim it is', () => {
  // Bug: CHRISTINE was taken for CHRISTOPHER: same member ID, day and charge, three letters of the first name.
  it.each([
    ['Christopher', 'choose'],
    ['Chris', 'choose'],
    ['Christine', 'matched'],
    ['Christine M.', 'matched'],
  ])('S10: CHRISTINE in the file, %s here: %s', async (firstName, state) => {
    const { version, ...patient } = (await test.call('patient.get', { id: story.patientId })).patient
    const { id, ...facts } = patient
    await test.call('patient.update', { id, version, patient: { ...facts, firstName } })
    await sendClaim(test, story)
    const { payments } = await test.call('era.import', { text: fixture('S10', 'none') })
    expect((await test.call('era.claims', { paymentId: payments[0]! })).rows).toMatchObject([{ state }])
    await test.call('era.post', { paymentId: payments[0]! })
    expect((await money()).paidCents).toBe(state === 'matched' ? 48000 : 0)
  })
})
