// What an office's own log of authorizations may hold, and what systems and offices call its columns.
import * as headings from '../import/headings.ts'
import type { AskedColumn, MappingOf, System } from '../import/headings.ts'

export const IMPORT_FIELDS = [
  { id: 'externalId', label: 'Patient number' },
  { id: 'patient', label: 'Patient (last, first)' },
  { id: 'lastName', label: 'Last name' },
  { id: 'firstName', label: 'First name' },
  { id: 'birthDate', label: 'Birth date' },
  { id: 'payer', label: 'Payer' },
  { id: 'memberId', label: 'Member ID' },
  { id: 'code', label: 'Code' },
  { id: 'tooth', label: 'Tooth or area' },
  { id: 'area', label: 'Quadrant or arch' },
  { id: 'fee', label: 'Fee' },
  { id: 'kind', label: 'Kind' },
  { id: 'state', label: 'Status' },
  { id: 'requestId', label: 'Request or claim in the practice system' },
  { id: 'serviceDate', label: 'Date of service' },
  { id: 'lineState', label: 'Status of the service' },
  { id: 'sentOn', label: 'Sent' },
  { id: 'expectedOn', label: 'Answer expected' },
  { id: 'infoDueOn', label: 'Information due' },
  { id: 'decidedOn', label: 'Decided' },
  { id: 'reference', label: 'Number' },
  { id: 'validFrom', label: 'Valid from' },
  { id: 'validTo', label: 'Valid to' },
  { id: 'approved', label: 'Plan pays' },
  { id: 'patientCalledOn', label: 'Patient called' },
  { id: 'bookedFor', label: 'Booked for' },
  { id: 'owner', label: 'Assigned' },
  { id: 'note', label: 'Note' },
] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]['id']
export const IMPORT_FIELD_IDS = IMPORT_FIELDS.map((field) => field.id) as [ImportField, ...ImportField[]]
export type Mapping = MappingOf<ImportField>
export type Asked = AskedColumn<ImportField>
/** How a field is called on screen. */
export const labelOf = (field: ImportField): string => IMPORT_FIELDS.find(({ id }) => id === field)!.label

/** Headings by where they come from; each means one field. */
export const SYSTEMS: readonly System<ImportField>[] = [
  {
    system: 'Our own template',
    source: 'assets/templates/authorizations.csv',
    confidence: 'confirmed',
    names: Object.fromEntries(IMPORT_FIELDS.map(({ id, label }) => [id, label])),
  },
  {
    system: 'Open Dental',
    source: 'Column names in its public source; the pending pre-authorization query of opendentalsupport.com',
    confidence: 'confirmed',
    names: {
      externalId: 'PatNum, PatientID',
      requestId: 'ClaimNum, ClaimID',
      serviceDate: 'ProcDate, DateService',
      lineState: 'LineState',
      patient: 'PatName, PatientName, Patient',
      lastName: 'LName',
      firstName: 'FName',
      birthDate: 'Birthdate',
      payer: 'CarrierName, Carrier',
      memberId: 'SubscriberID',
      code: 'ProcCode, CodeSent',
      tooth: 'ToothNum, ToothRange',
      fee: 'ProcFee, ClaimFee, Total Fee, FeeBilled, $Fee',
      kind: 'ClaimType',
      state: 'ClaimStatus',
      sentOn: 'DateSent, Date Sent',
      decidedOn: 'DateReceived, Date Received',
      reference: 'PreAuthString, PriorAuthorizationNumber, PreAuth Number',
      approved: 'InsEstTotal, InsPayEst, $InsPayEst',
      owner: 'User, Assigned User',
      note: 'ClaimNote, Note',
    },
  },
  {
    system: 'Dentrix',
    source: 'dentrix.com help: pre-authorization reports and status dates; wording of exports not seen',
    confidence: 'unverified',
    names: {
      patient: 'Patient Name, Name',
      birthDate: 'Birthday, Birth Date',
      payer: 'Ins Carrier, Insurance Carrier, Carrier Name, Primary Carrier',
      memberId: 'Subscriber ID, Subscriber Number',
      code: 'ADA Code, Proc Code, Procedure Code',
      tooth: 'Th, Tooth #, Tooth Number',
      area: 'Quad',
      fee: 'Amount Billed, Billed, Charge',
      sentOn: 'Sent, Sent Date, Submitted Date',
      decidedOn: 'Received, Received Date',
      reference: 'Authorization Number, Auth Number, Pre-Auth Number, Preauthorization Number',
      approved: 'Estimate, Ins Est, Est Ins',
      validTo: 'Expiration Date, Expires On',
      state: 'Pre-Auth Status, Status',
      note: 'Status Note, Status Notes',
    },
  },
  {
    system: 'Eaglesoft',
    source: 'Table names in public code (patient, planned_services); wording of lists not seen',
    confidence: 'unverified',
    names: {
      lastName: 'last_name',
      firstName: 'first_name',
      birthDate: 'birth_date, Date of Birth',
      payer: 'Insurance Company, Insurance Co, Ins Company, Ins Co',
      code: 'service_code, Service, Service Code',
      sentOn: 'Date Submitted, Submit Date',
      bookedFor: 'Appointment Date',
      note: 'Remarks',
    },
  },
  {
    system: 'Curve, Ascend and Denticon',
    source: 'learn.dentrixascend.com, help.qsidentalweb.com: words of their pre-determination lists',
    confidence: 'unverified',
    names: {
      payer: 'Insurance Plan, Plan Name, Dental Plan',
      sentOn: 'Submission Date, Submitted On, Submitted, Submission',
      state: 'Work Status, Predetermination Status',
      expectedOn: 'Follow-up Date, Follow Up Date, Follow Up',
      kind: 'Pre-D Type',
      reference: 'Pre-Determination Number, Predetermination Number, Pre-D Number, Pre-D No',
    },
  },
  {
    system: 'Clearinghouse and payer portals',
    source: 'X12 278 and 837D terms as payer portals show them; wording differs from portal to portal',
    confidence: 'reported',
    names: {
      patient: 'Member Name, Patient Full Name, Patient Name (Last, First)',
      lastName: 'Patient Last Name, Member Last Name',
      firstName: 'Patient First Name, Member First Name',
      birthDate: 'Patient DOB, Member DOB, Patient Date of Birth, Patient Birth Date',
      payer: 'Payer Name, Payor, Payor Name, Health Plan',
      memberId: 'Member ID, Member Number, Member No, Insurance ID, Policy Number',
      code: 'CDT Code, Procedure, Proc, Procedure Code (CDT)',
      tooth: 'Tooth No, Tooth Number(s), Tooth/Area, Tooth or Area, Tooth/Quad, Tooth/Quadrant',
      area: 'Oral Cavity, Oral Cavity Area, Area of Oral Cavity, Area, Arch',
      state: 'Auth Status, Authorization Status, Determination, Decision, Request Status, PA Status, Outcome',
      sentOn: 'Request Date, Date of Request, Date Requested, Requested On, Requested',
      decidedOn: 'Decision Date, Determination Date, Date of Decision, Date Decided, Response Date, Date of Response',
      reference:
        'Reference Number, Ref, Ref No, Reference, Auth, Auth No, Auth ID, Authorization No, PA Number, PA No, Prior Auth Number, Prior Authorization Number, Prior Auth No, Case Number, Certification Number',
      validFrom:
        'Effective Date, Auth Start Date, Authorization Start Date, Approval Start Date, Auth Effective Date, Auth From, Effective From',
      validTo:
        'Auth End Date, Authorization End Date, Approval End Date, Auth Exp Date, Auth Exp, Auth Expiration, Auth Expiration Date, Authorization Expiration Date, PA Expiration Date, Approval Expiration Date, Auth Expires, Auth To, Auth Thru',
      approved: 'Approved Amount, Amount Approved, Authorized Amount, Plan Payment, Estimated Payment',
      infoDueOn: 'Information Due, Records Due, Additional Info Due, Info Due',
      kind: 'Request Type, Authorization Type, Auth Type',
    },
  },
  {
    system: 'Sheets made by hand',
    source: 'Public templates of authorization logs (mangoapps.com, priordent.com) and sheets seen in offices',
    confidence: 'reported',
    names: {
      patient: 'Pt, Pt Name, Patients, Patient Names',
      lastName: 'Last, Surname, Pt Last Name',
      firstName: 'First, Given Name, Pt First Name',
      birthDate: 'DOB, Pt DOB, Born, Bday',
      payer:
        'Primary Insurance, Primary Ins, Primary Payer, Secondary Insurance, Secondary Ins, Secondary Payer, Insurance, Ins, Payer, Ins Name, Insurance Name, Plan, Dental Insurance',
      memberId: 'Member, Subscriber, Policy, ID Number, Ins ID',
      code: 'Code, Codes, CDT, ADA, Tx Code, Treatment Code',
      tooth: 'Tooth, Teeth, Tth, Site, Tooth Site',
      area: 'Quadrant, Quads, Quad/Arch, Quadrant/Arch',
      fee: 'Fee, Fees, Est Fee, Estimated Fee, Tx Fee, Our Fee, UCR, UCR Fee, Office Fee, Total, Cost, Price',
      kind: 'Kind, Type, Req Type',
      state: 'State, Current Status, Result, Approved/Denied, Approved or Denied, Approve/Deny',
      sentOn:
        'Sent On, Sent Out, Date Submitted to Ins, Date Sent to Ins, Sent to Insurance, Date Faxed, Date Mailed, Pre-D Sent, Pre-Auth Sent, PA Sent, Auth Sent',
      expectedOn: 'Expected, Answer Expected, Follow Up Due, F/U, F/U Date, Expected Answer',
      decidedOn:
        'Decided On, Date Rec’d, Rec’d, Date Recd, Approved On, Date Approved, Approval Date, Denied On, Date Denied, Denial Date, Answered, Answered On, Date Answered, Answer Date, Date of Answer, Rcvd, Date Rcvd, Pre-D Rcvd, Pre-D Received, Pre-Auth Received, PA Received, Approved/Denied On, Approved/Denied Date, Approval/Denial Date',
      reference: 'No, Number, Auth Num, Ref Num, Approval Number, Approval No, Confirmation, Confirmation Number, PA',
      validFrom: 'Valid From, Effective, Good From, Starts, Valid Starting',
      validTo:
        'Valid To, Valid Until, Valid Thru, Valid Through, Valid Till, Expires, Expiration, Expiry, Expiry Date, Exp, Exp Date, Expire, Expire Date, Expired On, Good Until, Good Thru, Good Through, Good Till, Expiring, Date Expires, Auth Good Until',
      approved: 'Plan Pays, Ins Pays, Insurance Pays, Insurance Estimate, Ins Estimate, Ins Portion, Est Ins Payment',
      patientCalledOn: 'Called, Called On, Called Pt, Pt Called, Date Called, Pt Notified, Patient Notified',
      bookedFor: 'Booked, Appointment, Appt, Appt Date, Scheduled, Scheduled For, Date Scheduled',
      owner: 'Owner, Assigned To, Staff, Employee, Initials, By',
      note: 'Notes, Comment, Comments, Details',
    },
  },
]

/** Headings that mean this in one office and that in another. */
const SEVERAL: Readonly<Record<string, readonly ImportField[]>> = {
  date: ['sentOn', 'decidedOn', 'validTo'],
  dates: ['validTo', 'sentOn', 'decidedOn'],
  'auth date': ['decidedOn', 'sentOn', 'validFrom'],
  'authorization date': ['decidedOn', 'sentOn', 'validFrom'],
  'pa date': ['decidedOn', 'sentOn'],
  'status date': ['decidedOn', 'sentOn'],
  'last update': ['decidedOn', 'sentOn'],
  due: ['expectedOn', 'infoDueOn', 'validTo'],
  'due date': ['expectedOn', 'infoDueOn', 'validTo'],
  'start date': ['validFrom', 'sentOn'],
  start: ['validFrom', 'sentOn'],
  amount: ['fee', 'approved'],
  approved: ['state', 'decidedOn', 'approved'],
  denied: ['state', 'decidedOn'],
  authorization: ['reference', 'state'],
  'prior auth': ['reference', 'state'],
  'pre auth': ['reference', 'state'],
  'prior authorization': ['reference', 'state'],
  predetermination: ['reference', 'state'],
  'pre d': ['reference', 'state'],
  id: ['memberId', 'reference'],
  validity: ['validTo'],
  'valid dates': ['validTo'],
  'auth dates': ['validTo'],
  'approval period': ['validTo'],
  'ins type': ['kind', 'payer'],
  'insurance type': ['kind', 'payer'],
}

const EXPIRY =
  /\bexp(s|d|iry|ir\w*)?\b(?! (vs|amount|fee))|\blapse\w*|\b(valid|good|ok|effective|eff|approved|authorized)\b.*\b(to|thru|through|until|till?|end)\b|\b(valid|good) for\b|\b(ends?|ending|end date|end dt|thru|through|until|term date)\b/

export const LOG_HEADINGS = headings.vocabularyOf<ImportField>({
  fields: IMPORT_FIELD_IDS,
  systems: SYSTEMS,
  several: SEVERAL,
  hints: [['validTo', EXPIRY]],
})

/** Columns recognized by their heading alone. */
export const guessMapping = (names: readonly string[]): Mapping => headings.guessMapping(names, LOG_HEADINGS)

const DATES = /^\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}$|^\d{4}-\d\d-\d\d$|^\d{1,2}-[a-z]{3}-\d{2,4}$/i

/**
 * Columns that must be asked about, by their headings; and where no column says when an approval ends, those that hold dates:
 * an end that is written there must not be assumed.
 */
export function askedColumns(
  names: readonly string[],
  mapping: Mapping,
  ignored: readonly number[],
  rows: readonly (readonly string[])[],
): Asked[] {
  const asked = headings.askedColumns(names, mapping, ignored, LOG_HEADINGS)
  if (mapping.validTo !== undefined || asked.some(({ fields }) => fields.includes('validTo'))) return asked
  const used = new Set([...Object.values(mapping), ...ignored, ...asked.map(({ column }) => column)])
  const dated = names.flatMap((_, column): Asked[] => {
    if (used.has(column)) return []
    const cells = rows.map((row) => row[column] ?? '').filter(Boolean)
    return cells.filter((cell) => DATES.test(cell)).length * 2 > cells.length ? [{ column, fields: ['validTo'] }] : []
  })
  return [...asked, ...dated]
}

/** Fields without which no row can be read. */
export function missingFields(mapping: Mapping): string[] {
  const { patient, lastName, firstName, externalId } = mapping
  const hasName =
    externalId !== undefined || patient !== undefined || (lastName !== undefined && firstName !== undefined)
  return [...(hasName ? [] : ['Patient']), ...(mapping.code === undefined ? ['Code'] : [])]
}
