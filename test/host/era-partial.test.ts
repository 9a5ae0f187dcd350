// What counts after a part of a claim is decided, or the case is changed after its claim went out, on a real host.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LineInput } from '#core/case/schema.ts'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import { eraFile } from '#host/demo/era-file.ts'
import { type D3353, openTreated, sendClaim } from '#test/helpers/d3353.ts'
import { eraDesk, fixture } from '#test/helpers/era-desk.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
})
afterEach(() => test.close())

const { addFilm, draftToSecond, money, firstNumber, post, postAll } = eraDesk(() => ({ test, story }))

describe('A10: one line of a claim with a share of its own is decided later', () => {
  /** The later decision of B5 on the treatment alone, as a payment of its own. */
  const treatmentAlone = (number: string) =>
    fixture('B5-2', number)
      .replace('SVC*AD:D0220*30*20**1~\nCAS*CO*45*10~\n', '')
      .replace('*880*500*', '*850*480*')
      .replace('BPR*I*500', 'BPR*I*480')
      .replace('SE*17', 'SE*15')
  async function decideTreatment(first: string) {
    await addFilm()
    await postAll(first)
    const { payments } = await test.call('era.import', { text: treatmentAlone(await firstNumber()) })
    return { paymentId: payments[0]! }
  }
  // Bug: the whole share fell, and the film’s 30.00 was open though nothing about it was decided.
  it('B5: the film’s part of the share stays as it is, unasked, and the next plan is told so', async () => {
    const { left } = await test.call('era.post', await decideTreatment('B5'))
    expect(left).toEqual([])
    expect(await money()).toMatchObject({ paidCents: 48000, writeOffCents: 25000, patientCents: 15000, openCents: 0 })
    const { id } = await draftToSecond()
    const { text } = await test.call('claim.export', { ids: [id], reason: 'Papers follow' })
    expect(readClaimFile(text).problems).toEqual([])
    expect(text).toContain('AMT*EAF*150')
  })
  // Bug: posted without a word; what of two reasons is the film’s nobody can say.
  it('a share of two reasons cannot be divided: a person is asked', async () => {
    await addFilm()
    await sendClaim(test, story)
    const number = await firstNumber()
    const two = fixture('B5', number)
      .replace('CAS*PR*1*880', 'CAS*CO*45*260~\nCAS*PR*1*620')
      .replace('*0*880*12', '*0*620*12')
    const first = await test.call('era.import', { text: two })
    expect((await test.call('era.post', { paymentId: first.payments[0]! })).left).toEqual([])
    const { payments } = await test.call('era.import', { text: treatmentAlone(number) })
    const { left } = await test.call('era.post', { paymentId: payments[0]! })
    expect(left).toMatchObject([{ reason: expect.stringContaining('$880.00 there cannot be divided') }])
    expect(await money()).toMatchObject({ paidCents: 0, writeOffCents: 26000, patientCents: 62000, openCents: 0 })
  })
})

describe('A12: the case’s lines are changed after their claim went out', () => {
  async function setLines(change: (lines: LineInput[]) => LineInput[]) {
    const view = await test.call('case.get', { id: story.caseId })
    const lines = view.lines.map(({ seq: _, ...line }) => line)
    await test.call('case.setLines', { id: story.caseId, version: view.version, lines: change(lines) })
  }
  const dearer = (lines: LineInput[]) => lines.map((line) => ({ ...line, feeCents: line.feeCents + 5000 }))
  const decided = { paidCents: 48000, writeOffCents: 25000, patientCents: 12000, openCents: 0 }

  // Bug: 50.00 were open for ever, since the fee of today was held against what the plan decided of the fee of then.
  it('a fee changed after the decision: what was charged counts, and the difference is shown as one', async () => {
    await postAll('C1')
    await setLines(dearer)
    expect(await money()).toMatchObject({ ...decided, feeCents: 85000, feeTodayCents: 90000 })
  })
  it('a fee changed between sending and decision: the same', async () => {
    await sendClaim(test, story)
    await setLines(dearer)
    expect(await money()).toMatchObject({ feeCents: 85000, openCents: 85000, feeTodayCents: 90000 })
    await post('C1', await firstNumber())
    expect(await money()).toMatchObject(decided)
  })
  it('until a claim is sent the office’s fee counts', async () => {
    await test.call('claim.create', { caseId: story.caseId, coverageId: null })
    await setLines(dearer)
    expect(await money()).toMatchObject({ feeCents: 90000, feeTodayCents: 90000, openCents: 90000 })
  })
  // Bug: what was paid for it stayed, its charge went: less than nothing was open.
  it('a line taken off the case stays charged, and one entered anew is charged once', async () => {
    await addFilm()
    await postAll('B7')
    await setLines((lines) => lines.map(({ id: _, ...line }) => line))
    expect(await money()).toMatchObject({ feeCents: 88000, openCents: 0 })
    await setLines((lines) => lines.slice(0, 1))
    expect(await money()).toMatchObject({ feeCents: 88000, feeTodayCents: 85000, openCents: 0 })
  })
  it('a line added later is open beside what is settled', async () => {
    await postAll('C1')
    await addFilm()
    expect(await money()).toMatchObject({ feeCents: 88000, feeTodayCents: 88000, openCents: 3000 })
  })
  // Bug: it said “not posted”, with the EOB on the screen.
  it('the next plan’s claim says that the charges differ, not that nothing is posted', async () => {
    await postAll('C1')
    await setLines(dearer)
    const { id } = await draftToSecond()
    const words = (await test.call('claim.checkExport', { ids: [id] })).claims[0]!.findings.map((one) => one.message)
    expect(words).toContainEqual(
      expect.stringMatching(/Sample Dental Plan decided on \$850\.00 for line 1 \(D3353 #8, \$900\.00\)/),
    )
    expect(words.join(' ')).not.toContain('not posted')
  })
  it('a corrected claim with the new fee counts once it is decided', async () => {
    await postAll('C1')
    await setLines(dearer)
    const [first] = (await test.call('claim.forCase', { caseId: story.caseId })).claims
    const { id } = await test.call('claim.create', {
      caseId: story.caseId,
      coverageId: story.coverageId,
      replacesId: first!.id,
    })
    const corrected = (await test.call('claim.forCase', { caseId: story.caseId })).claims.find((one) => one.id === id)!
    const sent = { on: '2026-11-22', channel: 'electronic' as const, reason: 'Papers follow' }
    await test.call('claim.transition', { id, version: corrected.version, event: 'send', ...sent })
    expect(await money()).toMatchObject({ feeCents: 85000, openCents: 0 })
    const back = { charge: -850, paid: -480, cas: ['CO:45:-250', 'PR:2:-120'] }
    const again = { charge: 900, paid: 500, cas: ['CO:45:280', 'PR:2:120'] }
    const claims = [
      { number: first!.number, status: '22', lines: [back] },
      { number: corrected.number, payerNumber: 'ICN9', lines: [again] },
    ]
    const { payments } = await test.call('era.import', { text: eraFile({ trace: 'T2', claims }) })
    expect(await test.call('era.post', { paymentId: payments[0]! })).toMatchObject({ posted: 2, left: [] })
    expect(await money()).toMatchObject({
      feeCents: 90000,
      paidCents: 50000,
      writeOffCents: 28000,
      patientCents: 12000,
      openCents: 0,
    })
  })
})

describe('C3: what is left to do', () => {
  const status = async () => (await test.call('case.get', { id: story.caseId })).status
  const openTasks = async () =>
    (await test.call('task.forCase', { caseId: story.caseId })).tasks.filter((task) => task.doneAt === null)
  const importAndPost = async (claims: Parameters<typeof eraFile>[0]['claims'], trace: string) => {
    const { payments } = await test.call('era.import', { text: eraFile({ trace, claims }) })
    return test.call('era.post', { paymentId: payments[0]!, acknowledgeDifference: true })
  }
  const treatment = { charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }
  const film = { code: 'D0220', charge: 30, paid: 20, cas: ['CO:45:10'] }
  const asked = { ...treatment, paid: 0, cas: ['CO:252:850'] }

  // Bug: “Paid: close the case” with the film’s 30.00 undecided, and nothing rang.
  it('a line that no EOB decides keeps the case from being closed as paid', async () => {
    await addFilm()
    await sendClaim(test, story)
    const number = await firstNumber()
    await importAndPost([{ number, lines: [{ ...treatment, id: `${number}-1` }] }], 'T1')
    expect(await money()).toMatchObject({ openCents: 3000 })
    expect(await status()).toBe('Paid: check what is open')
    expect((await test.call('case.get', { id: story.caseId })).steps[4]).toMatchObject({ state: 'active' })
    await importAndPost([{ number, lines: [{ ...film, id: `${number}-2` }] }], 'T2')
    expect(await money()).toMatchObject({ openCents: 0 })
    expect(await status()).toBe('Bill the patient')
  })
  // Bug: the payment of the film hid the denial of the treatment.
  it('a denial speaks until its service is settled, whatever is paid after it', async () => {
    await addFilm()
    await sendClaim(test, story)
    const number = await firstNumber()
    const denied = { ...treatment, paid: 0, cas: ['CO:50:850'], id: `${number}-1` }
    await importAndPost([{ number, lines: [denied] }], 'T1')
    await importAndPost([{ number, lines: [{ ...film, id: `${number}-2` }] }], 'T2')
    expect(await status()).toBe('Denied: decide next step')
    await importAndPost([{ number, lines: [{ ...treatment, id: `${number}-1` }] }], 'T3')
    expect(await status()).toBe('Bill the patient')
  })
  it('more paid than is charged is no paid case', async () => {
    await sendClaim(test, story)
    const number = await firstNumber()
    await post('C1', number)
    await importAndPost(
      [{ number, payerNumber: 'ICN7', lines: [{ ...treatment, paid: 600, cas: ['CO:45:250'] }] }],
      'T2',
    )
    expect((await money()).openCents).toBeLessThan(0)
    expect(await status()).toBe('Paid: check what is open')
  })
  // Bug: “Paid: close the case” over a service that no claim was sent for.
  it('a service that was never sent comes next', async () => {
    await sendClaim(test, story)
    await post('C1', await firstNumber())
    expect(await status()).toBe('Bill the patient')
    await addFilm()
    expect(await status()).not.toMatch(/^Paid/)
  })
  // Bug: the task stayed open after the payer had paid.
  it('papers that the payer asked for are asked for no longer once it decides', async () => {
    await sendClaim(test, story)
    const number = await firstNumber()
    await importAndPost([{ number, lines: [asked] }], 'T1')
    expect(await openTasks()).toMatchObject([{ title: 'D3353 #8: send what the payer asks for' }])
    await importAndPost([{ number, payerNumber: 'ICN7', lines: [treatment] }], 'T2')
    expect(await openTasks()).toEqual([])
    expect(await status()).toBe('Bill the patient')
  })
  it('a decision on another line, and a notice, leave the task as it is; asked again, it is there once', async () => {
    await addFilm()
    await sendClaim(test, story)
    const number = await firstNumber()
    const title = 'D3353 #8: send what the payer asks for'
    await importAndPost([{ number, lines: [{ ...asked, id: `${number}-1` }] }], 'T1')
    await importAndPost([{ number, lines: [{ ...film, id: `${number}-2` }] }], 'T2')
    expect(await openTasks()).toMatchObject([{ title }])
    await importAndPost([{ number, lines: [{ ...asked, cas: ['OA:133:850'], id: `${number}-1` }] }], 'T3')
    expect(await openTasks()).toMatchObject([{ title }])
    await importAndPost([{ number, lines: [{ ...asked, id: `${number}-1` }] }], 'T4')
    expect(await openTasks()).toMatchObject([{ title }])
  })
})
