// The Claim step: claim form, findings, sending; claim files (837) and what is answered to them.
import * as z from 'zod'
import { Channel } from '../authorization/schema.ts'
import { Claim, ClaimEvent, ClaimFinding, ClaimForm, ClaimLineInput } from '../claim/schema.ts'
import { Instant, IsoDate } from '../dates.ts'
import { CaseId, ClaimId, CoverageId } from '../ids.ts'
import { UsedBenefit } from '../coverage/benefit-year.ts'
import { Expected, ExpectedTerms } from '../remittance/expected.ts'
import { Acknowledgements } from '../x12/acknowledgement.ts'
import { command, query, Version } from './route.ts'

/** Why a claim was answered so; `field`: what mends it, or empty. */
const AnswerReason = z.strictObject({ words: z.string(), field: z.string() })
export type AnswerReason = z.infer<typeof AnswerReason>

const LineWithId = ClaimLineInput.extend({ id: z.uuid().optional() })

const CLAIM_VIEWS = ['draft', 'rejected', 'unacknowledged', 'waiting', 'timely', 'adjudicated', 'all'] as const

export const ClaimView = z.enum(CLAIM_VIEWS)
export type ClaimView = z.infer<typeof ClaimView>

const ClaimFileText = z.strictObject({
  fileId: z.uuid(),
  /** Without anything personal. */
  fileName: z.string(),
  text: z.string(),
  control: z.number().int(),
})

const Ids = z.array(z.uuid()).min(1).max(1000)

/** Days since a claim was sent. */
export const CLAIM_AGES = ['0-30', '31-60', '61-90', '91+'] as const
export const ClaimAge = z.enum(CLAIM_AGES)
export type ClaimAge = z.infer<typeof ClaimAge>

export const claimRoutes = {
  'claim.forCase': query({
    permission: 'read',
    topics: ['claim', 'case', 'authorization', 'attachment', 'office', 'provider', 'patient', 'payer'],
    input: z.strictObject({ caseId: CaseId }),
    output: z.strictObject({
      claims: z.array(
        Claim.extend({
          events: z.array(ClaimEvent),
          /** Its last step is this person's, and can be taken back. */
          canUndo: z.boolean(),
          enclosures: z.array(z.string()),
          /** How each export was answered by the clearinghouse or payer, the latest first. */
          answers: z.array(
            z.strictObject({
              fileId: z.uuid(),
              control: z.number().int(),
              writtenAt: Instant,
              answer: z.enum(['none', 'accepted', 'rejected']),
              answeredOn: IsoDate.nullable(),
              reasons: z.array(AnswerReason),
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
  }),
  /** Fills the draft again from the case: what was typed in the form is replaced. */
  'claim.refill': command({
    permission: 'work',
    topics: ['claim', 'case'],
    input: z.strictObject({ id: ClaimId, version: Version }),
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
  }),
  /** Takes back by its author that a claim was marked as sent; both stay in the history. */
  'claim.undo': command({
    permission: 'work',
    topics: ['authorization', 'claim', 'case', 'task'],
    input: z.strictObject({ id: ClaimId, version: Version, reason: z.string().trim().min(1).max(300) }),
  }),
  /** Claims that were sent and not answered, by the days since. */
  'claim.ageing': query({
    permission: 'read',
    topics: ['claim', 'case'],
    output: z.strictObject({
      ages: z.array(z.strictObject({ age: ClaimAge, claims: z.number().int(), cents: z.number().int() })),
    }),
  }),
  /** `unacknowledged`: exported, no answer yet. `timely`: not sent and the filing limit is near. `age`: days since sending. */
  'claim.list': query({
    permission: 'read',
    topics: ['claim', 'case'],
    input: z.strictObject({
      view: ClaimView.default('waiting'),
      age: ClaimAge.nullable().default(null),
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
      expected: Expected.nullable(),
      sources: z.array(z.string()),
      /** The services that the used benefits are counted from. */
      counted: z.array(UsedBenefit),
    }),
  }),
  'claim.setExpected': command({
    permission: 'work',
    topics: ['claim', 'remittance'],
    input: z.strictObject({ id: ClaimId, terms: ExpectedTerms, source: z.string().trim().max(200).default('') }),
  }),
} as const

export const claimFileRoutes = {
  /** What each claim or request still lacks for an electronic claim. */
  'claim.checkExport': query({
    permission: 'read',
    topics: ['claim', 'case', 'authorization', 'office', 'payer'],
    input: z.strictObject({ ids: Ids }),
    output: z.strictObject({
      claims: z.array(
        z.strictObject({
          id: z.uuid(),
          caseId: CaseId,
          number: z.string(),
          patientName: z.string(),
          isPredetermination: z.boolean(),
          totalCents: z.number().int(),
          findings: z.array(ClaimFinding),
        }),
      ),
    }),
  }),
  /**
   * Writes claims, and requests as predeterminations, into one 837D file, keeps it byte for byte, and marks what was not
   * sent yet as sent. A blocking finding refuses all of it; warnings need a `reason`.
   */
  'claim.export': command({
    permission: 'work',
    topics: ['claim', 'case', 'authorization', 'task'],
    input: z.strictObject({
      ids: Ids,
      format: z.literal('837D').default('837D'),
      reason: z.string().trim().max(500).default(''),
    }),
    output: ClaimFileText.extend({ claims: z.number().int() }),
  }),
  'claim.files': query({
    permission: 'read',
    topics: ['claim'],
    input: z.strictObject({ limit: z.number().int().min(1).max(200).default(50) }),
    output: z.strictObject({
      files: z.array(
        z.strictObject({
          id: z.uuid(),
          control: z.number().int(),
          writtenAt: Instant,
          writtenBy: z.string(),
          isTest: z.boolean(),
          state: z.enum(['written', 'accepted', 'rejected']),
          claims: z.number().int(),
          accepted: z.number().int(),
          rejected: z.number().int(),
        }),
      ),
    }),
  }),
  /** A file as it was exported. */
  'claim.exportedFile': query({
    permission: 'read',
    topics: ['claim'],
    audited: true,
    input: z.strictObject({ fileId: z.uuid() }),
    output: ClaimFileText,
  }),
  /** Reads an answer and marks files and claims; a rejected claim returns to the list of claims to send. */
  'ack.read': command({
    permission: 'work',
    backsUp: true,
    topics: ['claim', 'case', 'authorization', 'task'],
    input: z.strictObject({ text: z.string().min(1).max(20_000_000) }),
    output: Acknowledgements.extend({
      /** The same text was read before: nothing was changed. */
      isRepeated: z.boolean(),
      applied: z.array(
        z.strictObject({
          claimId: ClaimId.nullable(),
          caseId: CaseId.nullable(),
          number: z.string(),
          isAccepted: z.boolean(),
          reasons: z.array(AnswerReason),
          on: IsoDate.nullable(),
        }),
      ),
      /** Answers to claims or files that are not ours. */
      unknown: z.array(z.string()),
    }),
  }),
} as const
