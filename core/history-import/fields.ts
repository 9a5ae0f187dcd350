// What a practice system's list of procedures may hold, and what systems call its columns.
import { type MappingOf, type System, vocabularyOf } from '../import/headings.ts'

export const HISTORY_FIELDS = [
  { id: 'externalId', label: 'Patient number' },
  { id: 'patient', label: 'Patient (last, first)' },
  { id: 'lastName', label: 'Last name' },
  { id: 'firstName', label: 'First name' },
  { id: 'birthDate', label: 'Birth date' },
  { id: 'procedureId', label: 'Procedure number' },
  { id: 'on', label: 'Date' },
  { id: 'code', label: 'Code' },
  { id: 'tooth', label: 'Tooth' },
  { id: 'surface', label: 'Surface or area' },
  { id: 'range', label: 'Range of teeth' },
  { id: 'state', label: 'Status' },
  { id: 'fee', label: 'Fee' },
  { id: 'provider', label: 'Provider' },
] as const
export type HistoryField = (typeof HISTORY_FIELDS)[number]['id']
export const HISTORY_FIELD_IDS = HISTORY_FIELDS.map((field) => field.id) as [HistoryField, ...HistoryField[]]
export type HistoryMapping = MappingOf<HistoryField>
/** How a field is called on screen. */
export const historyLabelOf = (field: HistoryField): string => HISTORY_FIELDS.find(({ id }) => id === field)!.label

const SYSTEMS: readonly System<HistoryField>[] = [
  {
    system: 'Open Dental',
    source: 'Column names of its public source (imports.md 1, query 2 with its aliases)',
    confidence: 'confirmed',
    names: {
      externalId: 'PatNum, PatientID',
      lastName: 'LName',
      firstName: 'FName',
      birthDate: 'Birthdate',
      procedureId: 'ProcNum, ProcID',
      on: 'ProcDate',
      code: 'ProcCode, CodeSent',
      tooth: 'ToothNum',
      surface: 'Surf',
      range: 'ToothRange',
      state: 'ProcStatus',
      fee: 'ProcFee, $Fee',
      provider: 'ProvNum, ProvID, ProcProv, Abbr',
    },
  },
  {
    system: 'Dentrix, Eaglesoft, sheets made by hand',
    source: 'Words of public help (imports.md 2 to 4); headings not seen',
    confidence: 'unverified',
    names: {
      externalId: 'Chart #, Chart, Chart Number, Patient Id, Pat ID, Patient Number, Account',
      patient: 'Patient, Patient Name, Name, Pt, Pt Name',
      lastName: 'Last Name, Last',
      firstName: 'First Name, First',
      birthDate: 'Birth Date, DOB, Date of Birth',
      procedureId: 'Procedure ID, Service ID',
      on: 'Date, Service Date, Date of Service, DOS, Procedure Date, Completed',
      code: 'Code, Procedure Code, Proc Code, ADA Code, CDT, Service Code, Service',
      tooth: 'Tooth, Tooth #, Th, Tooth Number',
      surface: 'Surface, Surfaces, Area, Quad, Quadrant',
      range: 'Teeth, Tooth Range',
      state: 'Status, Proc Status, Procedure Status',
      fee: 'Fee, Amount, Charge',
      provider: 'Provider, Prov, Dr, Doctor',
    },
  },
]

export const HISTORY_HEADINGS = vocabularyOf<HistoryField>({
  fields: HISTORY_FIELD_IDS,
  systems: SYSTEMS,
  several: {},
  hints: [],
})

/** Fields without which no procedure can be read. */
export function missingHistoryFields(mapping: HistoryMapping): string[] {
  const hasName = mapping.patient !== undefined || (mapping.lastName !== undefined && mapping.firstName !== undefined)
  const isKnown = mapping.externalId !== undefined || (hasName && mapping.birthDate !== undefined)
  return [
    ...(isKnown ? [] : ['Patient number, or patient and birth date']),
    ...(['code', 'on'] as const).flatMap((field) => (mapping[field] === undefined ? [historyLabelOf(field)] : [])),
  ]
}
