// Remittance files on a real host: two steps, no payment twice, matching with evidence, posting that invents nothing.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contract } from '#core/contract/index.ts'
import { sha256Of } from '#db/sha256.ts'
import { textPieces } from '#host/remittance/era/text-pieces.ts'
import { fits } from '#main/payload.ts'
import { type D3353, openTreated, sendClaim } from '#test/helpers/d3353.ts'
import { eraFile, type EraClaimSpec } from '#host/demo/era-file.ts'
import type { TestHost } from '#test/helpers/test-host.ts'

let test: TestHost
let story: D3353
let number: string
beforeEach(async () => {
  ;[test, story] = await openTreated()
  await sendClaim(test, story)
  number = (await claim()).number
})
afterEach(() => test.close())

const claim = async () => (await test.call('claim.forCase', { caseId: story.caseId })).claims[0]!
const money = async () => (await test.call('case.get', { id: story.caseId })).money
const remittances = async () => (await test.call('remittance.forCase', { caseId: story.caseId })).remittances
const paidLine = { charge: 850, paid: 480, cas: ['CO:45:250', 'PR:2:120'] }
const paid = (change: Partial<EraClaimSpec> = {}): EraClaimSpec => ({ number, lines: [paidLine], ...change })
const load = async (text: string) => {
  const imported = await test.call('era.import', { text })
  const rows = (await test.call('era.claims', { paymentId: imported.payments[0]! })).rows
  return { ...imported, paymentId: imported.payments[0]!, rows }
}
const post = (paymentId: string, acknowledgeDifference = false) =>
  test.call('era.post', { paymentId, acknowledgeDifference })

describe('two steps', () => {
  it('a preview keeps nothing and moves no money', async () => {
    const preview = await test.call('era.preview', { text: eraFile({ trace: 'T1', claims: [paid()] }) })
    expect(preview.payments).toMatchObject([
      {
        payer: 'SAMPLE DENTAL PLAN',
        trace: 'T1',
        method: 'ACH',
        amountCents: 48000,
        date: '2026-11-20',
        balanced: true,
        importedOn: null,
      },
    ])
    expect(preview.payments[0]!.claims).toMatchObject([
      {
        claimId: number,
        status: '1',
        chargeCents: 85000,
        paidCents: 48000,
        patientCents: 12000,
        balanced: true,
        match: { kind: 'claim' },
      },
    ])
    expect((await test.call('era.list', { view: 'all' })).rows).toEqual([])
    expect(await money()).toMatchObject({ paidCents: 0 })
  })
  it('an import is not a posting', async () => {
    const { rows } = await load(eraFile({ trace: 'T1', claims: [paid()] }))
    expect(rows).toMatchObject([{ state: 'matched', basis: 'Claim number', ourPatient: 'Exampleton, Robin' }])
    expect(await money()).toMatchObject({ paidCents: 0 })
    expect((await claim()).state).toBe('sent')
  })
  it('posting decides the claim with every line, adjustment and number', async () => {
    const { paymentId } = await load(eraFile({ trace: 'T1', claims: [paid({ payerNumber: 'ICN77' })] }))
    expect(await post(paymentId)).toEqual({ posted: 1, paidCents: 48000, left: [] })
    expect(await money()).toMatchObject({ paidCents: 48000, writeOffCents: 25000, patientCents: 12000, openCents: 0 })
    expect((await remittances())[0]).toMatchObject({
      outcome: 'paid',
      paymentNumber: 'T1',
      method: 'eft',
      payerClaimNumber: 'ICN77',
      lines: [{ tooth: '8', coinsuranceCents: 12000 }],
    })
    expect(await claim()).toMatchObject({ state: 'adjudicated', payerClaimNumber: 'ICN77' })
    expect((await test.call('era.list', {})).rows).toEqual([])
  })
  it('a path is no input: what the page says never opens a file of this PC', async () => {
    const path = join(test.dataDir, 'remittance.835')
    writeFileSync(path, eraFile({ trace: 'T1', claims: [paid()] }))
    for (const route of ['era.import', 'era.preview'] as const)
      await expect(test.call(route, { path } as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })
  it('a file of many pieces is read as one, though a piece would end inside a character', async () => {
    const claims = Array.from({ length: 400 }, (_, at) => ({ ...paid(), number: `X${at}`, lastName: '😀'.repeat(60) }))
    const text = eraFile({ trace: 'T1', claims })
    for (const shifted of [text, ` ${text}`]) {
      const { payments, warnings } = await test.call('era.preview', { text: shifted })
      expect(warnings).toEqual([])
      expect(payments).toMatchObject([{ claimCount: 400, balanced: true, amountCents: 48000 * 400 }])
      expect(new Set(payments[0]!.claims.map((one) => one.patient.lastName))).toEqual(new Set(['😀'.repeat(60)]))
      expect(sha256Of(textPieces(shifted))).toBe(sha256Of(shifted))
    }
  })
  it('a file of 100 MB fits a request and what the relay passes on', () => {
    const input = { text: 'x'.repeat(100_000_000), limit: 2000 }
    expect(contract['era.preview'].input.safeParse(input).success).toBe(true)
    expect(fits(input)).toBe(true)
  })
  it('a preview of a huge file lists some claims and sums all of them', async () => {
    const claims = Array.from({ length: 8 }, (_, at) => paid({ number: `X${at}`, lastName: '', payerNumber: '' }))
    const { payments, unlisted } = await test.call('era.preview', { text: eraFile({ trace: 'T1', claims }), limit: 5 })
    expect(payments).toMatchObject([{ claimCount: 8, balanced: true, amountCents: 48000 * 8 }])
    expect(payments[0]!.claims).toHaveLength(5)
    expect(unlisted).toEqual({ payments: 0, claims: 3 })
  })
  it('says what waits to be posted, and what all claims were paid, without reading them all', async () => {
    const odd = { ...paid(), paid: 400 }
    const { paymentId } = await load(eraFile({ trace: 'T1', claims: [odd, { ...paid(), number: 'NOTOURS' }] }))
    expect(await test.call('era.get', { id: paymentId })).toMatchObject({ claimsPaidCents: 88000, ready: 1, odd: 1 })
    await post(paymentId, true)
    expect(await test.call('era.get', { id: paymentId })).toMatchObject({ ready: 0, odd: 0, open: 1 })
  })
  it('an answer to claims is sent where it belongs, in the preview and in the import', async () => {
    const text = 'ST*999*0001~AK1*HC*1~AK9*A*1*1*1~SE*4*0001~'
    const message = expect.stringContaining('Read it under Claims')
    const { payments, warnings } = await test.call('era.preview', { text })
    expect(payments).toEqual([])
    expect(warnings).toContainEqual({ code: 'other_transaction', segment: 0, message })
    await expect(test.call('era.import', { text })).rejects.toMatchObject({ code: 'FILE_REJECTED', message })
  })
  it('refuses what is no remittance and keeps nothing of it', async () => {
    await expect(test.call('era.import', { text: 'hello' })).rejects.toMatchObject({ code: 'FILE_REJECTED' })
    expect((await test.call('era.list', { view: 'all' })).rows).toEqual([])
  })
})

describe('the same payment', () => {
  it('is recognized in another file and cannot be posted twice', async () => {
    const { paymentId } = await load(eraFile({ trace: 'T1', claims: [paid()] }))
    await post(paymentId)
    const again = await test.call('era.import', {
      text: `\n${eraFile({ trace: 'T1', claims: [paid()] }, { trace: 'T2', claims: [] })}`,
    })
    expect(again).toMatchObject({ duplicates: [{ trace: 'T1', importedOn: '2026-11-23' }], claims: 0 })
    expect(again.payments).toHaveLength(1)
    await post(paymentId)
    expect(await money()).toMatchObject({ paidCents: 48000 })
    const preview = await test.call('era.preview', { text: eraFile({ trace: 'T1', claims: [paid()] }) })
    expect(preview.payments[0]!.importedOn).toBe('2026-11-23')
  })
  it('imported again leaves everything as it is', async () => {
    const text = eraFile({ trace: 'T1', claims: [paid()] })
    await load(text)
    expect(await test.call('era.import', { text })).toMatchObject({ payments: [], claims: 0 })
    expect((await test.call('era.list', { view: 'all' })).rows).toHaveLength(1)
  })
})

describe('matching', () => {
  const stateOf = async (change: Partial<EraClaimSpec>) =>
    (await load(eraFile({ trace: 'T1', claims: [paid(change)] }))).rows[0]!
  it('by line id when the claim number came back mangled', async () => {
    expect(await stateOf({ number: '0', lines: [{ ...paidLine, id: `${number}-1` }] })).toMatchObject({
      state: 'matched',
      basis: 'Line ids (REF 6R)',
    })
  })
  it('by number in any case', async () => {
    expect(await stateOf({ number: number.toLowerCase() })).toMatchObject({ state: 'matched' })
  })
  it('by a number to which the payer added something', async () => {
    expect(await stateOf({ number: `${number}XYZ` })).toMatchObject({
      state: 'matched',
      basis: 'Beginning of the claim number',
    })
  })
  it('by patient, member ID, date and charge', async () => {
    expect(await stateOf({ number: '0', payerNumber: '', lines: [{ ...paidLine, on: '2026-11-20' }] })).toMatchObject({
      state: 'matched',
      basis: 'Patient, member ID, date and charge',
    })
  })
  it('never across plans: a secondary decision does not land on the primary claim', async () => {
    expect(await stateOf({ status: '2' })).toMatchObject({
      state: 'choose',
      claimId: null,
      reason: expect.stringContaining('another plan or payer'),
    })
  })
  it('never across payers: what another of our payers sends does not land on this payer’s claim', async () => {
    await test.call('payer.add', { payer: { name: 'Other Dental Plan', payerCode: '88888' } })
    const text = eraFile({ trace: 'T1', claims: [paid()] })
    const { rows } = await load(text.replace('N1*PR*SAMPLE DENTAL PLAN*XV*99999', 'N1*PR*OTHER DENTAL*XV*88888'))
    expect(rows[0]).toMatchObject({ state: 'choose', claimId: null })
    const { candidates } = await test.call('era.candidates', { id: rows[0]!.id })
    expect(candidates[0]!.evidence).toContainEqual({ fits: false, words: 'Payer differs' })
  })
  it('never by the payer’s number alone: two payers may give the same one', async () => {
    const first = await load(eraFile({ trace: 'T1', claims: [paid({ payerNumber: 'ICN77' })] }))
    await post(first.paymentId)
    const other = paid({ number: '0', payerNumber: 'ICN77', lastName: 'STRANGER', firstName: 'ANN', memberId: 'Z-1' })
    const { rows } = await load(eraFile({ trace: 'T2', claims: [other] }))
    expect(rows[0]).toMatchObject({ state: 'unmatched', claimId: null })
  })
  it('an estimate never lands on a claim, by itself or by hand', async () => {
    const row = await stateOf({ status: '25', lines: [{ charge: 850, paid: 0, cas: ['PR:2:370', 'OA:101:480'] }] })
    expect(row).toMatchObject({ state: 'unmatched', claimId: null })
    await expect(test.call('era.match', { id: row.id, claimId: (await claim()).id })).rejects.toMatchObject({
      code: 'REFUSED',
    })
  })
  it('asks when the number fits somebody else’s charge', async () => {
    expect(await stateOf({ lastName: 'TESTER', firstName: 'UNA', lines: [{ charge: 99, paid: 99 }] })).toMatchObject({
      state: 'choose',
    })
  })
  it('an unmatched claim waits in the queue and does not hold the rest', async () => {
    const { paymentId } = await load(
      eraFile({ trace: 'T1', claims: [paid(), paid({ number: 'UNKNOWN-9', lastName: 'STRANGER', payerNumber: '' })] }),
    )
    expect(await post(paymentId)).toMatchObject({ posted: 1, left: [] })
    const queue = (await test.call('era.claims', {})).rows
    expect(queue).toMatchObject([{ state: 'unmatched', reason: 'None of our claims match.' }])
    expect((await test.call('era.list', {})).counts).toEqual({ open: 1, queue: 1 })
    await test.call('era.setAside', { id: queue[0]!.id, aside: true, reason: 'Another office' })
    expect((await test.call('era.list', {})).counts).toEqual({ open: 0, queue: 0 })
  })
  it('shows evidence and lets a person choose', async () => {
    const row = await stateOf({ number: 'MANGLED', payerNumber: '', memberId: 'OTHER' })
    expect(row.state).toBe('unmatched')
    const { candidates } = await test.call('era.candidates', { id: row.id })
    const ours = candidates.find((one) => one.kind === 'claim')!
    expect(ours.evidence).toEqual(
      expect.arrayContaining([
        { fits: true, words: 'Patient' },
        { fits: true, words: 'Charge' },
        { fits: false, words: 'Member ID differs' },
      ]),
    )
    await test.call('era.match', { id: row.id, claimId: (await claim()).id })
    expect(await post(row.paymentId)).toMatchObject({ posted: 1 })
  })
})

describe('what does not add up', () => {
  it('waits for a person, and is posted with its difference when confirmed', async () => {
    const { paymentId, rows } = await load(
      eraFile({ trace: 'T1', claims: [paid({ lines: [{ charge: 850, paid: 480, cas: ['CO:45:250'] }] })] }),
    )
    expect(rows[0]!.claim.differenceCents).toBe(12000)
    expect(await post(paymentId)).toMatchObject({
      posted: 0,
      left: [{ reason: expect.stringContaining('$120.00 unexplained') }],
    })
    expect(await post(paymentId, true)).toMatchObject({ posted: 1 })
    expect((await remittances())[0]).toMatchObject({
      differenceCents: 12000,
      lines: [{ adjustments: [{ carc: '45' }] }],
    })
  })
  it('an unreadable amount is entered by hand, never posted as zero', async () => {
    const text = eraFile({ trace: 'T1', claims: [paid()] }).replace('CAS*PR*2*120', 'CAS*PR*2*1,20')
    const { paymentId, rows } = await load(text)
    expect(rows[0]).toMatchObject({ state: 'by_hand' })
    expect(await post(paymentId, true)).toMatchObject({ posted: 0 })
    expect(await money()).toMatchObject({ paidCents: 0 })
  })
  it('adjustments at the claim of several lines stay at the claim', async () => {
    const lines = [
      { charge: 500, paid: 300 },
      { code: 'D0220', charge: 350, paid: 180 },
    ]
    const { paymentId } = await load(
      eraFile({ trace: 'T1', claims: [paid({ lines, cas: ['CO:45:250', 'PR:1:120'] })] }),
    )
    const [left] = (await post(paymentId)).left
    expect(left?.reason).toBe(`D0220 is not on claim ${left!.number}. Check it, then post it as it is.`)
    expect(await post(paymentId, true)).toMatchObject({ posted: 1 })
    expect((await remittances())[0]).toMatchObject({
      differenceCents: 0,
      patientCents: 12000,
      writeOffCents: 25000,
      adjustments: [{ carc: '45' }, { carc: '1' }],
    })
    expect(await money()).toMatchObject({ paidCents: 48000, patientCents: 12000, writeOffCents: 25000 })
  })
})

describe('what a person looks at first', () => {
  const left = async (paymentId: string) => (await post(paymentId)).left.map((one) => one.reason)

  it('a claim paid again under another trace is not counted twice unless somebody says so', async () => {
    await post((await load(eraFile({ trace: 'T1', claims: [paid()] }))).paymentId)
    const again = await load(eraFile({ trace: 'T2', claims: [paid()] }))
    expect((await left(again.paymentId))[0]).toMatch(/was paid before: \$480\.00/)
    expect(await money()).toMatchObject({ paidCents: 48000 })
    expect((await test.call('era.get', { id: again.paymentId })).odd).toBe(1)
    expect(await post(again.paymentId, true)).toMatchObject({ posted: 1 })
  })
  it('more than our claim charges is not posted unseen', async () => {
    const lines = [{ charge: 900, paid: 480, cas: ['CO:45:300', 'PR:2:120'] }]
    const { paymentId } = await load(eraFile({ trace: 'T1', claims: [paid({ lines })] }))
    expect((await left(paymentId))[0]).toMatch(/It decides \$900\.00, but claim \w+ charges \$850\.00/)
    expect(await money()).toMatchObject({ paidCents: 0 })
  })
  it('what was never recorded here is not taken back unseen', async () => {
    const lines = [{ charge: -850, paid: -480, cas: ['CO:45:-250', 'PR:2:-120'] }]
    const claims = [paid({ status: '22', lines })]
    const { paymentId } = await load(eraFile({ trace: 'T1', claims, plb: [['FB:T1', -480]] }))
    expect((await left(paymentId))[0]).toMatch(/that it reverses is not recorded here/)
    expect(await money()).toMatchObject({ paidCents: 0, openCents: 85000 })
  })
  it('a payment whose claims are not its amount waits until it was compared with the deposit', async () => {
    const { paymentId } = await load(eraFile({ trace: 'T1', claims: [paid()], amount: 460 }))
    expect((await left(paymentId))[0]).toMatch(/compare it with the deposit/)
  })
  it('a payer that is none of ours decides nothing by a number alone', async () => {
    const stranger = { name: 'ANOTHER PAYER', id: '11111', taxId: '000000000' }
    const someone = paid({ lastName: 'SOMEBODY', firstName: 'ELSE' })
    expect((await load(eraFile({ trace: 'T1', payer: stranger, claims: [someone] }))).rows[0]!.state).not.toBe(
      'matched',
    )
    expect((await load(eraFile({ trace: 'T2', payer: stranger, claims: [paid()] }))).rows[0]!.state).toBe('matched')
  })
})

describe('reversals', () => {
  it('take the first decision back to exactly zero, and the correction counts alone', async () => {
    const reversal = paid({ status: '22', lines: [{ charge: -850, paid: -480, cas: ['CO:45:-250', 'PR:2:-120'] }] })
    const first = await load(eraFile({ trace: 'T1', claims: [paid()] }))
    await post(first.paymentId)
    const second = await load(eraFile({ trace: 'T2', claims: [reversal], plb: [['FB:T2', -480]] }))
    expect(await post(second.paymentId)).toMatchObject({ posted: 1, paidCents: -48000 })
    expect(await money()).toMatchObject({ paidCents: 0, writeOffCents: 0, openCents: 85000 })
    const third = await load(
      eraFile({
        trace: 'T3',
        claims: [paid({ payerNumber: 'ICN2', lines: [{ charge: 850, paid: 400, cas: ['CO:45:250', 'PR:2:200'] }] })],
      }),
    )
    await post(third.paymentId)
    expect(await money()).toMatchObject({ paidCents: 40000, writeOffCents: 25000, patientCents: 20000, openCents: 0 })
  })
  it('a posting that is taken back can be posted again', async () => {
    const { paymentId } = await load(eraFile({ trace: 'T1', claims: [paid()] }))
    await post(paymentId)
    await test.call('remittance.reverse', { id: (await remittances())[0]!.id, reason: 'Wrong payment' })
    expect((await test.call('era.claims', { paymentId })).rows).toMatchObject([{ state: 'matched' }])
    expect(await post(paymentId)).toMatchObject({ posted: 1 })
    expect(await money()).toMatchObject({ paidCents: 48000 })
  })
})

describe('provider adjustments', () => {
  it('stand in their own ledger, linked to the claim they take back', async () => {
    const { paymentId } = await load(
      eraFile({
        trace: 'T1',
        claims: [paid()],
        plb: [
          [`WO:${number}`, 100],
          ['L6', -2.5],
        ],
      }),
    )
    expect((await test.call('era.get', { id: paymentId })).providerAdjustments).toMatchObject([
      { reason: 'WO', claimNumber: number, cents: 10000 },
      { reason: 'L6', cents: -250 },
    ])
    expect((await test.call('era.ledger', {})).rows).toHaveLength(2)
    await post(paymentId)
    // The claim was paid in full: what was withheld is not its payment.
    expect(await money()).toMatchObject({ paidCents: 48000 })
  })
})
