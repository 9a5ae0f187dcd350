// What payers decided: EOBs by hand, reasons in words; remittance files (835) in two steps, of which only posting moves money; denials.
import * as z from 'zod'
import { Appeal, AppealEvent, AppealLevel, Deadline, Settlement } from '../appeal/schema.ts'
import { IsoDate } from '../dates.ts'
import { AuthorizationId, CaseId, ClaimId, PayerId, RemittanceId } from '../ids.ts'
import { Flag } from '../remittance/expected.ts'
import { DenialFigures } from '../remittance/denial-figures.ts'
import {
  Adjustment,
  AdjustmentGroup,
  ReasonMeaning,
  Remittance,
  RemittanceInput,
  RemittanceLine,
} from '../remittance/schema.ts'
import { EraClaim, EraPayment, ProviderAdjustment } from '../x12/era-schema.ts'
import { X12Warning } from '../x12/warnings.ts'
import { command, query } from './route.ts'

/** Characters of a remittance file: about 400,000 claims, and what one request may carry. */
export const MOST_ERA_TEXT = 100_000_000

/** Payments that are posted in one go. */
export const MOST_POSTED = 500

const Text = z.string().max(MOST_ERA_TEXT)
const Cents = z.number().int()

const Amount = Cents.nullable()

/** How a claim of the file was found among ours, in words. */
export const EraMatch = z.strictObject({
  kind: z.enum(['claim', 'authorization', 'choose', 'none']),
  claimId: ClaimId.nullable(),
  authorizationId: AuthorizationId.nullable(),
  caseId: CaseId.nullable(),
  basis: z.string(),
})
export type EraMatch = z.infer<typeof EraMatch>

const ERA_CLAIM_STATES = ['matched', 'choose', 'unmatched', 'by_hand', 'posted', 'set_aside'] as const

/** What posting did: claims posted and paid, and those that stay in the queue. */
const Posted = z.strictObject({
  posted: Cents,
  paidCents: Cents,
  left: z.array(z.strictObject({ id: z.uuid(), number: z.string(), reason: z.string() })),
})

export const EraClaimState = z.enum(ERA_CLAIM_STATES)
export type EraClaimState = z.infer<typeof EraClaimState>

const PaymentRow = z.strictObject({
  id: z.uuid(),
  payer: z.string(),
  trace: z.string(),
  method: z.string(),
  amountCents: Amount,
  date: IsoDate.nullable(),
  receivedOn: IsoDate,
  claims: Cents,
  /** Claims that are neither posted nor set aside. */
  open: Cents,
  differenceCents: Amount,
})

/** A claim of a file as kept, with what it was matched to. */
export const EraClaimRow = z.strictObject({
  id: z.uuid(),
  paymentId: z.uuid(),
  state: EraClaimState,
  /** Why it waits, or on which evidence it was matched. */
  reason: z.string(),
  basis: z.string(),
  claimId: ClaimId.nullable(),
  authorizationId: AuthorizationId.nullable(),
  caseId: CaseId.nullable(),
  /** Our own claim number and patient, once matched. */
  ourNumber: z.string(),
  ourPatient: z.string(),
  remittanceId: RemittanceId.nullable(),
  outcome: z.string(),
  claim: EraClaim,
})
export type EraClaimRow = z.infer<typeof EraClaimRow>

const Candidate = z.strictObject({
  kind: z.enum(['claim', 'authorization']),
  id: z.uuid(),
  caseId: CaseId,
  number: z.string(),
  patientName: z.string(),
  code: z.string().nullable(),
  tooth: z.string().nullable(),
  totalCents: Cents,
  state: z.string(),
  serviceDate: IsoDate.nullable(),
  /** What speaks for it and what against it. */
  evidence: z.array(z.strictObject({ fits: z.boolean(), words: z.string() })),
})

export const remittanceRoutes = {
  'remittance.forCase': query({
    permission: 'read',
    topics: ['remittance', 'claim', 'appeal', 'task'],
    input: z.strictObject({ caseId: CaseId }),
    output: z.strictObject({
      remittances: z.array(
        Remittance.extend({
          /** Where it differs from what was expected, with the arithmetic. */
          flags: z.array(Flag),
        }),
      ),
      appeals: z.array(
        Appeal.extend({
          events: z.array(AppealEvent),
          /** Its last step is this person's, and can be taken back. */
          canUndo: z.boolean(),
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
  }),
} as const

export const eraRoutes = {
  /** Reads without keeping anything: payments, balance, warnings, what would be matched. Of a huge file not every claim is listed. */
  'era.preview': query({
    permission: 'read',
    topics: ['claim', 'remittance'],
    /** `limit`: claims that are listed; the sums are of all. */
    input: z.strictObject({ text: Text, limit: z.number().int().min(1).max(20_000).default(20_000) }),
    output: z.strictObject({
      payments: z.array(
        EraPayment.extend({
          claims: z.array(EraClaim.extend({ match: EraMatch })),
          /** The day on which the same payment was imported before. */
          importedOn: IsoDate.nullable(),
        }),
      ),
      /** What a huge file holds beyond those listed; the sums of the payments count it. */
      unlisted: z.strictObject({ payments: Cents, claims: Cents }),
      warnings: z.array(X12Warning),
    }),
  }),
  /** Keeps the text of the file and its payments; all or nothing. A payment that is there already is left out and named. */
  'era.import': command({
    permission: 'work',
    backsUp: true,
    topics: ['remittance'],
    input: z.strictObject({ text: Text }),
    output: z.strictObject({
      fileId: z.uuid().nullable(),
      payments: z.array(z.uuid()),
      duplicates: z.array(
        z.strictObject({ payer: z.string(), trace: z.string(), amountCents: Amount, importedOn: IsoDate }),
      ),
      claims: Cents,
      matched: Cents,
      warnings: z.array(X12Warning),
    }),
  }),
  'era.list': query({
    permission: 'read',
    topics: ['remittance'],
    input: z.strictObject({
      view: z.enum(['open', 'all']).default('open'),
      after: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    output: z.strictObject({
      rows: z.array(PaymentRow),
      next: z.string().nullable(),
      counts: z.strictObject({ open: Cents, queue: Cents }),
    }),
  }),
  'era.get': query({
    permission: 'read',
    topics: ['remittance', 'claim'],
    input: z.strictObject({ id: z.uuid() }),
    output: PaymentRow.extend({
      payerPhone: z.string(),
      payee: z.string(),
      accountEnd: z.string(),
      isTest: z.boolean(),
      /** What all its claims were paid; null when an amount cannot be read. */
      claimsPaidCents: Amount,
      /** Claims that posting would take, and those of them that do not add up. */
      ready: Cents,
      odd: Cents,
      providerAdjustments: z.array(ProviderAdjustment.extend({ id: z.uuid(), claimNumber: z.string() })),
      warnings: z.array(X12Warning),
    }),
  }),
  /** The claims of one payment, or those of all payments that wait for somebody. */
  'era.claims': query({
    permission: 'read',
    topics: ['remittance', 'claim'],
    input: z.strictObject({
      paymentId: z.uuid().nullable().default(null),
      after: z.string().max(100).nullable().default(null),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    output: z.strictObject({ rows: z.array(EraClaimRow), next: z.string().nullable() }),
  }),
  /** Claims and requests of ours that a claim of the file may be, the likeliest first; `text` searches by name or number. */
  'era.candidates': query({
    permission: 'read',
    topics: ['remittance', 'claim'],
    input: z.strictObject({ id: z.uuid(), text: z.string().trim().max(60).default('') }),
    output: z.strictObject({ candidates: z.array(Candidate) }),
  }),
  /** Says which claim or request of ours it is; null takes the match back. */
  'era.match': command({
    permission: 'work',
    topics: ['remittance'],
    input: z.strictObject({
      id: z.uuid(),
      claimId: ClaimId.nullable().default(null),
      authorizationId: AuthorizationId.nullable().default(null),
    }),
  }),
  /** Takes a claim that is not ours out of the queue, or back into it. */
  'era.setAside': command({
    permission: 'work',
    topics: ['remittance'],
    input: z.strictObject({ id: z.uuid(), aside: z.boolean(), reason: z.string().trim().max(300).default('') }),
  }),
  /**
   * Posts the matched claims of a payment, or those named; what cannot be posted stays in the queue with its reason.
   * A claim that does not add up needs `acknowledgeDifference`; one with an unreadable amount is entered by hand.
   */
  'era.post': command({
    permission: 'work',
    backsUp: true,
    topics: ['remittance', 'claim', 'case', 'task', 'authorization'],
    input: z.strictObject({
      paymentId: z.uuid(),
      claimIds: z.array(z.uuid()).max(5000).optional(),
      acknowledgeDifference: z.boolean().default(false),
    }),
    output: Posted,
  }),
  /** Payments that add up and hold matched claims, the earliest first: how many, what they come to. */
  'era.ready': query({
    permission: 'read',
    topics: ['remittance', 'claim'],
    output: z.strictObject({ paymentIds: z.array(z.uuid()).max(MOST_POSTED), claims: Cents, amountCents: Cents }),
  }),
  /** Posts several payments as `era.post` does, all of them or none; claims that ask for a check stay in the queue. */
  'era.postAll': command({
    permission: 'work',
    backsUp: true,
    topics: ['remittance', 'claim', 'case', 'task', 'authorization'],
    input: z.strictObject({ paymentIds: z.array(z.uuid()).min(1).max(MOST_POSTED) }),
    output: Posted,
  }),
  /** Withheld, carried forward, interest: what a payer did to a whole check, by day. */
  'era.ledger': query({
    permission: 'read',
    topics: ['remittance'],
    input: z.strictObject({ limit: z.number().int().min(1).max(500).default(200) }),
    output: z.strictObject({
      rows: z.array(
        ProviderAdjustment.extend({
          id: z.uuid(),
          /** Null: interest of a paper check, of the claim named. */
          paymentId: z.uuid().nullable(),
          payer: z.string(),
          trace: z.string(),
          on: IsoDate,
          words: z.string(),
          claimNumber: z.string(),
          caseId: CaseId.nullable(),
        }),
      ),
    }),
  }),
} as const

export const denialRoutes = {
  'denial.figures': query({
    permission: 'read',
    topics: ['remittance', 'claim', 'appeal'],
    input: z
      .strictObject({ from: IsoDate, to: IsoDate })
      .refine(({ from, to }) => from <= to, { message: 'The period ends before it begins', path: ['to'] }),
    output: DenialFigures,
  }),
} as const
