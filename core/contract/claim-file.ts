// Claim files (837D) and what clearinghouses answer to them (999, 277CA, TA1).
import * as z from 'zod'
import { IsoDate, Instant } from '../dates.ts'
import { CaseId, ClaimId } from '../ids.ts'
import { ClaimFinding } from '../claim/schema.ts'
import { Acknowledgements } from '../x12/acknowledgement.ts'
import { command, query } from './route.ts'

const ClaimFileText = z.strictObject({
  fileId: z.uuid(),
  /** Without anything personal. */
  fileName: z.string(),
  text: z.string(),
  control: z.number().int(),
})
const Ids = z.array(z.uuid()).min(1).max(1000)

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
          reasons: z.array(z.strictObject({ words: z.string(), field: z.string() })),
          on: IsoDate.nullable(),
        }),
      ),
      /** Answers to claims or files that are not ours. */
      unknown: z.array(z.string()),
    }),
  }),
} as const
