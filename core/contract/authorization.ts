// The Authorization step: needed or not, the request, its life cycle, the decision.
import { z } from 'zod'
import {
  Authorization,
  AuthorizationDetails,
  AuthorizationEvent,
  AuthorizationKind,
  AuthorizationLineInput,
} from '../authorization/schema.ts'
import { BenefitCheck } from '../case/schema.ts'
import { IsoDate } from '../dates.ts'
import { AuthorizationId, CaseId, CoverageId } from '../ids.ts'
import { command, Done, query } from './route.ts'

const Version = z.number().int()

export const authorizationRoutes = {
  'authorization.forCase': query({
    permission: 'read',
    topics: ['authorization', 'case', 'payer'],
    input: z.strictObject({ caseId: CaseId }),
    output: z.strictObject({
      /** Latest answer to "is one needed?" for this coverage and code, of this or an earlier case of the same plan. */
      need: z.strictObject({
        answer: z.enum(['yes', 'no', 'unknown']),
        check: BenefitCheck.nullable(),
        fromOtherCase: z.boolean(),
        stale: z.boolean(),
      }),
      /** What shipped payer rules and the guide say, each with source and confidence. */
      hints: z.array(
        z.strictObject({
          text: z.string(),
          source: z.string(),
          confidence: z.enum(['confirmed', 'reported', 'unverified']),
        }),
      ),
      authorizations: z.array(
        Authorization.extend({
          /** Events the transition table offers now. */
          events: z.array(AuthorizationEvent),
          findings: z.array(
            z.strictObject({
              id: z.string(),
              severity: z.enum(['block', 'warn', 'info']),
              message: z.string(),
              source: z.string(),
            }),
          ),
        }),
      ),
    }),
  }),
  /** Starts one from the case's planned lines. */
  'authorization.create': command({
    permission: 'work',
    topics: ['authorization', 'case'],
    input: z.strictObject({ caseId: CaseId, kind: AuthorizationKind, coverageId: CoverageId.nullable() }),
    output: z.strictObject({ id: AuthorizationId }),
  }),
  'authorization.update': command({
    permission: 'work',
    topics: ['authorization', 'case'],
    input: z.strictObject({
      id: AuthorizationId,
      version: Version,
      details: AuthorizationDetails.partial(),
      lines: z
        .array(AuthorizationLineInput.extend({ id: z.uuid().optional() }))
        .max(50)
        .optional(),
    }),
    output: Done,
  }),
  /** Only events of the transition table; else REFUSED with reasons. Sending with checklist gaps needs `gapReason`. */
  'authorization.transition': command({
    permission: 'work',
    topics: ['authorization', 'case', 'task'],
    input: z.strictObject({
      id: AuthorizationId,
      version: Version,
      event: AuthorizationEvent,
      on: IsoDate,
      note: z.string().trim().max(500).default(''),
      gapReason: z.string().trim().max(500).default(''),
      details: AuthorizationDetails.partial().default({}),
      lines: z
        .array(AuthorizationLineInput.extend({ id: z.uuid().optional() }))
        .max(50)
        .optional(),
    }),
    output: Done,
  }),
  'authorization.list': query({
    permission: 'read',
    topics: ['authorization'],
    input: z.strictObject({
      view: z.enum(['open', 'expiring', 'approved_not_called', 'all']).default('open'),
      after: z.string().max(200).nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          id: AuthorizationId,
          caseId: CaseId,
          patientName: z.string(),
          tooth: z.string().nullable(),
          code: z.string().nullable(),
          kind: AuthorizationKind,
          state: z.string(),
          payerName: z.string().nullable(),
          sentOn: IsoDate.nullable(),
          expectedOn: IsoDate.nullable(),
          validTo: IsoDate.nullable(),
          reference: z.string(),
        }),
      ),
      next: z.string().nullable(),
      counts: z.strictObject({ open: z.number().int(), attention: z.number().int() }),
    }),
  }),
} as const
