// Patients, their coverages, and the search that finds them and their cases.
import * as z from 'zod'
import { IsoDate } from '../dates.ts'
import { CaseId, CoverageId, PatientId } from '../ids.ts'
import { Coverage, CoverageInput, Patient, PatientInput } from '../patient.ts'
import { CaseRow } from '../case/schema.ts'
import { command, query, Version } from './route.ts'

export const patientRoutes = {
  /** Empty text lists by name. `after` is the last row's cursor. */
  'patient.list': query({
    permission: 'read',
    topics: ['patient'],
    input: z.strictObject({
      text: z.string().max(100).default(''),
      after: z.string().max(200).nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.strictObject({
      patients: z.array(Patient.extend({ openCases: z.number().int(), payerName: z.string().nullable() })),
      next: z.string().nullable(),
      total: z.number().int(),
    }),
  }),
  'patient.get': query({
    permission: 'read',
    topics: ['patient', 'case'],
    input: z.strictObject({ id: PatientId }),
    audited: 'view',
    output: z.strictObject({ patient: Patient, coverages: z.array(Coverage), cases: z.array(CaseRow) }),
  }),
  /** Somebody of the same name and birth date is asked about: REFUSED with `overridable` and `patientId`, unless `addAnyway`. */
  'patient.add': command({
    permission: 'work',
    topics: ['patient'],
    input: z.strictObject({ patient: PatientInput, addAnyway: z.boolean().default(false) }),
    output: z.strictObject({ id: PatientId }),
  }),
  /** A change that makes two patients the same is asked about as in `patient.add`. */
  'patient.update': command({
    permission: 'work',
    topics: ['patient', 'case'],
    input: z.strictObject({
      id: PatientId,
      version: Version,
      patient: PatientInput,
      saveAnyway: z.boolean().default(false),
    }),
  }),
  /** People who may already be in the file: same birth date and a similar name. */
  'patient.similar': query({
    permission: 'read',
    topics: ['patient'],
    input: z.strictObject({ lastName: z.string().max(60), firstName: z.string().max(60), birthDate: IsoDate }),
    output: z.strictObject({ patients: z.array(Patient) }),
  }),
  'coverage.add': command({
    permission: 'work',
    topics: ['patient', 'case'],
    input: z.strictObject({ coverage: CoverageInput }),
    output: z.strictObject({ id: CoverageId }),
  }),
  'coverage.update': command({
    permission: 'work',
    topics: ['patient', 'case'],
    input: z.strictObject({ id: CoverageId, version: Version, coverage: CoverageInput }),
  }),
  'coverage.remove': command({
    permission: 'work',
    topics: ['patient', 'case'],
    input: z.strictObject({ id: CoverageId, version: Version, reason: z.string().trim().min(1).max(300) }),
  }),
  /** Palette search: name, birth date, tooth, code, reference or claim number, member ID, external id. */
  'search.find': query({
    permission: 'read',
    topics: ['patient', 'case'],
    input: z.strictObject({ text: z.string().max(100), limit: z.number().int().min(1).max(50).default(20) }),
    output: z.strictObject({
      hits: z.array(
        z.strictObject({
          kind: z.enum(['patient', 'case']),
          patientId: PatientId,
          caseId: CaseId.nullable(),
          title: z.string(),
          detail: z.string(),
        }),
      ),
    }),
  }),
} as const
