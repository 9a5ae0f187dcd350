// The Claim and Follow-up steps: claim form, findings, sending, EOB by hand, appeals.
import * as z from 'zod'
import { Appeal, AppealEvent, AppealLetter, AppealLevel, Deadline, Settlement } from '../appeal/schema.ts'
import { Channel } from '../authorization/schema.ts'
import { Claim, ClaimEvent, ClaimForm, ClaimFinding, ClaimLineInput } from '../claim/schema.ts'
import { Instant, IsoDate } from '../dates.ts'
import { AppealId, CaseId, ClaimId, CoverageId, PayerId, RemittanceId } from '../ids.ts'
import {
  Adjustment,
  AdjustmentGroup,
  ReasonMeaning,
  Remittance,
  RemittanceInput,
  RemittanceLine,
} from '../remittance/schema.ts'
import { ExpectedTerms } from '../remittance/expected.ts'
import { command, Done, query } from './route.ts'

const Version = z.number().int()
const Totals = z.strictObject({
  planCents: z.number().int(),
  patientCents: z.number().int(),
  writeOffCents: z.number().int(),
})
const LineWithId = ClaimLineInput.extend({ id: z.uuid().optional() })

const CLAIM_VIEWS = ['draft', 'rejected', 'unacknowledged', 'waiting', 'timely', 'adjudicated', 'all'] as const
export const ClaimView = z.enum(CLAIM_VIEWS)
export type ClaimView = z.infer<typeof ClaimView>

export const claimRoutes = {
  'claim.forCase': query({
    permission: 'read',
    topics: ['claim', 'case', 'authorization', 'attachment', 'office', 'provider', 'patient', 'payer'],
    input: z.strictObject({ caseId: CaseId }),
    output: z.strictObject({
      claims: z.array(
        Claim.extend({
          events: z.array(ClaimEvent),
          enclosures: z.array(z.string()),
          /** How each export was answered by the clearinghouse or payer, the latest first. */
          answers: z.array(
            z.strictObject({
              fileId: z.uuid(),
              control: z.number().int(),
              writtenAt: Instant,
              answer: z.enum(['none', 'accepted', 'rejected']),
              answeredOn: IsoDate.nullable(),
              reasons: z.array(z.strictObject({ words: z.string(), field: z.string() })),
            }),
          ),
        }),
      ),
    }),
  }),
  /** Fills the form from the case, patient, coverage, office and approved authorization. */
  'claim.create': command({
    permission: 'work',
    topics: ['claim', 'case'],
    input: z.strictObject({
      caseId: CaseId,
      coverageId: CoverageId.nullable(),
      replacesId: ClaimId.nullable().default(null),
      /** The new claim takes `replacesId` back at the payer (frequency 8) instead of correcting it. */
      voids: z.boolean().default(false),
    }),
    output: z.strictObject({ id: ClaimId }),
  }),
  'claim.update': command({
    permission: 'work',
    topics: ['claim', 'case'],
    input: z.strictObject({
      id: ClaimId,
      version: Version,
      form: ClaimForm,
      lines: z.array(LineWithId).min(1).max(50),
      /** Of a corrected claim: the payer's number of the claim it replaces. */
      payerClaimNumber: z.string().trim().max(40).optional(),
    }),
    output: Done,
  }),
  /** Fills the draft again from the case: what was typed in the form is replaced. */
  'claim.refill': command({
    permission: 'work',
    topics: ['claim', 'case'],
    input: z.strictObject({ id: ClaimId, version: Version }),
    output: Done,
  }),
  'claim.validate': query({
    permission: 'read',
    topics: ['claim', 'case'],
    input: z.strictObject({ id: ClaimId }),
    output: z.strictObject({ findings: z.array(ClaimFinding) }),
  }),
  /** A blocking finding refuses `send`; checklist gaps or warnings need `reason`. */
  'claim.transition': command({
    permission: 'work',
    topics: ['claim', 'case', 'task'],
    input: z.strictObject({
      id: ClaimId,
      version: Version,
      event: ClaimEvent,
      on: IsoDate,
      channel: Channel.nullable().default(null),
      reason: z.string().trim().max(500).default(''),
      note: z.string().trim().max(500).default(''),
    }),
    output: Done,
  }),
  /** `unacknowledged`: exported, no answer yet. `timely`: not sent and the filing limit is near. `age`: days since sending. */
  'claim.list': query({
    permission: 'read',
    topics: ['claim', 'case'],
    input: z.strictObject({
      view: ClaimView.default('waiting'),
      age: z.enum(['0-30', '31-60', '61-90', '91+']).nullable().default(null),
      after: z.string().max(200).nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          id: ClaimId,
          caseId: CaseId,
          number: z.string(),
          patientName: z.string(),
          tooth: z.string().nullable(),
          code: z.string().nullable(),
          state: z.string(),
          payerName: z.string().nullable(),
          totalCents: z.number().int(),
          sentOn: IsoDate.nullable(),
          /** The last day to file, where the payer’s limit is known. */
          timelyOn: IsoDate.nullable(),
          /** Answer of the clearinghouse or payer to the last export; null when it was not exported. */
          answer: z.enum(['none', 'accepted', 'rejected']).nullable(),
          answerWords: z.string(),
        }),
      ),
      next: z.string().nullable(),
      counts: z.record(ClaimView, z.number().int()),
    }),
  }),

  /** What the plan should pay, with the arithmetic; kept when the claim goes out. */
  'claim.expected': query({
    permission: 'read',
    topics: ['claim', 'remittance', 'payer', 'case'],
    input: z.strictObject({ id: ClaimId }),
    output: z.strictObject({
      isKept: z.boolean(),
      terms: ExpectedTerms.nullable(),
      expected: z
        .strictObject({
          lines: z.array(
            z.strictObject({
              claimLineId: z.string(),
              code: z.string(),
              tooth: z.string().nullable(),
              /** Null while the plan's percentage for this line is not known. */
              amounts: Totals.extend({ baseCents: z.number().int(), deductibleCents: z.number().int() }).nullable(),
              arithmetic: z.string(),
            }),
          ),
          /** Null as soon as one line is not known. */
          totals: Totals.nullable(),
        })
        .nullable(),
      sources: z.array(z.string()),
    }),
  }),
  'claim.setExpected': command({
    permission: 'work',
    topics: ['claim', 'remittance'],
    input: z.strictObject({ id: ClaimId, terms: ExpectedTerms, source: z.string().trim().max(200).default('') }),
    output: Done,
  }),

  'remittance.forCase': query({
    permission: 'read',
    topics: ['remittance', 'claim', 'appeal', 'task'],
    input: z.strictObject({ caseId: CaseId }),
    output: z.strictObject({
      remittances: z.array(
        Remittance.extend({
          /** Where it differs from what was expected, with the arithmetic. */
          flags: z.array(
            z.strictObject({
              kind: z.enum(['underpaid', 'percent', 'allowed', 'deductible', 'downgrade']),
              code: z.string(),
              tooth: z.string().nullable(),
              words: z.string(),
            }),
          ),
        }),
      ),
      appeals: z.array(
        Appeal.extend({
          events: z.array(AppealEvent),
          /** When the payer’s answer is due, once it is sent. */
          answer: Deadline.nullable(),
          /** What this kind of denial needs, and what the case has of it; null: lacking. */
          evidence: z.array(z.strictObject({ title: z.string(), have: z.string().nullable() })),
          settlement: Settlement.nullable(),
        }),
      ),
      /** Levels that make sense now, most useful first, each with why and its deadline. */
      levels: z.array(z.strictObject({ level: AppealLevel, why: z.string(), deadline: Deadline.nullable() })),
    }),
  }),
  /** Computes outcome, balance, meanings and advice without saving: the entry form shows them live. */
  'remittance.preview': query({
    permission: 'read',
    topics: ['claim'],
    input: RemittanceInput,
    output: z.strictObject({
      lines: z.array(RemittanceLine),
      differenceCents: z.number().int(),
      outcome: z.string(),
      /** What a person looks at before it counts beside the EOBs before it; null: nothing. */
      doubt: z.string().nullable(),
      paidCents: z.number().int(),
      patientCents: z.number().int(),
      writeOffCents: z.number().int(),
    }),
  }),
  /** Posts the EOB. A difference is kept and shown, never balanced by invention; `acknowledgeDifference` is then required. */
  'remittance.post': command({
    permission: 'work',
    topics: ['remittance', 'claim', 'case', 'task'],
    input: z.strictObject({ remittance: RemittanceInput, acknowledgeDifference: z.boolean().default(false) }),
    output: z.strictObject({ id: RemittanceId }),
  }),
  /** Takes a wrong entry back with a reason; both stay in the trail. */
  'remittance.reverse': command({
    permission: 'work',
    topics: ['remittance', 'claim', 'case'],
    input: z.strictObject({ id: RemittanceId, reason: z.string().trim().min(3).max(300) }),
    output: Done,
  }),
  'reason.list': query({
    permission: 'read',
    topics: ['guide'],
    input: z.strictObject({ kind: z.enum(['carc', 'rarc']), text: z.string().max(60).default('') }),
    output: z.strictObject({ reasons: z.array(ReasonMeaning) }),
  }),
  'reason.explain': query({
    permission: 'read',
    topics: ['guide'],
    input: z.strictObject({ adjustments: z.array(Adjustment).max(30), remarks: z.array(z.string().max(10)).max(20) }),
    output: z.strictObject({ meanings: z.array(ReasonMeaning) }),
  }),

  /** A payer’s own codes on paper EOBs, as the office mapped them. */
  'reason.own': query({
    permission: 'read',
    topics: ['payer'],
    input: z.strictObject({ payerId: PayerId }),
    output: z.strictObject({
      codes: z.array(
        z.strictObject({
          code: z.string(),
          group: AdjustmentGroup,
          carc: z.string(),
          words: z.string(),
          plain: z.string(),
        }),
      ),
    }),
  }),
  /** Says once what a payer’s own code means; `carc` null forgets it. */
  'reason.map': command({
    permission: 'work',
    topics: ['payer'],
    input: z.strictObject({
      payerId: PayerId,
      code: z.string().trim().toUpperCase().min(1).max(12),
      group: AdjustmentGroup,
      carc: Adjustment.shape.carc.nullable(),
      words: z.string().trim().max(200).default(''),
    }),
    output: Done,
  }),

  'appeal.create': command({
    permission: 'work',
    topics: ['appeal', 'case', 'task'],
    input: z.strictObject({
      claimId: ClaimId,
      remittanceId: RemittanceId.nullable(),
      level: AppealLevel,
      deadlineOn: IsoDate.nullable().default(null),
    }),
    output: z.strictObject({ id: AppealId }),
  }),
  'appeal.update': command({
    permission: 'work',
    topics: ['appeal', 'case'],
    input: z.strictObject({ id: AppealId, version: Version, letter: AppealLetter, deadline: Deadline.nullable() }),
    output: Done,
  }),
  'appeal.transition': command({
    permission: 'work',
    topics: ['appeal', 'case', 'task', 'claim'],
    input: z.strictObject({
      id: AppealId,
      version: Version,
      event: AppealEvent,
      on: IsoDate,
      channel: Channel.nullable().default(null),
      note: z.string().trim().max(500).default(''),
      gapReason: z.string().trim().max(500).default(''),
      /** Days to the next level, when the decision names them. */
      nextDays: z.number().int().min(1).max(730).nullable().default(null),
    }),
    output: Done,
  }),
} as const
