// The Authorization step: needed or not, the request, its life cycle, the decision.
import * as z from 'zod'
import { Deadline } from '../appeal/schema.ts'
import { IMPORT_FIELD_IDS } from '../authorization-import/fields.ts'
import { FigureRow } from '../authorization/figures.ts'
import { TermsFinding } from '../authorization/terms.ts'
import {
  Authorization,
  AuthorizationDetails,
  AuthorizationEvent,
  AuthorizationKind,
  AuthorizationLineInput,
  ChangesAnswer,
} from '../authorization/schema.ts'
import { AUTHORIZATION_LISTS } from '../authorization/worklist.ts'
import { BenefitCheck } from '../case/schema.ts'
import { Confidence } from '../payer-rule/schema.ts'
import { IsoDate } from '../dates.ts'
import { AuthorizationId, CaseId, CoverageId, PayerId } from '../ids.ts'
import { PayerFigure } from '../payer-figures.ts'
import { Touch } from './case.ts'
import { ImportList, listedChanges, listImported, listInput, listLook, Named, Row, UndoImport } from './list-import.ts'
import { command, query, Version } from './route.ts'
import { AuthorizationQuery, WorklistRow } from './today.ts'

/** A statement with where it comes from. */
const Hint = z.strictObject({ text: z.string(), source: z.string(), confidence: Confidence })

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
        /** The payer’s rule that answers, or that is not sure enough to; null where somebody answered or none speaks of it. */
        rule: Hint.nullable(),
      }),
      /** What the payer’s rules and the guide say, each with source and confidence. */
      hints: z.array(Hint),
      authorizations: z.array(
        Authorization.extend({
          /** Events the transition table offers now. */
          events: z.array(AuthorizationEvent),
          /** The person may take the last step back. */
          canUndo: z.boolean(),
          /** Until when its decision may be appealed; null where there is nothing to appeal. */
          appeal: Deadline.nullable(),
          findings: z.array(TermsFinding),
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
  }),
  /** Ends the question that an approval with changes asks; appealing it is a transition. */
  'authorization.answerChanges': command({
    permission: 'work',
    topics: ['authorization', 'case', 'task'],
    input: z.strictObject({
      id: AuthorizationId,
      version: Version,
      answer: ChangesAnswer,
      on: IsoDate,
      note: z.string().trim().max(500).default(''),
    }),
  }),
  /** Takes back the last standing step of its own author; both stay in the history. */
  'authorization.undo': command({
    permission: 'work',
    topics: ['authorization', 'case', 'task'],
    input: z.strictObject({ id: AuthorizationId, version: Version, reason: z.string().trim().min(1).max(300) }),
  }),
  'authorization.list': query({
    permission: 'read',
    topics: ['authorization', 'case', 'task'],
    input: z.strictObject({
      ...AuthorizationQuery.shape,
      after: z.string().max(300).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    output: z.strictObject({
      rows: z.array(WorklistRow),
      next: z.string().nullable(),
      /** At most `MOST_COUNTED` (core/counts.ts) each. */
      counts: z.record(z.enum(AUTHORIZATION_LISTS), z.number().int()),
    }),
  }),
  /** A call, portal check, letter or note on one authorization; `nextOn` lets it rest until then. */
  'authorization.touch': command({
    permission: 'work',
    topics: ['authorization', 'case', 'task'],
    input: z.strictObject({ id: AuthorizationId, ...Touch.shape }),
    output: z.strictObject({ undoId: z.uuid() }),
  }),
  /** What rings on a day, most urgent first, each with why, its source and the next action. */
  'authorization.clocks': query({
    permission: 'read',
    topics: ['authorization', 'case', 'task'],
    input: z.strictObject({
      today: IsoDate.nullable().default(null),
      limit: z.number().int().min(1).max(1000).default(200),
    }),
    output: z.strictObject({
      clocks: z.array(
        z.strictObject({
          authorizationId: AuthorizationId,
          caseId: CaseId,
          kind: z.string(),
          dueOn: IsoDate,
          deadline: IsoDate,
          reason: z.string(),
          source: z.string(),
          action: z.string(),
        }),
      ),
    }),
  }),
  /** How many authorizations ring today, for the morning's message; null when the office does not want it. */
  'authorization.morningCount': query({
    permission: 'read',
    topics: ['authorization', 'setting'],
    output: z.strictObject({ count: z.number().int().nullable() }),
  }),
  /** Rates and answer times of what was decided between two days, with the number of cases behind each. */
  'authorization.figures': query({
    permission: 'read',
    topics: ['authorization'],
    input: z.strictObject({ from: IsoDate, to: IsoDate }),
    output: z.strictObject({
      rows: z.array(FigureRow),
      turnaround: z.array(
        z.strictObject({
          payerId: PayerId,
          payerName: z.string(),
          onFileDays: z.number().int().nullable(),
          ownDays: z.number().int().nullable(),
          answers: z.number().int(),
          shipped: PayerFigure.nullable(),
          counts: PayerFigure,
        }),
      ),
    }),
  }),
} as const

const List = listInput(IMPORT_FIELD_IDS)

export const authorizationImportRoutes = {
  /** What importing would do; writes nothing. */
  'authorization.previewImport': query({
    permission: 'work',
    topics: ['authorization', 'patient', 'payer', 'case'],
    audited: true,
    input: List,
    output: z.strictObject({
      ...listLook(IMPORT_FIELD_IDS),
      /** Rows to import. */
      ready: z.number().int(),
      /** Requests that they become. */
      requests: z.number().int(),
      /** Claims that were sent and have no answer yet. */
      claims: z.number().int(),
      /** What the list says anew about requests on file, row by row. */
      changed: z.array(
        z.strictObject({
          row: Row,
          ...Named,
          payer: z.string(),
          code: z.string(),
          tooth: z.string().nullable(),
          area: z.string().nullable(),
          changes: listedChanges,
        }),
      ),
      /** What was read otherwise than it is written. */
      readAs: z.array(z.string()),
      newPatients: z.number().int(),
      newPayers: z.array(z.string()),
      /** New patients with more than one payer: the first becomes primary. */
      severalPayers: z.array(z.string()),
      /** Their cases open as “Any other procedure”. */
      codesWithoutGuide: z.array(z.string()),
    }),
  }),
  /** All rows that can be read, in one transaction; rows with problems only when they are to be left out. */
  'authorization.import': command({
    permission: 'work',
    backsUp: true,
    topics: ['authorization', 'patient', 'payer', 'case', 'task'],
    input: List.extend({ leaveOutProblems: z.boolean().default(false) }),
    output: z.strictObject(listImported),
  }),
  /** Removes what the import made, and puts back what it changed. Refused while something of it has been worked on since. */
  'authorization.undoImport': command({
    permission: 'work',
    backsUp: true,
    topics: ['authorization', 'patient', 'payer', 'case', 'task'],
    input: UndoImport,
    output: z.strictObject({ removed: z.number().int() }),
  }),
  'authorization.listImports': query({
    permission: 'read',
    topics: ['authorization'],
    output: ImportList,
  }),
} as const
