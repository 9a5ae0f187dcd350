// A claim of ours as an 837D claim, and what an electronic claim still lacks, in words with the field that mends it.
import type { AttachmentKind } from '../case/schema.ts'
import type { Address } from '../office.ts'
import { lineControl } from '../remittance/from-era.ts'
import type { PayerInput } from '../patient.ts'
import type { X12Address, X12Claim, X12Line } from '../x12/claim-file.ts'
import { RELATION_CODES } from '../x12/claim-file.ts'
import { clean, splitNote } from '../x12/claim-file-write.ts'
import { checkOtherPlans, decisionsOn, FILING, type PlansOfClaim, sequenceOf, toOtherPayers } from './other-plans.ts'
import { isProsthesis } from './prosthesis.ts'
import type { ClaimFinding, ClaimLineInput } from './schema.ts'
import { isPoBox } from './validate.ts'

export interface ElectronicSource extends PlansOfClaim {
  /** CLM01. */
  number: string
  lines: readonly ClaimLineInput[]
  frequency: 'original' | 'replacement' | 'void'
  payerClaimNumber: string
  payerKind: PayerInput['kind']
  /** Kinds of files that go with it. */
  enclosures: readonly AttachmentKind[]
}

const SOURCE = 'X12 837D 005010X224A2'
const FREQUENCY = { original: '1', replacement: '7', void: '8' } as const
const CAUSES = { work: 'EM', auto: 'AA', other: 'OA' } as const
const PEOPLE = [
  ['subscriber', 'subscriber'],
  ['patient', 'patient'],
  ['treating', 'treating dentist'],
] as const
/** PWK01 by what is enclosed. */
const REPORTS: Partial<Record<AttachmentKind, string>> = {
  pre_op_periapical: 'RB',
  interim_periapical: 'RB',
  post_op_periapical: 'RB',
  bitewing: 'RB',
  panoramic: 'RB',
  cbct: 'RB',
  perio_chart: 'P6',
  eob: 'EB',
}
/** Notes of an electronic claim: five of 80 characters. */
const NOTE_ROOM = 400

function addressOf({ street, city, state, zip }: Address): X12Address {
  return { street: clean(street, 55), city: clean(city, 30), state: clean(state, 2), zip: zip.replace(/\D/g, '') }
}
const isComplete = ({ street, city, state, zip }: X12Address) =>
  street !== '' && city !== '' && state !== '' && (zip.length === 5 || zip.length === 9)

/** What keeps an electronic claim from being read, beside what `validateClaim` finds. */
export function checkElectronic(source: ElectronicSource): ClaimFinding[] {
  const { form, lines } = source
  const findings: ClaimFinding[] = []
  const add = (severity: ClaimFinding['severity'], field: string, message: string) => {
    findings.push({ id: `electronic:${field}:${findings.length}`, severity, field, message, source: SOURCE })
  }
  const need = (is: boolean, field: string, message: string) => {
    if (!is) add('block', field, message)
  }
  need(form.payerCode !== '', 'payerCode', 'The electronic payer ID is missing: enter it at the payer in Settings.')
  need(
    isComplete(addressOf(form.billing.address)),
    'billing.address.street',
    'The billing address needs street, city, state and ZIP.',
  )
  need(
    !isPoBox(form.billing.address.street),
    'billing.address.street',
    'The billing address of an electronic claim must be a street, not a PO box.',
  )
  if (form.billing.address.zip.replace(/\D/g, '').length !== 9)
    add('warn', 'billing.address.zip', 'Many payers want the nine-digit ZIP of the billing address.')
  need(/^\d{9}$/.test(form.billing.taxId.replace(/\D/g, '')), 'billing.taxId', 'The tax ID must have nine digits.')
  const person = form.relation === 'self' ? 'subscriber' : 'patient'
  need(
    isComplete(addressOf(form[person].address)),
    `${person}.address.street`,
    `The ${person}’s address needs street, city, state and ZIP.`,
  )
  need(form[person].birthDate !== null, `${person}.birthDate`, `The ${person}’s birth date is missing.`)
  for (const [who, words] of PEOPLE)
    for (const part of ['lastName', 'firstName'] as const)
      if (part === 'lastName' || form[who][part].trim() !== '')
        need(
          /[A-Z]/.test(clean(form[who][part], 60)),
          `${who}.${part}`,
          form[who][part].trim() === ''
            ? `The ${words}’s last name is missing.`
            : `The ${words}’s name “${form[who][part]}” has no letter that an electronic claim can carry: write it as on the insurance card.`,
        )
  need(form.memberId !== '', 'memberId', 'The member ID is missing.')
  need(lines.length > 0 && lines.length <= 50, 'lines', 'An electronic claim takes 1 to 50 lines.')
  need(
    form.otherFeesCents === 0,
    'otherFeesCents',
    'Other fees (item 31a) are not sent electronically: report them as a line.',
  )
  if (source.frequency !== 'original')
    need(
      source.payerClaimNumber !== '',
      'payerClaimNumber',
      'A corrected claim, or one that voids another, needs the payer’s claim number from the EOB.',
    )
  if (form.remarks.length > NOTE_ROOM)
    add('warn', 'remarks', `Only the first ${NOTE_ROOM} of ${form.remarks.length} characters are sent electronically.`)
  if (form.enclosures && form.attachmentNumber === '')
    add('info', 'attachmentNumber', 'Enclosures are announced without a number: “available on request”.')
  for (const { severity, field, message } of checkOtherPlans(source)) add(severity, field, message)
  return findings
}

/** Only a prosthesis is a first one or a replacement; a replacement without its date is left to the form's own finding. */
function placementOf(
  { replacement, priorPlacementOn }: ElectronicSource['form'],
  code: string,
): Pick<X12Line, 'placement' | 'priorPlacementOn'> {
  if (!isProsthesis(code)) return { placement: null, priorPlacementOn: null }
  if (!replacement) return { placement: 'I', priorPlacementOn: null }
  return { placement: priorPlacementOn ? 'R' : null, priorPlacementOn }
}

/** The claim as the file carries it. What is missing stays empty: `checkElectronic` names it. */
export function toElectronic(source: ElectronicSource): X12Claim {
  const { form, number, others } = source
  const isSelf = form.relation === 'self'
  const isPredetermination = form.transaction === 'predetermination'
  const dates = [...new Set(source.lines.map((line) => line.serviceDate))]
  const commonDate = dates.length === 1 ? dates[0]! : null
  const lines = source.lines.map((line, at): X12Line => ({
    code: line.code,
    chargeCents: line.feeCents * line.quantity,
    areas: line.area ? [line.area] : [],
    ...placementOf(form, line.code),
    quantity: line.quantity,
    pointers: line.diagnosisPointers
      .split('')
      .map((letter) => 'ABCD'.indexOf(letter) + 1)
      .filter((one) => one > 0),
    tooth: line.tooth,
    surfaces: line.surfaces.split(''),
    serviceDate: isPredetermination || commonDate !== null ? null : line.serviceDate,
    id: lineControl(number, at + 1),
    decisions: decisionsOn(others, at),
  }))
  const { billing, treating } = form
  const isSame = treating.npi === billing.npi
  const dentist = { lastName: clean(treating.lastName, 60), firstName: clean(treating.firstName, 35) }
  const address = addressOf(billing.address)
  const place = addressOf(form.treatmentAddress)
  const payerAddress = addressOf(form.payerAddress)
  return {
    billing: {
      // An NPI belongs to a person or to a practice: the treating dentist's is a person's.
      ...(isSame && dentist.lastName !== ''
        ? { name: '', person: dentist }
        : { name: clean(billing.name, 60), person: null }),
      npi: billing.npi,
      taxId: billing.taxId.replace(/\D/g, ''),
      isSsn: /^\d{3}-\d{2}-\d{4}$/.test(billing.taxId),
      taxonomy: isSame ? treating.taxonomy : '',
      address,
    },
    payer: {
      name: clean(form.payerName, 60),
      id: clean(form.payerCode, 20),
      address: isComplete(payerAddress) ? payerAddress : null,
    },
    sequence: sequenceOf(source.order),
    filing: FILING[source.payerKind],
    groupNumber: clean(form.groupNumber, 30),
    subscriber: {
      lastName: clean(form.subscriber.lastName, 60),
      firstName: clean(form.subscriber.firstName, 35),
      memberId: clean(form.memberId, 40),
      address: isSelf ? addressOf(form.subscriber.address) : null,
      birthDate: isSelf ? form.subscriber.birthDate : null,
      gender: isSelf ? form.subscriber.gender : '',
    },
    patient: isSelf
      ? null
      : {
          lastName: clean(form.patient.lastName, 60),
          firstName: clean(form.patient.firstName, 35),
          relation: RELATION_CODES[form.relation],
          address: addressOf(form.patient.address),
          birthDate: form.patient.birthDate ?? '',
          gender: form.patient.gender,
        },
    number,
    totalCents: lines.reduce((sum, line) => sum + line.chargeCents, 0),
    place: form.placeOfService,
    frequency: FREQUENCY[source.frequency],
    assignBenefits: form.assignBenefits,
    release: form.patientSignature,
    accident: form.accident && { cause: CAUSES[form.accident.cause], on: form.accident.on, state: form.accident.state },
    isEpsdt: form.transaction === 'epsdt',
    isPredetermination,
    appliancePlacedOn: form.orthodontic ? form.appliancePlacedOn : null,
    serviceDate: isPredetermination ? null : commonDate,
    orthodonticMonths: form.orthodontic ? form.monthsOfTreatment : null,
    missingTeeth: form.missingTeeth,
    attachments: attachmentsOf(source),
    predeterminationNumber: isPredetermination ? '' : clean(form.predeterminationNumber, 50),
    payerClaimNumber: source.frequency === 'original' ? '' : clean(source.payerClaimNumber, 50),
    authorizationNumber: clean(form.authorizationNumber, 50),
    notes: splitNote(form.remarks),
    diagnoses: form.diagnoses.map((code) => code.replace('.', '')),
    rendering: isSame ? null : { ...dentist, npi: treating.npi, taxonomy: treating.taxonomy },
    facility:
      isComplete(place) && JSON.stringify(place) !== JSON.stringify(address)
        ? { name: clean(billing.name, 60), address: place }
        : null,
    others: toOtherPayers(source),
    lines,
  }
}

/** One PWK for each kind of report; with a number it was sent to an attachment service, else it is available. */
function attachmentsOf({ form, enclosures }: ElectronicSource): X12Claim['attachments'] {
  if (!form.enclosures) return []
  const types = [...new Set(enclosures.map((kind) => REPORTS[kind] ?? 'OZ'))]
  const number = clean(form.attachmentNumber, 80)
  return (types.length > 0 ? types : ['OZ'])
    .slice(0, 10)
    .map((type) => ({ type, transmission: number ? 'EL' : 'AA', number }))
}
