// Patients, their coverages, and the search that finds them and their cases.
import * as z from 'zod'
import { IsoDate } from '../dates.ts'
import { CaseId, CoverageId, PatientId } from '../ids.ts'
import { Coverage, CoverageInput, Likeness, Patient, PatientInput, Standing, PLAN_ORDERS } from '../patient.ts'
import { CaseRow } from '../case/schema.ts'
import { PlanOrder, PlanOrderFacts } from '../coverage/order.ts'
import { command, query, Version } from './route.ts'

/** A patient in the version that the person saw. */
const Seen = z.strictObject({ id: PatientId, version: Version })

export const patientRoutes = {
  /** Empty text lists by name. `after` is the last row's cursor. */
  'patient.list': query({
    permission: 'read',
    topics: ['patient'],
    input: z.strictObject({
      text: z.string().max(100).default(''),
      /** `gone`: those voided and merged, whom nothing else lists. */
      standing: z.enum(['active', 'gone']).default('active'),
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
    output: z.strictObject({
      patient: Patient,
      standing: Standing,
      voidReason: z.string(),
      /** Where everything of a merged one is now. */
      mergedInto: Patient.nullable(),
      /** Entries that were merged into this one. */
      merged: z.array(Patient),
      coverages: z.array(Coverage),
      cases: z.array(CaseRow),
    }),
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
  /** Voids a patient entered by mistake, with their cases. REFUSED once something was sent or paid. */
  'patient.void': command({
    permission: 'work',
    topics: ['patient', 'case', 'authorization', 'claim', 'task'],
    input: z.strictObject({ id: PatientId, version: Version, reason: z.string().trim().min(1).max(300) }),
  }),
  'patient.restore': command({
    permission: 'work',
    topics: ['patient', 'case', 'authorization', 'claim', 'task'],
    input: z.strictObject({ id: PatientId, version: Version }),
  }),
  /** What `patient.merge` would do; `reasons`: why it cannot. */
  'patient.mergePreview': query({
    permission: 'work',
    topics: ['patient', 'case'],
    input: z.strictObject({ fromId: PatientId, intoId: PatientId }),
    output: z.strictObject({
      from: Patient,
      into: Patient,
      cases: z.array(CaseRow),
      coverages: z.array(
        z.strictObject({
          coverage: Coverage,
          /** The other one has the same plan: kept once. */
          isSame: z.boolean(),
          order: z.enum(PLAN_ORDERS),
        }),
      ),
      /** Blank data that is filled. */
      filled: z.array(z.string()),
      reasons: z.array(z.string()),
    }),
  }),
  /** All that belongs to `from` moves to `into`; `patient.unmerge` gives it back. */
  'patient.merge': command({
    permission: 'work',
    topics: ['patient', 'case', 'authorization', 'claim', 'task'],
    input: z.strictObject({ from: Seen, into: Seen }),
  }),
  'patient.unmerge': command({
    permission: 'work',
    topics: ['patient', 'case', 'authorization', 'claim', 'task'],
    input: z.strictObject({ id: PatientId, version: Version }),
  }),
  /** People who may already be in the file, by name, birth date and phone; the likeliest first. */
  'patient.similar': query({
    permission: 'read',
    topics: ['patient'],
    input: z.strictObject({
      lastName: z.string().max(60),
      firstName: z.string().max(60),
      birthDate: IsoDate.nullable().default(null),
      phone: z.string().max(40).default(''),
      mobile: z.string().max(40).default(''),
    }),
    output: z.strictObject({ patients: z.array(Patient.extend({ likeness: Likeness })) }),
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
  /** All plans of a patient in the order in which they pay; REFUSED where one is left out or another person's. */
  'coverage.setOrder': command({
    permission: 'work',
    topics: ['patient', 'case'],
    input: z.strictObject({
      patientId: PatientId,
      coverages: z
        .array(z.strictObject({ id: CoverageId, version: Version }))
        .min(1)
        .max(PLAN_ORDERS.length),
      /** Why: the rules that decided. */
      reason: z.string().trim().max(1000).default(''),
    }),
  }),
  /** Which plan pays first, from facts alone; saves nothing. */
  'cob.order': query({ permission: 'read', topics: [], input: PlanOrderFacts, output: PlanOrder }),
  /** Palette search: name, birth date, phone, tooth, code, reference or claim number, member ID, external id. */
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
