// Claim files on a real host: what is exported is valid, kept and sent; answers move claims; nothing goes out half.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { eraFile } from '#host/demo/era-file.ts'
import { readClaimFile } from '#core/x12/claim-file-read.ts'
import { type D3353, DENIED_LINE, eobOf, openTreated, PAID_LINE, sendClaim } from '#test/helpers/d3353.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
beforeEach(async () => {
  ;[test, story] = await openTreated()
})
afterEach(() => test.close())

const REASON = 'Films follow by mail'
const claims = async () => (await test.call('claim.forCase', { caseId: story.caseId })).claims
const draft = async () => (await test.call('claim.create', { caseId: story.caseId, coverageId: story.coverageId })).id
const exported = async (ids: string[]) => test.call('claim.export', { ids, reason: REASON })
const answer = (kind: 'HC' | 'HN', body: string) => `ST*${kind === 'HC' ? '999' : '277'}*0001~${body}SE*9*0001~`

describe('export', () => {
  it('writes the case as a valid claim and marks it as sent', async () => {
    const id = await draft()
    const { text, fileName, control } = await exported([id])
    const { file, problems } = readClaimFile(text)
    expect(problems).toEqual([])
    const [claim] = await claims()
    expect(file!.claims).toMatchObject([
      {
        number: claim!.number,
        totalCents: 85000,
        patient: { lastName: 'EXAMPLETON', firstName: 'ROBIN', relation: '19' },
        subscriber: { firstName: 'KIM', memberId: 'M-100' },
        serviceDate: '2026-11-20',
        accident: { cause: 'OA', on: '2026-09-28' },
        rendering: { lastName: 'DOE', npi: '1245319599' },
        lines: [{ code: 'D3353', tooth: '8', id: `${claim!.number}-1` }],
      },
    ])
    expect(claim).toMatchObject({ state: 'sent', sentOn: '2026-11-23', channel: 'electronic' })
    expect(fileName).toBe('claims-000000001.837')
    expect(file!.control).toBe(control)
  })
  it('keeps what went out byte for byte, whatever the case becomes', async () => {
    const id = await draft()
    const { fileId, text } = await exported([id])
    const patient = await test.call('patient.get', { id: story.patientId })
    await test.call('patient.update', {
      id: story.patientId,
      version: patient.patient.version,
      patient: { lastName: 'Changed', firstName: 'Robin', birthDate: '2016-04-12' },
    })
    expect((await test.call('claim.exportedFile', { fileId })).text).toBe(text)
  })
  it('never uses a control number twice', async () => {
    const id = await draft()
    await exported([id])
    const again = await exported([id])
    expect(again.control).toBe(2)
    expect(readClaimFile(again.text).file!.control).toBe(2)
  })
  it('refuses the whole batch while one claim lacks what it needs, and changes nothing', async () => {
    const { payers } = await test.call('payer.list', {})
    const { id: _, version, ...payer } = payers[0]!
    await test.call('payer.update', { id: payers[0]!.id, version, payer: { ...payer, payerCode: '' } })
    const id = await draft()
    expect((await test.call('claim.checkExport', { ids: [id] })).claims[0]!.findings[0]).toMatchObject({
      severity: 'block',
      field: 'payerCode',
    })
    await expect(exported([id])).rejects.toMatchObject({
      code: 'REFUSED',
      details: { reasons: [expect.stringContaining('electronic payer ID')] },
    })
    expect((await claims())[0]).toMatchObject({ state: 'draft' })
    expect((await test.call('claim.files', {})).files).toEqual([])
  })
  // Bugs: a patient without a first name and a PO box as billing address went out; a missing birth date led to the name.
  it.each([
    ['patient.firstName', { firstName: '' }, ''],
    ['patient.birthDate', { birthDate: null }, ''],
    ['billing.address.street', {}, 'P.O. Box 12'],
  ])('stops a claim for what stands in %s', async (field, person, box) => {
    const id = await draft()
    const { version, form, lines } = (await claims())[0]!
    const { patient, billing } = form
    const address = { ...billing.address, street: box || billing.address.street }
    const changed = { ...form, patient: { ...patient, ...person }, billing: { ...billing, address } }
    await test.call('claim.update', { id, version, form: changed, lines })
    const { findings } = (await test.call('claim.checkExport', { ids: [id] })).claims[0]!
    expect(findings.filter((one) => one.severity === 'block').map((one) => one.field)).toEqual([field])
  })
  it('warnings need a reason, as when sending by hand', async () => {
    const id = await draft()
    await expect(test.call('claim.export', { ids: [id] })).rejects.toMatchObject({ code: 'REFUSED' })
  })
  it('sends a request as a predetermination without a service date', async () => {
    const { id } = await test.call('authorization.create', {
      caseId: story.caseId,
      kind: 'estimate',
      coverageId: story.coverageId,
    })
    const { text } = await exported([id])
    const { file, problems } = readClaimFile(text)
    expect(problems).toEqual([])
    expect(file!.claims[0]).toMatchObject({
      isPredetermination: true,
      serviceDate: null,
      number: expect.stringMatching(/^PD[0-9A-F]{12}$/),
    })
    const { authorizations } = await test.call('authorization.forCase', { caseId: story.caseId })
    expect(authorizations[0]).toMatchObject({ state: 'submitted', channel: 'electronic' })
  })
  it('a corrected claim carries the payer’s own number', async () => {
    await sendClaim(test, story)
    const [first] = await claims()
    await test.call('remittance.post', {
      remittance: {
        claimId: first!.id,
        eobDate: '2026-11-23',
        receivedOn: '2026-11-23',
        payerClaimNumber: 'ICN9',
        lines: [
          {
            claimLineId: first!.lines[0]!.id,
            code: 'D3353',
            submittedCode: null,
            tooth: '8',
            billedCents: 85000,
            allowedCents: null,
            deductibleCents: 0,
            coinsuranceCents: 0,
            paidCents: 0,
            adjustments: [{ group: 'CO', carc: '16', cents: 85000 }],
            remarks: ['N37'],
          },
        ],
      },
    })
    const { id } = await test.call('claim.create', {
      caseId: story.caseId,
      coverageId: story.coverageId,
      replacesId: first!.id,
    })
    const { text } = await exported([id])
    expect(readClaimFile(text).file!.claims[0]).toMatchObject({ frequency: '7', payerClaimNumber: 'ICN9' })
  })
  it('a claim taken back leaves as it was sent, and is over once the payer reverses it', async () => {
    await sendClaim(test, story)
    const [first] = await claims()
    const remittance = await eobOf(test, story, PAID_LINE, { payerClaimNumber: 'ICN9' })
    await test.call('remittance.post', { remittance })
    const taken = { caseId: story.caseId, coverageId: story.coverageId, replacesId: first!.id, voids: true }
    const { id } = await test.call('claim.create', taken)
    await expect(test.call('claim.create', taken)).rejects.toMatchObject({ code: 'REFUSED' })
    const { text } = await exported([id])
    const { lines, ...sent } = readClaimFile(text).file!.claims[0]!
    expect(sent).toMatchObject({ frequency: '8', payerClaimNumber: 'ICN9' })
    expect(lines.map((line) => line.code)).toEqual(first!.lines.map((line) => line.code))
    const reversal = {
      number: first!.number,
      status: '22',
      payerNumber: 'ICN9',
      lastName: 'EXAMPLETON',
      firstName: 'ROBIN',
      lines: [{ charge: -850, paid: -480, cas: ['CO:45:-250', 'PR:2:-120'] }],
    }
    const file = eraFile({ trace: 'T9', claims: [reversal], plb: [['FB:T9', -480]] })
    const { payments } = await test.call('era.import', { text: file })
    expect(await test.call('era.post', { paymentId: payments[0]! })).toMatchObject({ posted: 1 })
    expect((await claims()).find((one) => one.id === id)!.state).toBe('closed')
    expect((await test.call('case.get', { id: story.caseId })).money).toMatchObject({ paidCents: 0, openCents: 85000 })
  })
  // Bug: an EOB typed without the payer's number left its corrected claim without a way out.
  it('a corrected claim without the payer’s number can be given it', async () => {
    await sendClaim(test, story)
    const [first] = await claims()
    await test.call('remittance.post', { remittance: await eobOf(test, story, DENIED_LINE) })
    const { id } = await test.call('claim.create', {
      caseId: story.caseId,
      coverageId: story.coverageId,
      replacesId: first!.id,
    })
    await expect(exported([id])).rejects.toMatchObject({
      details: { reasons: [expect.stringContaining('payer’s claim number')] },
    })
    const { version, form, lines } = (await claims())[0]!
    await test.call('claim.update', { id, version, form, lines, payerClaimNumber: 'ICN9' })
    expect(readClaimFile((await exported([id])).text).file!.claims[0]).toMatchObject({ payerClaimNumber: 'ICN9' })
  })
  // Bug: the second correction named the first claim of all, which the payer had already replaced.
  it('a correction of a correction carries the number of the decision before it', async () => {
    await sendClaim(test, story)
    for (const payerClaimNumber of ['ICN9', 'ICN10']) {
      await test.call('remittance.post', { remittance: await eobOf(test, story, DENIED_LINE, { payerClaimNumber }) })
      const { id } = await test.call('claim.create', {
        caseId: story.caseId,
        coverageId: story.coverageId,
        replacesId: (await claims())[0]!.id,
      })
      const { text } = await exported([id])
      expect(readClaimFile(text).file!.claims[0]).toMatchObject({ frequency: '7', payerClaimNumber })
    }
  })
})

describe('answers', () => {
  it('a batch refused as a whole brings each of its claims back with the reason', async () => {
    const { control } = await exported([await draft()])
    const batch = `B${String(control).padStart(9, '0')}`
    const text = answer('HN', `HL*1**20*1~HL*2*1*21*0~TRN*2*${batch}~STC*A3:24:41*20261123*U*850~`)
    const { applied, unknown } = await test.call('ack.read', { text })
    expect(unknown).toEqual([])
    expect(applied).toMatchObject([{ isAccepted: false, reasons: [{ words: expect.stringMatching(/./) }] }])
    expect((await claims())[0]).toMatchObject({ state: 'rejected' })
  })
  it('an accepted claim stays sent and keeps the payer’s number', async () => {
    await exported([await draft()])
    const [claim] = await claims()
    const text = answer('HN', `HL*1**PT~TRN*2*${claim!.number}~STC*A2:20*20261123*WQ*850~REF*1K*ICN5~`)
    expect(await test.call('ack.read', { text })).toMatchObject({
      isRepeated: false,
      applied: [{ number: claim!.number, isAccepted: true }],
      unknown: [],
    })
    expect((await claims())[0]).toMatchObject({
      state: 'sent',
      payerClaimNumber: 'ICN5',
      answers: [{ answer: 'accepted', answeredOn: '2026-11-23' }],
    })
  })
  it('a rejected claim returns with the reason and the field, and can go out again', async () => {
    const id = await draft()
    await exported([id])
    const [claim] = await claims()
    const text = answer('HN', `HL*1**PT~TRN*2*${claim!.number}~STC*A7:164:IL*20261123*U*850~`)
    await test.call('ack.read', { text })
    const [back] = await claims()
    expect(back).toMatchObject({
      state: 'rejected',
      answers: [
        {
          answer: 'rejected',
          reasons: [{ field: 'memberId', words: 'Rejected: information is invalid (subscriber: member number)' }],
        },
      ],
    })
    await exported([id])
    expect((await claims())[0]).toMatchObject({ state: 'sent' })
  })
  // Bug: the acceptance overwrote the reasons, and the rejected claim stood there as “Received”.
  it('an acceptance that is read later does not hide why the claim was rejected', async () => {
    await exported([await draft()])
    const number = (await claims())[0]!.number
    const said = (stc: string) => test.call('ack.read', { text: answer('HN', `HL*1**PT~TRN*2*${number}~STC*${stc}~`) })
    await said('A7:164:IL*20261123*U*850')
    await said('A1:20*20261122*WQ*850')
    expect((await claims())[0]).toMatchObject({
      state: 'rejected',
      answers: [{ answer: 'rejected', reasons: [{ field: 'memberId' }] }],
    })
  })
  // Bug: a second rejection of the first file refused the claim that was mended and under way in the second.
  it('an answer that names an earlier file speaks of that export only', async () => {
    const id = await draft()
    await exported([id])
    const number = (await claims())[0]!.number
    const said = (words: string) =>
      test.call('ack.read', {
        text: answer(
          'HN',
          `HL*1**20*1~HL*2*1*21*1~TRN*2*B000000001~HL*3*2*PT~TRN*2*${number}~STC*A3:164:IL*20261123*U*850********${words}~`,
        ),
      })
    await said('CLEARINGHOUSE')
    test.setNow('2026-11-23T16:00:00')
    await exported([id])
    await said('PAYER')
    expect((await claims())[0]).toMatchObject({
      state: 'sent',
      answers: [
        { control: 2, answer: 'none' },
        { control: 1, answer: 'rejected' },
      ],
    })
  })
  it('written twice without being sent again, a rejection of the first file still counts', async () => {
    const id = await draft()
    await exported([id])
    test.setNow('2026-11-23T16:00:00')
    await exported([id])
    const number = (await claims())[0]!.number
    const text = answer('HN', `HL*1*21~TRN*2*B000000001~HL*2**PT~TRN*2*${number}~STC*A3:164:IL*20261123*U*850~`)
    await test.call('ack.read', { text: text.replace('HL*1*21', 'HL*1**21') })
    expect((await claims())[0]!.state).toBe('rejected')
  })
  // Bug: re-exported after its 277CA, a corrected claim named itself as the claim it replaces.
  it('the number a payer gives a corrected claim does not replace that of the claim it corrects', async () => {
    await sendClaim(test, story)
    const [first] = await claims()
    await test.call('remittance.post', {
      remittance: await eobOf(test, story, DENIED_LINE, { payerClaimNumber: 'ICN9' }),
    })
    const { id } = await test.call('claim.create', {
      caseId: story.caseId,
      coverageId: story.coverageId,
      replacesId: first!.id,
    })
    await exported([id])
    const number = (await claims())[0]!.number
    await test.call('ack.read', {
      text: answer('HN', `HL*1**PT~TRN*2*${number}~STC*A2:20*20261123*WQ*850~REF*1K*ICN10~`),
    })
    expect(readClaimFile((await exported([id])).text).file!.claims[0]).toMatchObject({ payerClaimNumber: 'ICN9' })
  })
  it('a refused file takes all its claims back; the same answer twice changes nothing', async () => {
    const { control } = await exported([await draft()])
    const text = answer('HC', `AK1*HC*${control}~AK2*837*0001~IK3*N4*12*2010AA*8~IK4*3*116*5*1234~IK5*R*5~AK9*R*1*1*0~`)
    expect((await test.call('ack.read', { text })).applied).toMatchObject([
      { isAccepted: false, reasons: [{ words: 'Segment N4, element 3: too long (1234)' }] },
    ])
    expect((await claims())[0]!.state).toBe('rejected')
    expect((await test.call('claim.files', {})).files).toMatchObject([{ state: 'rejected', rejected: 1 }])
    expect(await test.call('ack.read', { text })).toMatchObject({ isRepeated: true, applied: [] })
  })
  it('a file of another kind is sent where it belongs, and is not taken for an answer that says nothing', async () => {
    const refusal = (text: string) => test.call('ack.read', { text })
    await expect(refusal(eraFile({ trace: 'T1', claims: [] }))).rejects.toMatchObject({
      code: 'FILE_REJECTED',
      message: expect.stringContaining('Import it under Remittances'),
    })
    const { text } = await exported([await draft()])
    await expect(refusal(text)).rejects.toMatchObject({ message: expect.stringContaining('claim file (837)') })
    await expect(refusal('ST*270*0001~SE*2*0001~')).rejects.toMatchObject({
      message: expect.stringContaining('but a 270'),
    })
  })
  it('answers to others are named, not applied', async () => {
    const text = answer('HN', 'HL*1**PT~TRN*2*NOTOURS~STC*A7:21*20261123*U*850~')
    expect(await test.call('ack.read', { text })).toMatchObject({ applied: [], unknown: ['NOTOURS'] })
  })
})
