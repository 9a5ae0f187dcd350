// What a payer would send back, said before the claim goes out: each finding names the field, the reason and the form's item.
import type { PlacedService } from '../authorization/cover.ts'
import { checkAgainstClaim, type AuthorizationTerms } from '../authorization/terms.ts'
import { type CoverageDates, NOT_COVERED, whyNotCovered } from '../coverage/dates.ts'
import { editionFinding } from '../codes/edition.ts'
import { formatDate, type IsoDate } from '../dates.ts'
import { outdatedPlaces } from '../document/outdated.ts'
import { openPlaces, textsIn } from '../document/outgoing.ts'
import { checkDiagnoses } from '../guide/checklist.ts'
import { fitsTooth, indexOf, isDiagnostic, isValidOn } from '../guide/facts.ts'
import type { Service } from '../guide/frequency.ts'
import type { StatedFacts } from '../guide/condition.ts'
import type { Code, Guide } from '../guide/schema.ts'
import { formatMoney } from '../money.ts'
import { isNpi } from '../office.ts'
import { type FiguredPayer, filingUntil, type ReckonedDay } from '../payer-figures.ts'
import { findTooth } from '../teeth.ts'
import type { Sending } from './first-sending.ts'
import { type PayerAnswers, ruleFindings } from './rules.ts'
import type { ClaimFinding, ClaimForm, ClaimLineInput } from './schema.ts'

/** ICD-10-CM codes by their number. */
export type Diagnoses = ReadonlyMap<string, { label: string; billable: boolean }>

/** What the form alone does not say. */
export interface ClaimContext {
  guide: Guide
  /** As the case states them. */
  facts: StatedFacts
  today: IsoDate
  /** Answer to "is an authorization needed?". */
  need: 'yes' | 'no' | 'unknown'
  authorization: AuthorizationTerms | null
  /** What other claims have used of it. */
  claimedBefore: readonly PlacedService[]
  /** The dates of the coverage that is billed. */
  coverage: CoverageDates | null
  trauma: boolean
  hasAttachments: boolean
  /** Sentences of the remarks that the record says otherwise by now. */
  outdated: readonly string[]
  /** When the claim that this one corrects first reached the payer; null: it corrects none. */
  firstSending: Sending | null
  /** The payer whose figures count for filing. */
  payer: FiguredPayer | null
  /** Day of the last visit, once the treatment is finished. */
  completedOn: IsoDate | null
  icd: Diagnoses
  codeSet: Parameters<typeof editionFinding>[0]
  /** What the office has reported for the patient elsewhere than on this claim. */
  history: readonly Service[]
  providerId: string | null
  /** What the payer said about limits and bundling of these codes. */
  answers: PayerAnswers
}
type Add = (severity: ClaimFinding['severity'], field: string, message: string, source: string) => void

const item = (numbers: string) => `ADA 2024 form, item ${numbers}`
const LIMITS = { remark: 80, remarks: 2000, lines: 10 }

/** All findings, the blocking ones first. An empty list means nothing known speaks against sending. */
export function validateClaim(
  form: ClaimForm,
  lines: readonly ClaimLineInput[],
  context: ClaimContext,
): ClaimFinding[] {
  const findings: ClaimFinding[] = []
  const add: Add = (severity, field, message, source) => {
    findings.push({ id: `${field}:${findings.length}`, severity, field, message, source })
  }
  checkPeople(form, add)
  checkOffice(form, add)
  checkLines(form, lines, context, add)
  checkOpenPlaces(form, lines, context, add)
  checkDiagnosis(form, lines, context, add)
  checkAuthorization(form, lines, context, add)
  findings.push(
    ...ruleFindings(lines, {
      ...context,
      rules: context.payer?.rules ?? [],
      birthDate: form.patient.birthDate,
      coveredFrom: context.coverage?.validFrom ?? null,
    }),
  )
  checkRest(form, lines, context, add)
  const order = { block: 0, warn: 1, info: 2 }
  return findings.sort((a, b) => order[a.severity] - order[b.severity])
}

function checkPeople(form: ClaimForm, add: Add): void {
  if (!form.payerName) add('block', 'payerName', 'The payer is missing. Choose the patient’s coverage.', item('3'))
  if (!form.payerCode)
    add('info', 'payerCode', 'The electronic payer ID is empty: needed for electronic claims.', item('3a'))
  if (!form.memberId) add('block', 'memberId', 'The member ID is missing.', item('15'))
  if (!form.subscriber.lastName || !form.subscriber.firstName)
    add('block', 'subscriber.lastName', 'The subscriber’s name is missing.', item('12'))
  if (!form.subscriber.birthDate)
    add('block', 'subscriber.birthDate', 'The subscriber’s birth date is missing.', item('13'))
  if (!form.subscriber.address.street)
    add('warn', 'subscriber.address.street', 'The subscriber’s address is missing.', item('12'))
  for (const name of ['lastName', 'firstName'] as const)
    if (!form.patient[name]) add('block', `patient.${name}`, 'The patient’s name is missing.', item('20'))
  if (!form.patient.birthDate) add('block', 'patient.birthDate', 'The patient’s birth date is missing.', item('21'))
  const same =
    form.subscriber.lastName === form.patient.lastName &&
    form.subscriber.firstName === form.patient.firstName &&
    form.subscriber.birthDate === form.patient.birthDate
  if (form.relation === 'self' && !same)
    add('block', 'relation', 'The relationship says “self”, but subscriber and patient differ.', item('18'))
  if (form.relation !== 'self' && same)
    add(
      'warn',
      'relation',
      'Subscriber and patient are the same person, but the relationship is not “self”.',
      item('18'),
    )
  if (form.otherCoverage && !form.otherCoverage.memberId)
    add('warn', 'otherCoverage.memberId', 'The other plan’s member ID is missing.', item('8'))
}

/** `PO Box 12`, `P.O. Box 12`. */
export const isPoBox = (street: string) => /\bp\.?\s*o\.?\s*box\b/i.test(street)

function checkOffice(form: ClaimForm, add: Add): void {
  if (!form.billing.name || !form.billing.address.street)
    add(
      'block',
      'billing.name',
      'Name or address of the billing dentist or entity is missing. Enter it in Settings.',
      item('48'),
    )
  if (!isNpi(form.billing.npi))
    add(
      'block',
      'billing.npi',
      form.billing.npi ? 'The billing NPI has a wrong check digit.' : 'The billing NPI is missing.',
      item('49'),
    )
  if (!/^\d{2}-?\d{7}$|^\d{3}-?\d{2}-?\d{4}$/.test(form.billing.taxId))
    add('block', 'billing.taxId', 'The tax ID must have nine digits.', item('51'))
  if (!isNpi(form.treating.npi))
    add(
      'block',
      'treating.npi',
      form.treating.npi
        ? 'The treating dentist’s NPI has a wrong check digit.'
        : 'The treating dentist or the NPI is missing.',
      item('54'),
    )
  if (!form.treating.license)
    add('warn', 'treating.license', 'The treating dentist’s license number is missing.', item('55'))
  if (isPoBox(form.treatmentAddress.street))
    add('block', 'treatmentAddress.street', 'The treatment address may not be a PO box.', item('56'))
}

function checkLines(form: ClaimForm, lines: readonly ClaimLineInput[], context: ClaimContext, add: Add): void {
  const { guide } = context
  if (lines.length === 0)
    add('block', 'lines', 'The claim has no line: no visit of this case is marked as done.', item('24 to 31'))
  if (lines.length > LIMITS.lines)
    add('warn', 'lines', `The paper form takes ${LIMITS.lines} lines: use a second one.`, item('32'))
  for (const [index, line] of lines.entries()) {
    const at = (field: string) => `lines.${index}.${field}`
    const code = indexOf(guide).codes.get(line.code)
    checkServiceDate(form, line, context, (severity, message) => add(severity, at('serviceDate'), message, item('24')))
    const uncovered = context.coverage && line.serviceDate && whyNotCovered(context.coverage, line.serviceDate)
    if (uncovered)
      add(
        'warn',
        at('serviceDate'),
        `${line.code} on ${formatDate(line.serviceDate!)}: ${uncovered}. Bill the plan of that day.`,
        NOT_COVERED,
      )
    if (code && !isValidOn(code, line.serviceDate))
      add(
        'block',
        at('code'),
        `${line.code} is not valid on this service date.`,
        item('29; codes change each January 1'),
      )
    const edition = line.serviceDate && editionFinding(context.codeSet, line.serviceDate)
    if (edition) add('warn', at('code'), `${line.code}: ${edition.message}`, edition.source)
    checkPlace(line, guide, at, add)
    const same = (other: ClaimLineInput) =>
      other.code === line.code &&
      other.tooth === line.tooth &&
      other.area === line.area &&
      other.surfaces === line.surfaces &&
      other.serviceDate === line.serviceDate
    if (lines.slice(0, index).some(same))
      add('warn', at('code'), `${line.code} is listed twice with the same place and date.`, 'X12 reason code CARC 18')
    if (line.diagnosisPointers.split('').some((letter) => 'ABCD'.indexOf(letter) >= form.diagnoses.length))
      add('block', at('diagnosisPointers'), `${line.code} points to a diagnosis that is not listed.`, item('29a'))
    if (form.diagnoses.length > 0 && line.diagnosisPointers === '')
      add('warn', at('diagnosisPointers'), `${line.code} points to no diagnosis.`, item('29a'))
  }
}

/** What stops letters and files stops the claim, too. */
function checkOpenPlaces(form: ClaimForm, lines: readonly ClaimLineInput[], context: ClaimContext, add: Add): void {
  for (const { words } of outdatedPlaces(context.outdated)) add('warn', 'remarks', words, item('35'))

  for (const { line, words } of openPlaces({ texts: textsIn([form, lines]), lines }))
    if (line === null) add('warn', 'remarks', words, item('35'))
    else add('warn', `lines.${line}.feeCents`, words, item('31'))
}

function checkServiceDate(
  form: ClaimForm,
  line: ClaimLineInput,
  { guide, today, completedOn }: ClaimContext,
  say: (severity: ClaimFinding['severity'], message: string) => void,
): void {
  const { code, serviceDate } = line
  if (form.transaction === 'predetermination') {
    if (serviceDate) say('block', `${code}: a predetermination carries no service date.`)
    return
  }
  if (!serviceDate) return say('block', `${code}: the service date is missing. Most payers want the completion date.`)
  if (serviceDate > today) say('block', `${code}: ${formatDate(serviceDate)} is in the future.`)
  if (form.patient.birthDate && serviceDate < form.patient.birthDate)
    say('block', `${code}: ${formatDate(serviceDate)} is before the patient’s birth.`)
  const final = guide.visitPlans.some((plan) => plan.phases.some((one) => one.phase === 'final' && one.code === code))
  if (final && completedOn && serviceDate !== completedOn)
    say('warn', `${code}: most payers want the completion date, ${formatDate(completedOn)}.`)
}

function checkPlace(line: ClaimLineInput, guide: Guide, at: (field: string) => string, add: Add): void {
  const code = indexOf(guide).codes.get(line.code)
  if (!code) {
    add('info', at('code'), `${line.code} is not in this guide: tooth and area rules are not checked.`, item('29'))
    return
  }
  if (code.area === 'tooth' && !line.tooth) {
    // Further films of one day stand in one line, of several teeth or of none.
    if (isDiagnostic(code))
      add('info', at('tooth'), `Some payers want the tooth of ${line.code}: check with payer.`, item('27'))
    else add('block', at('tooth'), `${line.code} needs a tooth number.`, item('27'))
  }
  if (code.area === 'tooth' && line.area)
    add('warn', at('area'), `${line.code} is reported by tooth: leave the area empty.`, item('25'))
  checkSurfaces(line, code, at, add)
  if (code.area === 'quadrant' && !line.area) add('block', at('area'), `${line.code} needs a quadrant.`, item('25'))
  if (line.tooth && findTooth(line.tooth) && !fitsTooth(code, line.tooth))
    add(
      'block',
      at('tooth'),
      `${line.code} does not fit tooth ${line.tooth}: wrong class or dentition.`,
      item('27, 29'),
    )
}

function checkSurfaces({ surfaces }: ClaimLineInput, code: Code, at: (field: string) => string, add: Add): void {
  const say = (words: string) => add('warn', at('surfaces'), `${code.code} ${words}`, item('28'))
  if (!code.surfaces) {
    if (code.area === 'tooth' && surfaces && code.kind === 'treatment') say('takes no surfaces.')
    return
  }
  const { from, to } = code.surfaces
  if (surfaces.length >= from && surfaces.length <= to) return
  if (!surfaces) return say('needs its surfaces, such as MO.')
  const wanted = from === to ? String(from) : `${from} to ${to}`
  say(`stands for ${wanted} ${to === 1 ? 'surface' : 'surfaces'}: ${surfaces} names ${surfaces.length}.`)
}

function checkDiagnosis(form: ClaimForm, lines: readonly ClaimLineInput[], context: ClaimContext, add: Add): void {
  for (const [index, code] of form.diagnoses.entries()) {
    const known = context.icd.get(code)
    if (!/^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/.test(code))
      add('block', `diagnoses.${index}`, `${code} is not an ICD-10-CM code.`, item('34a'))
    else if (known && !known.billable)
      add('block', `diagnoses.${index}`, `${code} is a heading, not billable: choose a code below it.`, item('34a'))
    else if (form.diagnoses.indexOf(code) < index)
      add('warn', `diagnoses.${index}`, `${code} is listed twice.`, item('34a'))
    else if (!known) add('info', `diagnoses.${index}`, `${code} is not in the short list: check it.`, item('34a'))
  }
  const has = (prefix: string) => form.diagnoses.some((code) => code.startsWith(prefix))
  if (has('K03.81') && has('S02.5'))
    add(
      'warn',
      'diagnoses.0',
      'K03.81 is a crack without trauma: it does not go with a fracture, S02.5.',
      'icd10data.com S02.5-',
    )
  for (const code of new Set(lines.map((line) => line.code))) {
    for (const finding of checkDiagnoses(context.guide, code, form.diagnoses))
      add(finding.severity, 'diagnoses.0', finding.message, finding.source)
  }
}

function checkAuthorization(form: ClaimForm, lines: readonly ClaimLineInput[], context: ClaimContext, add: Add): void {
  const { authorization, need } = context
  if (form.transaction === 'predetermination') return
  const source = 'X12 reason code CARC 197'
  if (need === 'yes' && !authorization)
    add('warn', 'authorizationNumber', 'The payer wants an authorization and none is on file.', source)
  if (need === 'unknown' && !authorization)
    add('info', 'authorizationNumber', 'Nobody has recorded whether an authorization is needed.', source)
  if (!authorization) return
  for (const finding of checkAgainstClaim(authorization, lines, context.claimedBefore))
    add(finding.severity, 'authorizationNumber', finding.message, finding.source)
  const number = authorization.kind === 'required' ? form.authorizationNumber : form.predeterminationNumber
  if (authorization.reference && number !== authorization.reference)
    add(
      'warn',
      'authorizationNumber',
      `The number on the claim is not that of the authorization (${authorization.reference}).`,
      item('2'),
    )
  if (!authorization.reference && authorization.kind === 'required')
    add('warn', 'authorizationNumber', 'The authorization has no number yet.', item('2'))
}

/** A correction counts from the sending that the payer first accepted (desk case P6). */
function checkLate({ on: last, basis }: ReckonedDay, { firstSending }: ClaimContext, add: Add): void {
  const say = (severity: 'warn' | 'info', words: string) =>
    add(severity, 'lines.0.serviceDate', `Timely filing ended ${formatDate(last)}. ${words}`, basis)
  if (!firstSending) return say('warn', 'Keep proof of an earlier sending.')
  const { number, on, accepted } = firstSending
  const sent = `Claim ${number} was first sent on ${formatDate(on)}`
  if (accepted && accepted.on <= last)
    return say('info', `${sent}, in time: ${accepted.proof}. Whether this payer limits corrections: check with payer.`)
  if (on > last) return say('warn', `${sent}: that was late, too.`)
  const known = accepted
    ? `the first proof is of ${formatDate(accepted.on)} (${accepted.proof})`
    : 'no acceptance is on file'
  say('warn', `${sent}, and ${known}: ask for the acceptance report.`)
}

function checkRest(form: ClaimForm, lines: readonly ClaimLineInput[], context: ClaimContext, add: Add): void {
  if (context.trauma && !form.accident)
    add('warn', 'accident', 'The case is from trauma: fill in the accident.', item('45 to 47'))
  if (form.accident && !form.accident.on) add('warn', 'accident.on', 'The date of the accident is missing.', item('46'))
  const treatedOn = lines.flatMap((line) => line.serviceDate ?? []).sort()
  if (form.accident?.on && treatedOn[0] && form.accident.on > treatedOn[0])
    add('warn', 'accident.on', 'The accident is after the treatment.', item('46'))
  if (form.accident?.cause === 'auto' && !form.accident.state)
    add('block', 'accident.state', 'An auto accident needs the state.', item('47'))
  if (context.hasAttachments && !form.enclosures)
    add('warn', 'enclosures', 'The case has films or documents, but the claim says no enclosures.', item('39'))
  if (form.attachmentNumber && !form.remarks.startsWith(form.attachmentNumber))
    add(
      'warn',
      'remarks',
      `Put the attachment number first in the remarks: ${form.attachmentNumber}`,
      'opendental.com/manual/eclaimsattachments.html',
    )
  if (form.remarks.length > LIMITS.remark)
    add(
      'info',
      'remarks',
      `${form.remarks.length} characters: box 35 guarantees ${LIMITS.remark}; some channels cut the rest.`,
      'dentalbillingsolutionsinc.com (desk pack 73)',
    )
  if (!form.patientSignature) add('warn', 'patientSignature', 'The patient’s consent is not on file.', item('36'))
  if (form.orthodontic && !form.appliancePlacedOn)
    add('warn', 'appliancePlacedOn', 'Orthodontics needs the date the appliance was placed.', item('41'))
  if (form.replacement && !form.priorPlacementOn)
    add('warn', 'priorPlacementOn', 'A replacement needs the date of the prior placement.', item('44'))
  const filing = filingUntil(context.payer, treatedOn)
  if (filing && filing.on < context.today) checkLate(filing, context, add)
  const total = lines.reduce((sum, line) => sum + line.feeCents * line.quantity, 0) + form.otherFeesCents
  if (total > 100_000_00) add('warn', 'lines', `The total is ${formatMoney(total)}. Check the fees.`, item('32'))
}
