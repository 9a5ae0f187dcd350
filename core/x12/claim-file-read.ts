// Reads an 837D back and checks it strictly: every missing or misplaced segment, every value that contradicts another.
import { isNpi } from '../office.ts'
import type { IsoDate } from '../dates.ts'
import { readAmount, readDay } from './amounts.ts'
import { CLAIM_SET, FILLED } from './claim-file-grammar.ts'
import {
  type ClaimFile,
  type LineDecision,
  type OtherPayer,
  type Sequence,
  SEQUENCES,
  type X12Address,
  type X12Adjustment,
  type X12Claim,
  type X12Line,
} from './claim-file.ts'
import { checkClaim } from './claim-file-check.ts'
import { collectWarnings } from './era-read.ts'
import { inner, type Loop, many, one, type Problem, readLoops } from './grammar.ts'
import { readEnvelopes } from './envelope.ts'
import { el, parts, readSegments, type Segment } from './segments.ts'

interface FileProblem {
  /** Place in the file, from 1. */
  segment: number
  message: string
}
export interface ReadClaimFile {
  /** Null when the file holds no readable claim set. */
  file: ClaimFile | null
  problems: FileProblem[]
}

/** The file as data and everything wrong with it. @throws AppError FILE_REJECTED when the text is no X12 at all */
export function readClaimFile(text: string): ReadClaimFile {
  const { warnings, warn } = collectWarnings()
  const segments = [...readSegments([text], warn)]
  const placed = [...readEnvelopes(segments, warn)].filter(({ kind }) => kind === '837')
  const problems: FileProblem[] = warnings.map(({ segment, message }) => ({ segment, message }))
  const problem: Problem = (segment, message) => {
    problems.push({ segment: segment.index, message })
  }
  const sets: Segment[][] = []
  for (const { segment } of placed) {
    if (segment.id === 'ST') sets.push([])
    sets.at(-1)?.push(segment)
  }
  const header = segments.find((segment) => segment.id === 'ISA')
  if (sets.length === 0 || !header) {
    problems.push({ segment: 0, message: 'The file holds no dental claim set (837).' })
    return { file: null, problems }
  }
  const envelope = placed[0]!.envelope
  if (!envelope.version.startsWith('005010X224A'))
    problems.push({ segment: 0, message: `The version is ${envelope.version || 'missing'}, not 005010X224A2.` })
  let file: ClaimFile | null = null
  for (const set of sets) {
    const root = readLoops(CLAIM_SET, set, problem)
    for (const segment of set) checkFilled(segment, problem)
    const claims = readClaims(root, problem)
    if (file) file.claims.push(...claims)
    else file = { ...readHead(root, header), control: Number(envelope.interchange), isTest: envelope.isTest, claims }
  }
  return { file, problems: problems.sort((a, b) => a.segment - b.segment) }
}

function checkFilled(segment: Segment, problem: Problem): void {
  for (const number of FILLED[segment.id] ?? [])
    if (el(segment, number) === '') problem(segment, `${segment.id}${String(number).padStart(2, '0')} is empty.`)
}

const at = (loop: Loop | undefined, key: string, number: number): string => {
  const segment = loop && one(loop, key)
  return segment ? el(segment, number) : ''
}
const first = (loop: Loop, name: string): Loop | undefined => inner(loop, name)[0]

function readHead(root: Loop, header: Segment): Pick<ClaimFile, 'submitter' | 'receiver' | 'on' | 'time'> {
  const submitter = first(root, '1000A')
  const receiver = first(root, '1000B')
  return {
    submitter: {
      name: at(submitter, 'NM1', 3),
      id: at(submitter, 'NM1', 9),
      contact: at(submitter, 'PER', 2),
      phone: at(submitter, 'PER', 4),
    },
    receiver: { name: at(receiver, 'NM1', 3), id: at(receiver, 'NM1', 9) },
    on: readDay(at(root, 'BHT', 4)) ?? '',
    time: el(header, 10),
  }
}

function readClaims(root: Loop, problem: Problem): X12Claim[] {
  const claims: X12Claim[] = []
  const levels = new Set<string>()
  const checkLevel = (loop: Loop, parent: string, mayHaveChildren: boolean) => {
    const level = el(loop.first, 1)
    if (levels.has(level) || Number(level) !== levels.size + 1)
      problem(loop.first, 'HL01 does not count the levels one by one.')
    levels.add(level)
    if (el(loop.first, 2) !== parent) problem(loop.first, 'HL02 does not name the level above.')
    if (el(loop.first, 4) !== (mayHaveChildren ? '1' : '0'))
      problem(loop.first, 'HL04 does not say whether levels follow below.')
    return level
  }
  for (const provider of inner(root, '2000A')) {
    const subscribers = inner(provider, '2000B')
    const level = checkLevel(provider, '', subscribers.length > 0)
    const billing = readBilling(provider, problem)
    for (const subscriber of subscribers) {
      const patients = inner(subscriber, '2000C')
      const own = inner(subscriber, '2300')
      const subscriberLevel = checkLevel(subscriber, level, patients.length > 0)
      const isSelf = at(subscriber, 'SBR', 2) === '18'
      if (own.length === 0 && patients.every((patient) => inner(patient, '2300').length === 0))
        problem(subscriber.first, 'A subscriber has no claim.')
      if (own.length > 0 !== isSelf) problem(subscriber.first, 'SBR02 is 18 only when the subscriber is the patient.')
      for (const loop of own) claims.push(readClaim(loop, billing, subscriber, null, problem))
      for (const patient of patients) {
        checkLevel(patient, subscriberLevel, false)
        for (const loop of inner(patient, '2300')) claims.push(readClaim(loop, billing, subscriber, patient, problem))
      }
    }
  }
  return claims
}

function readAddress(loop: Loop | undefined, problem: Problem): X12Address | null {
  if (loop && Boolean(one(loop, 'N3')) !== Boolean(one(loop, 'N4')))
    problem(loop.first, 'Street (N3) and city (N4) are only allowed together.')
  if (!loop || !one(loop, 'N4')) return null
  return { street: at(loop, 'N3', 1), city: at(loop, 'N4', 1), state: at(loop, 'N4', 2), zip: at(loop, 'N4', 3) }
}
const NOWHERE: X12Address = { street: '', city: '', state: '', zip: '' }

function checkNpi(segment: Segment | undefined, problem: Problem): void {
  if (segment && (el(segment, 8) !== 'XX' || !isNpi(el(segment, 9))))
    problem(segment, 'The NPI is missing or its check digit is wrong.')
}
function readBilling(provider: Loop, problem: Problem): X12Claim['billing'] {
  const named = first(provider, '2010AA')
  const segment = named && one(named, 'NM1')
  checkNpi(segment, problem)
  // EI and SY stand under one rule of the grammar.
  const tax = named && one(named, 'REF EI')
  if (!tax || !/^\d{9}$/.test(el(tax, 2))) problem(tax ?? provider.first, 'The tax ID of nine digits is missing.')
  return {
    ...(at(named, 'NM1', 2) === '1'
      ? { name: '', person: { lastName: at(named, 'NM1', 3), firstName: at(named, 'NM1', 4) } }
      : { name: at(named, 'NM1', 3), person: null }),
    npi: at(named, 'NM1', 9),
    taxId: tax ? el(tax, 2) : '',
    isSsn: tax !== undefined && el(tax, 1) === 'SY',
    taxonomy: at(provider, 'PRV', 3),
    address: readAddress(named, problem) ?? NOWHERE,
  }
}

function dateOf(segment: Segment | undefined, problem: Problem): IsoDate | null {
  if (!segment) return null
  const day = el(segment, 2) === 'D8' ? readDay(el(segment, 3)) : null
  if (day === null) problem(segment, `${segment.id} ${el(segment, 1)} holds no date.`)
  return day
}
function birthOf(loop: Loop | undefined, problem: Problem): IsoDate | null {
  const segment = loop && one(loop, 'DMG')
  if (!segment) return null
  const day = readDay(el(segment, 2))
  if (day === null) problem(segment, 'The birth date is no date.')
  if (!['M', 'F', 'U'].includes(el(segment, 3))) problem(segment, 'The gender is not M, F or U.')
  return day
}
function amountAt(segment: Segment, number: number, problem: Problem): number {
  const cents = readAmount(el(segment, number))
  if (cents === null) problem(segment, `${segment.id}${String(number).padStart(2, '0')} is not an amount.`)
  return cents ?? 0
}

function readClaim(
  loop: Loop,
  billing: X12Claim['billing'],
  subscriber: Loop,
  patient: Loop | null,
  problem: Problem,
): X12Claim {
  const clm = loop.first
  const [place = '', , frequency = ''] = parts(clm, 5)
  const [cause = '', , , state = ''] = parts(clm, 11)
  const isPredetermination = el(clm, 19) === 'PB'
  const name = first(subscriber, '2010BA')
  const payer = first(subscriber, '2010BB')
  const named = patient ? first(patient, '2010CA') : undefined
  const rendering = first(loop, '2310B')
  const facility = first(loop, '2310C')
  if (rendering) checkNpi(rendering.first, problem)
  const diagnoses = one(loop, 'HI')
  const claim: X12Claim = {
    billing,
    payer: { name: at(payer, 'NM1', 3), id: at(payer, 'NM1', 9), address: readAddress(payer, problem) },
    sequence: sequenceOf(at(subscriber, 'SBR', 1)),
    filing: at(subscriber, 'SBR', 9),
    groupNumber: at(subscriber, 'SBR', 3),
    subscriber: {
      lastName: at(name, 'NM1', 3),
      firstName: at(name, 'NM1', 4),
      memberId: at(name, 'NM1', 9),
      address: readAddress(name, problem),
      birthDate: birthOf(name, problem),
      gender: at(name, 'DMG', 3),
    },
    patient: patient && {
      lastName: at(named, 'NM1', 3),
      firstName: at(named, 'NM1', 4),
      relation: at(patient, 'PAT', 1),
      address: readAddress(named, problem) ?? NOWHERE,
      birthDate: birthOf(named, problem) ?? '',
      gender: at(named, 'DMG', 3),
    },
    number: el(clm, 1),
    totalCents: amountAt(clm, 2, problem),
    place,
    frequency: frequency === '7' || frequency === '8' ? frequency : '1',
    assignBenefits: el(clm, 8) === 'Y',
    release: el(clm, 9) === 'Y',
    accident: cause === '' ? null : { cause: causeOf(cause), on: dateOf(one(loop, 'DTP 439'), problem), state },
    isEpsdt: el(clm, 12) === '01',
    isPredetermination,
    appliancePlacedOn: dateOf(one(loop, 'DTP 452'), problem),
    serviceDate: dateOf(one(loop, 'DTP 472'), problem),
    orthodonticMonths: one(loop, 'DN1') ? Number(at(loop, 'DN1', 1)) : null,
    missingTeeth: many(loop, 'DN2').map((segment) => el(segment, 1)),
    attachments: many(loop, 'PWK').map((segment) => ({
      type: el(segment, 1),
      transmission: el(segment, 2),
      number: el(segment, 6),
    })),
    predeterminationNumber: at(loop, 'REF G3', 2),
    payerClaimNumber: at(loop, 'REF F8', 2),
    authorizationNumber: at(loop, 'REF G1', 2),
    notes: many(loop, 'NTE ADD').map((segment) => el(segment, 2)),
    diagnoses: diagnoses ? diagnoses.at.slice(1).map((_, index) => parts(diagnoses, index + 1)[1] ?? '') : [],
    rendering: rendering
      ? {
          lastName: el(rendering.first, 3),
          firstName: el(rendering.first, 4),
          npi: el(rendering.first, 9),
          taxonomy: at(rendering, 'PRV', 3),
        }
      : null,
    facility: facility ? { name: el(facility.first, 3), address: readAddress(facility, problem) ?? NOWHERE } : null,
    others: inner(loop, '2320').map((other) => readOther(other, problem)),
    lines: inner(loop, '2400').map((line, index) => readLine(line, index + 1, problem)),
  }
  checkClaim(claim, (message) => {
    problem(clm, message)
  })
  return claim
}
function sequenceOf(text: string): Sequence {
  return SEQUENCES.find((one) => one === text) ?? 'P'
}
function causeOf(text: string): 'AA' | 'EM' | 'OA' {
  return text === 'AA' || text === 'EM' ? text : 'OA'
}

function adjustmentsOf(loop: Loop, problem: Problem): X12Adjustment[] {
  return many(loop, 'CAS').flatMap((segment) => {
    const found: X12Adjustment[] = []
    for (let index = 2; index < segment.at.length; index += 3)
      if (el(segment, index))
        found.push({ group: el(segment, 1), carc: el(segment, index), cents: amountAt(segment, index + 1, problem) })
    return found
  })
}
function readOther(loop: Loop, problem: Problem): OtherPayer {
  const named = first(loop, '2330A')
  const payer = first(loop, '2330B')
  const paid = one(loop, 'AMT D')
  for (const party of [named, payer]) readAddress(party, problem)
  const share = one(loop, 'AMT EAF')
  const decided = payer && one(payer, 'DTP 573')
  if (decided && !paid) problem(decided, 'What the other payer paid for the claim (AMT D) is missing.')
  return {
    sequence: sequenceOf(at(loop, 'SBR', 1)),
    relation: at(loop, 'SBR', 2),
    groupNumber: at(loop, 'SBR', 3),
    filing: at(loop, 'SBR', 9),
    subscriber: { lastName: at(named, 'NM1', 3), firstName: at(named, 'NM1', 4), memberId: at(named, 'NM1', 9) },
    payer: { name: at(payer, 'NM1', 3), id: at(payer, 'NM1', 9) },
    assignBenefits: at(loop, 'OI', 3) === 'Y',
    release: at(loop, 'OI', 6) === 'Y',
    payerClaimNumber: at(payer, 'REF F8', 2),
    paid: paid
      ? {
          cents: amountAt(paid, 2, problem),
          patientCents: share ? amountAt(share, 2, problem) : 0,
          adjustments: adjustmentsOf(loop, problem),
          on: dateOf(decided, problem),
        }
      : null,
  }
}
const placementOf = (text: string) => (text === 'I' || text === 'R' ? text : null)

function readDecision(loop: Loop, problem: Problem): LineDecision {
  return {
    payerId: el(loop.first, 1),
    paidCents: amountAt(loop.first, 2, problem),
    code: parts(loop.first, 3)[1] ?? '',
    units: Number(el(loop.first, 5)) || 1,
    adjustments: adjustmentsOf(loop, problem),
    on: dateOf(one(loop, 'DTP 573'), problem) ?? '',
  }
}
function readLine(loop: Loop, number: number, problem: Problem): X12Line {
  if (Number(el(loop.first, 1)) !== number) problem(loop.first, 'LX01 does not count the lines one by one.')
  const sv3 = one(loop, 'SV3') ?? loop.first
  const [qualifier = '', code = ''] = parts(sv3, 1)
  if (qualifier !== 'AD') problem(sv3, 'SV301 does not name a dental code (AD).')
  const [tooth] = many(loop, 'TOO')
  const components = (segment: Segment, index: number) => parts(segment, index).filter(Boolean)
  return {
    code,
    chargeCents: amountAt(sv3, 2, problem),
    areas: components(sv3, 4),
    placement: placementOf(el(sv3, 5)),
    priorPlacementOn: dateOf(one(loop, 'DTP 441'), problem),
    quantity: el(sv3, 6) === '' ? 1 : Number(el(sv3, 6)),
    pointers: components(sv3, 11).map(Number),
    tooth: tooth ? el(tooth, 2) : null,
    surfaces: tooth ? components(tooth, 3) : [],
    serviceDate: dateOf(one(loop, 'DTP 472'), problem),
    id: at(loop, 'REF 6R', 2),
    decisions: inner(loop, '2430').map((decision) => readDecision(decision, problem)),
  }
}
