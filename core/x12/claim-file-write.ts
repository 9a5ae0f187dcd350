// Writes dental claims as an 837D: upper case ASCII, no delimiter inside data, no empty elements at the end (x12.md 3).
import type { Cents } from '../money.ts'
import { writeAmount, writeDay } from './amounts.ts'
import {
  type ClaimFile,
  IMPLEMENTATION,
  type OtherPayer,
  type X12Address,
  type X12Adjustment,
  type X12Claim,
  type X12Line,
} from './claim-file.ts'

type Element = string | number | null | undefined
type Put = (id: string, ...elements: Element[]) => void

/** Letters and marks that no accent can be taken off of: without these a name would lose them. */
const PLAIN: Readonly<Record<string, string>> = {
  Æ: 'AE',
  Œ: 'OE',
  Ø: 'O',
  Ł: 'L',
  Đ: 'D',
  Ð: 'D',
  Þ: 'TH',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
}

/** Text as an element may hold it: basic characters in upper case, delimiters and accents replaced, cut to its length. */
export function clean(text: string, longest: number): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^ -~]/g, (one) => PLAIN[one] ?? ' ')
    .replace(/[^A-Z0-9 !"&'()+,\-./;?=%@[\]_{}\\|<>#$]/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, longest)
    .trim()
}

/** A remark as notes of at most 80 characters, broken between words, five at most. */
export function splitNote(text: string): string[] {
  const notes: string[] = []
  for (const word of clean(text, 2000).split(' ').filter(Boolean)) {
    const last = notes.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= 80) notes[notes.length - 1] = `${last} ${word}`
    else for (let at = 0; at < word.length; at += 80) notes.push(word.slice(at, at + 80))
  }
  return notes.slice(0, 5)
}

function joined(components: readonly Element[]): string {
  return components
    .map((one) => one ?? '')
    .join(':')
    .replace(/:+$/, '')
}
const yesNo = (is: boolean) => (is ? 'Y' : 'N')

/** The file's text, one segment a line. The caller keeps `control` unique. */
export function writeClaimFile(file: ClaimFile): string {
  const { submitter, receiver, control } = file
  const segments: string[] = []
  const put: Put = (id, ...elements) => {
    segments.push([id, ...elements.map((one) => one ?? '')].join('*').replace(/\*+$/, ''))
  }
  const pad = (text: string) => text.slice(0, 15).padEnd(15)
  const nine = String(control).padStart(9, '0')
  const day = writeDay(file.on)
  put(
    'ISA',
    '00',
    ' '.repeat(10),
    '00',
    ' '.repeat(10),
    'ZZ',
    pad(submitter.id),
    'ZZ',
    pad(receiver.id),
    day.slice(2),
    file.time,
    '^',
    '00501',
    nine,
    '0',
    file.isTest ? 'T' : 'P',
    ':',
  )
  put('GS', 'HC', submitter.id, receiver.id, day, file.time, control, 'X', IMPLEMENTATION)
  const begun = segments.length
  put('ST', '837', '0001', IMPLEMENTATION)
  put('BHT', '0019', '00', `B${nine}`, day, file.time, 'CH')
  put('NM1', '41', 2, submitter.name, '', '', '', '', '46', submitter.id)
  put('PER', 'IC', submitter.contact, 'TE', submitter.phone)
  put('NM1', '40', 2, receiver.name, '', '', '', '', '46', receiver.id)
  let level = 0
  const levelOf = () => (level += 1)
  for (const claims of byProvider(file.claims)) {
    const provider = levelOf()
    putBilling(put, claims[0]!, provider)
    for (const claim of claims) {
      const subscriber = levelOf()
      put('HL', subscriber, provider, '22', claim.patient ? 1 : 0)
      putSubscriber(put, claim)
      if (claim.patient) putPatient(put, claim.patient, levelOf(), subscriber)
      putClaim(put, claim)
    }
  }
  put('SE', segments.length - begun + 1, '0001')
  put('GE', 1, control)
  put('IEA', 1, nine)
  return segments.map((segment) => `${segment}~\n`).join('')
}

function byProvider(claims: readonly X12Claim[]): X12Claim[][] {
  const groups = new Map<string, X12Claim[]>()
  for (const claim of claims) {
    const key = JSON.stringify(claim.billing)
    groups.set(key, [...(groups.get(key) ?? []), claim])
  }
  return [...groups.values()]
}

function putAddress(put: Put, { street, city, state, zip }: X12Address): void {
  put('N3', street)
  put('N4', city, state, zip)
}
function putBilling(put: Put, { billing }: X12Claim, level: number): void {
  put('HL', level, '', '20', 1)
  if (billing.taxonomy) put('PRV', 'BI', 'PXC', billing.taxonomy)
  const { person } = billing
  put(
    'NM1',
    '85',
    ...(person ? [1, person.lastName, person.firstName] : [2, billing.name, '']),
    '',
    '',
    '',
    'XX',
    billing.npi,
  )
  putAddress(put, billing.address)
  put('REF', billing.isSsn ? 'SY' : 'EI', billing.taxId)
}
function putSubscriber(put: Put, claim: X12Claim): void {
  const { subscriber, payer } = claim
  put('SBR', claim.sequence, claim.patient ? '' : '18', claim.groupNumber, '', '', '', '', '', claim.filing)
  put('NM1', 'IL', 1, subscriber.lastName, subscriber.firstName, '', '', '', 'MI', subscriber.memberId)
  if (subscriber.address) putAddress(put, subscriber.address)
  if (subscriber.birthDate) put('DMG', 'D8', writeDay(subscriber.birthDate), subscriber.gender)
  put('NM1', 'PR', 2, payer.name, '', '', '', '', 'PI', payer.id)
  if (payer.address) putAddress(put, payer.address)
}
function putPatient(put: Put, patient: NonNullable<X12Claim['patient']>, level: number, parent: number): void {
  put('HL', level, parent, '23', 0)
  put('PAT', patient.relation)
  put('NM1', 'QC', 1, patient.lastName, patient.firstName)
  putAddress(put, patient.address)
  put('DMG', 'D8', writeDay(patient.birthDate), patient.gender)
}

function putClaim(put: Put, claim: X12Claim): void {
  const { accident } = claim
  const elements: Element[] = [
    claim.number,
    writeAmount(claim.totalCents),
    '',
    '',
    joined([claim.place, 'B', claim.frequency]),
    'Y',
    'A',
    yesNo(claim.assignBenefits),
    claim.release ? 'Y' : 'I',
    '',
    accident ? joined([accident.cause, '', '', accident.state]) : '',
    claim.isEpsdt ? '01' : '',
  ]
  if (claim.isPredetermination) elements[18] = 'PB'
  put('CLM', ...Array.from(elements, (one) => one ?? ''))
  const date = (qualifier: string, on: string | null) => {
    if (on) put('DTP', qualifier, 'D8', writeDay(on))
  }
  date('439', accident?.on ?? null)
  date('452', claim.appliancePlacedOn)
  date('472', claim.serviceDate)
  if (claim.orthodonticMonths !== null) put('DN1', claim.orthodonticMonths)
  for (const tooth of claim.missingTeeth) put('DN2', tooth, 'M', '', '', '', 'JP')
  for (const { type, transmission, number } of claim.attachments)
    put('PWK', type, transmission, '', '', number ? 'AC' : '', number)
  if (claim.predeterminationNumber) put('REF', 'G3', claim.predeterminationNumber)
  if (claim.payerClaimNumber) put('REF', 'F8', claim.payerClaimNumber)
  if (claim.authorizationNumber) put('REF', 'G1', claim.authorizationNumber)
  for (const note of claim.notes) put('NTE', 'ADD', note)
  if (claim.diagnoses.length > 0)
    put('HI', ...claim.diagnoses.map((code, at) => joined([at === 0 ? 'ABK' : 'ABF', code])))
  if (claim.rendering) {
    const { lastName, firstName, npi, taxonomy } = claim.rendering
    put('NM1', '82', 1, lastName, firstName, '', '', '', 'XX', npi)
    if (taxonomy) put('PRV', 'PE', 'PXC', taxonomy)
  }
  if (claim.facility) {
    put('NM1', '77', 2, claim.facility.name)
    putAddress(put, claim.facility.address)
  }
  for (const other of claim.others) putOther(put, other)
  for (const [index, line] of claim.lines.entries()) putLine(put, line, index + 1)
}

/** One CAS for each group, six triplets at most in one segment. */
function putAdjustments(put: Put, adjustments: readonly X12Adjustment[]): void {
  for (const group of new Set(adjustments.map((one) => one.group))) {
    const of = adjustments.filter((one) => one.group === group)
    for (let at = 0; at < of.length; at += 6)
      put(
        'CAS',
        group,
        ...of
          .slice(at, at + 6)
          .flatMap(({ carc, cents }, index) =>
            index === 0 ? [carc, writeAmount(cents)] : ['', carc, writeAmount(cents)],
          ),
      )
  }
}
function putAmount(put: Put, qualifier: string, cents: Cents): void {
  put('AMT', qualifier, writeAmount(cents))
}
function putOther(put: Put, other: OtherPayer): void {
  const { subscriber, payer, paid } = other
  put('SBR', other.sequence, other.relation, other.groupNumber, '', '', '', '', '', other.filing)
  if (paid) {
    putAdjustments(put, paid.adjustments)
    putAmount(put, 'D', paid.cents)
    putAmount(put, 'EAF', paid.patientCents)
  }
  put('OI', '', '', yesNo(other.assignBenefits), '', '', other.release ? 'Y' : 'I')
  put('NM1', 'IL', 1, subscriber.lastName, subscriber.firstName, '', '', '', 'MI', subscriber.memberId)
  put('NM1', 'PR', 2, payer.name, '', '', '', '', 'PI', payer.id)
  if (paid?.on) put('DTP', '573', 'D8', writeDay(paid.on))
  if (other.payerClaimNumber) put('REF', 'F8', other.payerClaimNumber)
}
function putLine(put: Put, line: X12Line, number: number): void {
  put('LX', number)
  put(
    'SV3',
    joined(['AD', line.code]),
    writeAmount(line.chargeCents),
    '',
    joined(line.areas),
    line.placement,
    line.quantity,
    '',
    '',
    '',
    '',
    joined(line.pointers),
  )
  if (line.tooth) put('TOO', 'JP', line.tooth, joined(line.surfaces))
  if (line.serviceDate) put('DTP', '472', 'D8', writeDay(line.serviceDate))
  if (line.priorPlacementOn) put('DTP', '441', 'D8', writeDay(line.priorPlacementOn))
  put('REF', '6R', line.id)
  for (const decision of line.decisions) {
    put('SVD', decision.payerId, writeAmount(decision.paidCents), joined(['AD', decision.code]), '', decision.units)
    putAdjustments(put, decision.adjustments)
    put('DTP', '573', 'D8', writeDay(decision.on))
  }
}
