// Invented answers of a clearinghouse to a claim file (999, 277CA), for the demo practice and for tests.
import type { IsoDate } from '#core/dates.ts'

export interface AnsweredClaim {
  number: string
  /** STC01, such as `A2:20` (accepted) or `A7:164:IL` (member number invalid). */
  status: string
  payerNumber?: string
  lastName?: string
  cents?: number
}
const day = (on: IsoDate) => on.replaceAll('-', '')
const isRefused = (status: string) => /^A[3-8]/.test(status) && !status.startsWith('A5')

/** A set in its envelope, with the counts right. */
function wrap(group: string, version: string, set: string, on: IsoDate, control: number, body: readonly string[]) {
  const number = String(control).padStart(9, '0')
  return [
    `ISA*00*          *00*          *ZZ*CLEARINGHOUSE  *ZZ*SUBMITTERID    *${day(on).slice(2)}*1200*^*00501*${number}*0*P*:`,
    `GS*${group}*CLEARINGHOUSE*SUBMITTERID*${day(on)}*1200*${control}*X*${version}`,
    `ST*${set}*0001*${version}`,
    ...body,
    `SE*${body.length + 2}*0001`,
    `GE*1*${control}`,
    `IEA*1*${number}`,
  ]
    .map((segment) => `${segment}~\n`)
    .join('')
}

/** 999 for the file with this control number; with `refused`, the segment and element that are wrong. */
export function functionalAnswer(on: IsoDate, control: number, refused?: { segment: string; element: string }): string {
  const code = refused ? 'R' : 'A'
  const body = [
    `AK1*HC*${control}*005010X224A2`,
    'AK2*837*0001*005010X224A2',
    ...(refused ? [`IK3*${refused.segment}*8**8`, `IK4*${refused.element}**7`] : []),
    `IK5*${code}`,
    `AK9*${code}*1*1*${refused ? 0 : 1}`,
  ]
  return wrap('FA', '005010X231A1', '999', on, control, body)
}

/** 277CA about claims of one file. */
export function claimAnswer(on: IsoDate, control: number, claims: readonly AnsweredClaim[]): string {
  const body = [
    `BHT*0085*08*${control}*${day(on)}*1200*TH`,
    'HL*1**20*1',
    'NM1*AY*2*SAMPLE CLEARINGHOUSE*****46*CLEARINGHOUSE',
    'HL*2*1*21*1',
    'NM1*41*2*SAMPLE DENTAL PRACTICE*****46*SUBMITTERID',
    'HL*3*2*19*1',
    'NM1*85*2*SAMPLE DENTAL PRACTICE*****XX*1234567893',
    ...claims.flatMap(({ number, status, payerNumber, lastName = 'SAMPLE', cents = 0 }, at) => [
      `HL*${at + 4}*3*PT`,
      `NM1*QC*1*${lastName.toUpperCase()}`,
      `TRN*2*${number}`,
      `STC*${status}*${day(on)}*${isRefused(status) ? 'U' : 'WQ'}*${cents / 100}`,
      ...(payerNumber ? [`REF*1K*${payerNumber}`] : []),
    ]),
  ]
  return wrap('HN', '005010X214', '277', on, control, body)
}
