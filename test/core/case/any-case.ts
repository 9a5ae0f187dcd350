// Cases of every kind, for properties of what derives from them.
import fc from 'fast-check'
import { AUTHORIZATION_STATES } from '#core/authorization/schema.ts'
import { APPEAL_STATES } from '#core/appeal/schema.ts'
import { CLAIM_STATES } from '#core/claim/schema.ts'
import type { CaseSnapshot } from '#core/case/dated-facts.ts'
import { addDays } from '#core/dates.ts'
import type { TaskId } from '#core/ids.ts'
import { LINE_OUTCOMES } from '#core/remittance/schema.ts'
import { appeal, authorization, claim, eob, snapshot } from './snapshot.ts'

/** A day of thirteen months. */
export const day = fc.integer({ min: 0, max: 400 }).map((days) => addDays('2026-01-01', days))
const maybe = fc.option(day)

/** A case in any state, its dates in any order. */
export const anyCase = fc.record<CaseSnapshot>({
  state: fc.constantFrom('open', 'closed'),
  createdOn: day,
  treatment: fc.constantFrom('planned', 'in_progress', 'done'),
  assigneeId: fc.constant(null),
  snoozedUntil: maybe,
  snoozedOn: maybe,
  decided: fc.boolean(),
  confirmed: fc.boolean(),
  hasLines: fc.boolean(),
  visits: fc.array(fc.record({ phase: fc.constant('final' as const), plannedOn: maybe, doneOn: maybe }), {
    maxLength: 2,
  }),
  readiness: fc.constant(snapshot().readiness),
  need: fc.constantFrom('yes', 'no', 'unknown'),
  authorizations: fc.array(
    fc
      .record({
        state: fc.constantFrom(...AUTHORIZATION_STATES),
        createdOn: day,
        sentOn: maybe,
        expectedOn: maybe,
        usual: fc.option(
          fc.record({ count: fc.integer({ min: 1, max: 30 }), unit: fc.constantFrom('cd' as const, 'bd' as const) }),
        ),
        isSuperseded: fc.boolean(),
        appealedOn: maybe,
        coverage: fc.option(fc.record({ validFrom: maybe, validTo: maybe })),
        infoDueOn: maybe,
        decidedOn: maybe,
        validTo: maybe,
        patientCalledOn: maybe,
        bookedFor: maybe,
        changesOpen: fc.boolean(),
        mismatches: fc.constantFrom([], ['Another code']),
        stale: fc.option(fc.record({ since: day, reasons: fc.constant(['The coverage has changed']) })),
      })
      .map(authorization),
    { maxLength: 2 },
  ),
  isOpen: fc.boolean(),
  isUnsent: fc.boolean(),
  isPatientPaid: fc.boolean(),
  claims: fc.array(
    fc
      .record({
        state: fc.constantFrom(...CLAIM_STATES),
        sentOn: maybe,
        timelyFilingOn: maybe,
        isOpen: fc.boolean(),
      })
      .map(claim),
    { maxLength: 2 },
  ),
  remittances: fc.array(
    fc
      .record({
        outcome: fc.constantFrom(...LINE_OUTCOMES),
        eobDate: day,
        informationDueOn: maybe,
        isOpen: fc.boolean(),
      })
      .map(eob),
    { maxLength: 2 },
  ),
  appeals: fc.array(
    fc
      .record({ state: fc.constantFrom(...APPEAL_STATES), deadlineOn: maybe, sentOn: maybe, decidedOn: maybe })
      .map(appeal),
    { maxLength: 2 },
  ),
  tasks: fc.array(
    fc.record({
      id: fc.uuid() as fc.Arbitrary<TaskId>,
      title: fc.string(),
      dueOn: day,
      assigneeId: fc.constant(null),
    }),
    { maxLength: 2 },
  ),
  holidays: fc.constant([]),
})
