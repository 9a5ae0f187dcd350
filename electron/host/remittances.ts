// Remittances with everything that follows from them, and the levels of appeal they leave open.
import { deadlineOf, type LevelAdvice, levelsFor } from '#core/appeal/deadline.ts'
import type { Appeal, Deadline } from '#core/appeal/schema.ts'
import type { CaseId, CoverageId } from '#core/ids.ts'
import type { Payer } from '#core/patient.ts'
import { decideRemittance, shortfallOf, UNPROCESSABLE } from '#core/remittance/outcome.ts'
import type { Remittance } from '#core/remittance/schema.ts'
import type { ReasonTables } from '#core/remittance/tables.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { findPayer } from '#db/repos/office.ts'
import { listCoverages } from '#db/repos/patient.ts'
import { listRemittances, type StoredRemittance } from '#db/repos/remittance.ts'

type Db = Reader | Writer

/** The payer behind a coverage, or null for self-pay. */
export async function payerOf(db: Db, coverageId: CoverageId | null): Promise<Payer | null> {
  if (coverageId === null) return null
  const coverage = (await listCoverages(db, { id: coverageId }))[0]
  return (coverage && (await findPayer(db, coverage.payerId))) ?? null
}

/** A stored EOB with outcome, balance, meanings and advice. */
export function viewRemittance(tables: ReasonTables, stored: StoredRemittance): Remittance {
  const { caseId: _, reversedAt: _at, reversalReason: _reason, ...input } = stored
  const decided = decideRemittance(tables, input, (index) => stored.lines[index]!.id)
  return { ...input, ...decided, shortfallCents: shortfallOf(stored.expectedPlanCents, decided.paidCents) }
}

export async function listViews(db: Db, tables: ReasonTables, caseId: CaseId): Promise<Remittance[]> {
  return (await listRemittances(db, { caseId })).map((stored) => viewRemittance(tables, stored))
}

/** Until when this decision may be appealed, and on which basis. */
export function deadlineFor(remittance: Remittance, payer: Payer | null): Deadline {
  return deadlineOf({
    eobDate: remittance.eobDate,
    daysOnLetter: remittance.appealDaysOnLetter,
    payer: payer && { name: payer.name, appealDays: payer.appealDays, source: payer.source },
  })
}

/** The cause that decides what to do about the EOB: that of its worst line. */
export function causeOf(remittance: Remittance) {
  const worst = remittance.lines.find((line) => line.outcome === remittance.outcome && line.cause !== null)
  return (worst ?? remittance.lines.find((line) => line.cause !== null))?.cause ?? null
}

/** Levels that make sense after this EOB, the most useful first. */
export function levelsAfter(remittance: Remittance, payer: Payer | null, appeals: readonly Appeal[]): LevelAdvice[] {
  return levelsFor({
    outcome: remittance.outcome,
    cause: causeOf(remittance),
    deadline: deadlineFor(remittance, payer),
    informationDueOn: remittance.informationDueOn,
    used: appeals
      .filter((appeal) => appeal.claimId === remittance.claimId && appeal.state !== 'withdrawn')
      .map((appeal) => ({ level: appeal.level, lost: appeal.state === 'lost' })),
    unprocessable: remittance.lines.some((line) => line.remarks.includes(UNPROCESSABLE)),
  })
}
