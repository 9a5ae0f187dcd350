// Answers to claim files: what is refused is said, with the claim and the field that corrects it.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ClaimForm, ClaimLineInput } from '#core/claim/schema.ts'
import { readAcknowledgements } from '#core/x12/acknowledgement.ts'
import { STATUSES } from '#core/x12/claim-status-words.ts'

const sample = (name: string) => readFileSync(`test/fixtures/x12/${name}`, 'utf8')

describe('999', () => {
  it('accepts a set', () => {
    expect(readAcknowledgements(sample('999-imsweb-accepted.txt')).files).toEqual([
      { kind: '999', control: '17456', set: '0001', isDental: false, isAccepted: true, code: 'A', problems: [] },
    ])
  })
  it('says which segment is refused and why', () => {
    const [answer] = readAcknowledgements(sample('999-imsweb-rejected.txt')).files
    expect(answer).toMatchObject({ control: '28', set: '0028', isAccepted: false, code: 'R' })
    expect(answer!.problems).toMatchObject([{ segmentId: 'NM', position: '17', words: 'unknown segment' }])
  })
  it('names the claim and the element in error', () => {
    const text = sample('999-imsweb-rejected.txt').replace(
      'IK3*NM*17**1~',
      'IK3*SV3*22*2400*8~CTX*CLM01|CW000000000001~IK4*2*782*6*1,250.00~',
    )
    expect(readAcknowledgements(text).files[0]!.problems).toEqual([
      {
        claim: 'CW000000000001',
        segmentId: 'SV3',
        position: '22',
        loop: '2400',
        element: '2',
        value: '1,250.00',
        words: 'character not allowed',
      },
    ])
  })
  it('keeps every element in error of a segment', () => {
    const text = sample('999-imsweb-rejected.txt').replace(
      'IK3*NM*17**1~',
      'IK3*N4*17*2010AA*8~CTX*CLM01|CW000000000001~IK4*2*156*7*ZZ~IK4*3*116*5*1234~',
    )
    expect(readAcknowledgements(text).files[0]!.problems).toMatchObject([
      { claim: 'CW000000000001', segmentId: 'N4', element: '2', value: 'ZZ' },
      { claim: 'CW000000000001', segmentId: 'N4', element: '3', value: '1234' },
    ])
  })
  it('a set without its verdict is not accepted', () => {
    const cut = sample('999-imsweb-rejected.txt')
      .replace(/IK5[^~]*~/, '')
      .replace(/AK9[^]*/, '')
    const { files, warnings } = readAcknowledgements(cut)
    expect(files).toEqual([])
    expect(warnings.map((one) => one.code)).toContain('unknown_acknowledgement')
  })
  it('an answer without its trailer is not lost when another follows', () => {
    const text = 'ST*999*0001~AK1*HC*101~AK9*R*1*1*0*1~ST*999*0002~AK1*HC*102~AK9*A*1*1*1~SE*4*0002~'
    expect(readAcknowledgements(text).files.map((one) => [one.control, one.isAccepted])).toEqual([
      ['101', false],
      ['102', true],
    ])
  })
  it('takes a group that is refused as a whole', () => {
    const text = 'ST*999*0001~AK1*HC*101~AK9*R*1*1*0*1~SE*4*0001~'
    expect(readAcknowledgements(text).files).toMatchObject([{ control: '101', set: '', isAccepted: false }])
  })
})
describe('which claims a 999 speaks of', () => {
  // Bug: the refusal of a medical claim file with the same group number was taken for ours.
  it.each([
    ['AK1*HC*1*005010X224A2~AK2*837*0001*005010X224A2', true],
    ['AK1*HC*1~AK2*837*0001', true],
    ['AK1*HC*1~AK2*837*0001*005010X224A1', true],
    ['AK1*HC*1*005010X222A1~AK2*837*0001*005010X222A1', false],
    ['AK1*HC*1*005010X222A1~AK2*837*0001', false],
    ['AK1*HC*1~AK2*837*0001*005010X223A2', false],
    ['AK1*HC*1*004010X097A1~AK2*837*0001', false],
    ['AK1*HR*1~AK2*276*0001', false],
  ])('%s: dental %s', (about, isDental) => {
    const [set] = readAcknowledgements(`ST*999*0001~${about}~IK5*R*5~AK9*R*1*1*0~SE*6*0001~`).files
    const [group] = readAcknowledgements(`ST*999*0001~${about.split('~')[0]}~AK9*R*1*1*0~SE*4*0001~`).files
    expect(set!.isDental).toBe(isDental)
    expect(group!.isDental).toBe(isDental || about.includes('HC*1~'))
  })
})
describe('277CA', () => {
  it('accepts a claim and keeps the payer’s number', () => {
    expect(readAcknowledgements(sample('277CA-imsweb-accepted.txt')).claims).toMatchObject([
      { claim: '5781', isAccepted: true, on: '2011-03-11', amountCents: 12500, payerClaimNumber: '1107000000014420' },
    ])
  })
  it('refuses a claim in words, with the field to correct', () => {
    const [claim] = readAcknowledgements(sample('277CA-imsweb-rejected.txt')).claims
    expect(claim).toMatchObject({ claim: '3920394930203', isAccepted: false })
    expect(claim!.reasons).toEqual([
      {
        category: 'A7',
        status: '562',
        entity: '85',
        words: 'Rejected: information is invalid (billing provider: NPI)',
        field: 'billing.npi',
      },
    ])
  })
  it('a batch refused without its claims is not lost', () => {
    const text = sample('277CA-imsweb-rejected.txt')
      .replace('STC*A1|20*', 'STC*A3|24|41*')
      .replace(/HL\*3.*?SE\*24/s, 'SE*13')
    expect(readAcknowledgements(text).claims).toMatchObject([{ claim: '', isAccepted: false }])
  })
  it('a refused provider beside an accepted one is not lost', () => {
    const text =
      'ST*277*0001~HL*1**20*1~HL*2*1*21*1~HL*3*2*19*0~TRN*1*A~STC*A3:24:85*20261123*U~HL*4*2*19*1~TRN*1*B~STC*A1:19*20261123*WQ~HL*5*4*PT~TRN*2*CW1~STC*A2:20*20261123*WQ*850~SE*13*0001~'
    expect(readAcknowledgements(text).claims).toMatchObject([
      { claim: 'CW1', isAccepted: true },
      { claim: '', isAccepted: false },
    ])
  })
  // Bug (ack/A11): what refuses a provider named no batch, so nobody could say whose claims it meant.
  it('a refused provider is named, with the batch of the level above', () => {
    const text = readFileSync('test/fixtures/edi/ack/A11.edi', 'utf8')
    expect(readAcknowledgements(text).claims).toMatchObject([
      { claim: '', batch: 'B000000001', provider: '1234567893', isAccepted: false },
    ])
  })
  it('of two batches in one answer a refused provider belongs to the one above it', () => {
    const text =
      'ST*277*0001~HL*1**20*1~HL*2*1*21*1~TRN*2*B000000001~STC*A1:19*20261123*WQ~HL*3*1*21*1~TRN*2*B000000002~STC*A1:19*20261123*WQ~HL*4*3*19*0~NM1*85*2*X*****XX*1234567893~STC*A3:24:85*20261123*U~HL*5*1*21*0~HL*6*5*19*0~STC*A3:24:85*20261123*U~SE*13*0001~'
    expect(readAcknowledgements(text).claims.map((one) => [one.batch, one.provider])).toEqual([
      ['B000000002', '1234567893'],
      ['', ''],
    ])
  })
  it('reads every status of a claim', () => {
    const text = sample('277CA-imsweb-rejected.txt').replace(
      '*WQ*199.14~REF*1K',
      '*U*199.14******A6|244*A7|255*TOOTH MISSING~REF*1K',
    )
    const [claim] = readAcknowledgements(text).claims
    expect(claim!.reasons.map((reason) => reason.field)).toEqual(['billing.npi', 'lines.0.tooth', 'diagnoses.0'])
    expect(claim!.text).toBe('TOOTH MISSING')
  })
})
describe('claim status codes', () => {
  it('lead only to fields that the claim form has', () => {
    const unknown = Object.entries(STATUSES).filter(([, [, field]]) => {
      const [first = '', , inLine] = field.split('.')
      if (first === 'lines') return inLine !== undefined && !(inLine in ClaimLineInput.shape)
      return first !== '' && !(first in ClaimForm.shape)
    })
    expect(unknown).toEqual([])
  })
  it('say each something else', () => {
    const words = Object.values(STATUSES).map(([said]) => said)
    expect(words.filter((said, at) => words.indexOf(said) !== at)).toEqual([])
  })
})
it('reads a TA1', () => {
  const text = `${sample('999-imsweb-accepted.txt').split('\n')[0]}\nTA1*000000101*260915*1015*R*006~IEA*0*000000286~`
  expect(readAcknowledgements(text).files).toMatchObject([{ kind: 'TA1', control: '000000101', isAccepted: false }])
})
it('says when the file is something else', () => {
  expect(readAcknowledgements(sample('own-835-predetermination.edi')).warnings.at(-1)!.code).toBe(
    'unknown_acknowledgement',
  )
})
