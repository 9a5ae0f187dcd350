// Remittances with everything that follows from them, and the levels of appeal they leave open.
import { deadlineOf, type LevelAdvice, levelsFor, nextDeadline } from '#core/appeal/deadline.ts'
import type { Appeal, Deadline } from '#core/appeal/schema.ts'
import { addDays, type IsoDate } from '#core/dates.ts'
import type { CaseId, CoverageId } from '#core/ids.ts'
import type { Payer } from '#core/patient.ts'
import { decideRemittance, shortfallOf, UNPROCESSABLE, type Windows } from '#core/remittance/outcome.ts'
import type { Remittance } from '#core/remittance/schema.ts'
import type { ReasonTables } from '#core/remittance/tables.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { listAppeals } from '#host/appeal/rows.ts'
import type { StoredClaim } from '#host/claim/rows.ts'
import { findPayer } from '#host/office/rows.ts'
import { listCoverages } from '#host/patient/rows.ts'
import { listRemittances, type StoredRemittance } from './rows.ts'

type Db = Reader | Writer

/** The payer behind a coverage, or null for self-pay. */
export async function payerOf(db: Db, coverageId: CoverageId | null): Promise<Payer | null> {
  if (coverageId === null) return null
  const coverage = (await listCoverages(db, { id: coverageId }))[0]
  return (coverage && (await findPayer(db, coverage.payerId))) ?? null
}

/** A stored EOB with outcome, balance, meanings and advice; with `windows` the advice knows what is over. */
export function viewRemittance(tables: ReasonTables, stored: StoredRemittance, windows?: Windows): Remittance {
  const { caseId: _, reversedAt: _at, reversalReason: _reason, ...input } = stored
  const decided = decideRemittance(tables, input, (index) => stored.lines[index]!.id, windows)
  return { ...input, ...decided, shortfallCents: shortfallOf(stored.expectedPlanCents, decided.paidCents) }
}

export async function listViews(db: Db, tables: ReasonTables, caseId: CaseId): Promise<Remittance[]> {
  return (await listRemittances(db, { caseId })).map((stored) => viewRemittance(tables, stored))
}

type Decision = Pick<Remittance, 'eobDate' | 'appealDaysOnLetter' | 'informationDueOn'>

/** Until when this decision may be appealed, and on which basis. */
export function deadlineFor(remittance: Decision, payer: Payer | null): Deadline {
  return deadlineOf({
    eobDate: remittance.eobDate,
    daysOnLetter: remittance.appealDaysOnLetter,
    payer: payer && { name: payer.name, appealDays: payer.appealDays, source: payer.source },
  })
}

/**
 * Until when a decision can still be changed. An appeal that is under way keeps its window open; an upheld one opens the
 * window of the next level. A correction is taken as long as an appeal, or until timely filing ends where that is later.
 */
export function windowsOf(
  decision: Decision,
  claim: Pick<StoredClaim, 'id' | 'lines'>,
  payer: Payer | null,
  appeals: readonly Appeal[],
  today: IsoDate,
): Windows {
  const own = appeals.filter((appeal) => appeal.claimId === claim.id)
  const isRunning = own.some(({ state, deadline }) => state === 'sent' || (state === 'draft' && deadline === null))
  const ends = [
    deadlineFor(decision, payer).on,
    ...own.flatMap(({ state, deadline, decidedOn, nextDays }) => {
      if (state === 'draft' && deadline) return deadline.on
      return isUpheld(state) && decidedOn ? nextDeadline({ decidedOn, nextDays }).on : []
    }),
  ].sort()
  const appealUntil = isRunning ? null : ends.at(-1)!
  const served = claim.lines.flatMap((line) => line.serviceDate ?? []).sort()[0]
  const filing = served && payer?.timelyFilingDays ? addDays(served, payer.timelyFilingDays) : ''
  const fixUntil = appealUntil !== null && filing > appealUntil ? filing : appealUntil
  return { today, fixUntil, informationUntil: decision.informationDueOn ?? appealUntil, appealUntil }
}

/** `windowsOf` with what it needs read from the tables. */
export async function windowsFor(db: Db, decision: Decision, claim: StoredClaim, today: IsoDate): Promise<Windows> {
  const payer = await payerOf(db, claim.coverageId)
  return windowsOf(decision, claim, payer, await listAppeals(db, { caseId: claim.caseId }), today)
}

const isUpheld = (state: Appeal['state']) => state === 'lost' || state === 'partly_won'

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
      .map(({ level, state, decidedOn, nextDays }) => ({ level, lost: isUpheld(state), decidedOn, nextDays })),
    unprocessable: remittance.lines.some((line) => line.remarks.includes(UNPROCESSABLE)),
  })
}
