// Remittances with everything that follows from them, and the levels of appeal they leave open.
import { deadlineOf, type LevelAdvice, levelsFor, nextDeadline } from '../appeal/deadline.ts'
import type { Appeal, Deadline } from '../appeal/schema.ts'
import { type CaseContents, payerOf, type StoredClaim, type StoredRemittance } from '../case/contents.ts'
import type { IsoDate } from '../dates.ts'
import { type FiguredPayer, filingUntil } from '../payer-figures.ts'
import { decideRemittance, UNPROCESSABLE, type Windows } from './outcome.ts'
import type { Remittance } from './schema.ts'
import type { ReasonTables } from './tables.ts'

/** A stored EOB by itself, with outcome, balance, meanings and advice, not yet measured (`shortfallAfter`). */
export function viewRemittance(tables: ReasonTables, stored: StoredRemittance): Remittance {
  const { caseId: _, reversedAt: _at, reversalReason: _reason, ...input } = stored
  const decided = decideRemittance(tables, input, (index) => stored.lines[index]!.id)
  return { ...input, ...decided, shortfallCents: null }
}

type Decision = Pick<Remittance, 'eobDate' | 'appealDaysOnLetter' | 'informationDueOn'>

/** Until when this decision may be appealed, and on which basis. */
export function deadlineFor(remittance: Decision, payer: FiguredPayer | null): Deadline {
  return deadlineOf({
    eobDate: remittance.eobDate,
    daysOnLetter: remittance.appealDaysOnLetter,
    payer,
  })
}

/**
 * Until when a decision can still be changed. An appeal that is under way keeps its window open; an upheld one opens the
 * window of the next level. A correction is taken as long as an appeal, or until timely filing ends where that is later.
 */
function windowsOf(
  decision: Decision,
  claim: Pick<StoredClaim, 'id' | 'lines'>,
  payer: FiguredPayer | null,
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
  const served = claim.lines.map((line) => line.serviceDate)
  const filing = filingUntil(payer, served)?.on ?? ''
  const fixUntil = appealUntil !== null && filing > appealUntil ? filing : appealUntil
  return { today, fixUntil, informationUntil: decision.informationDueOn ?? appealUntil, appealUntil }
}

/** `windowsOf` for a claim of the case. */
export function windowsFor(contents: CaseContents, decision: Decision, claim: StoredClaim, today: IsoDate): Windows {
  return windowsOf(decision, claim, payerOf(contents, claim.coverageId), contents.appeals, today)
}

const isUpheld = (state: Appeal['state']) => state === 'lost' || state === 'partly_won'

/** The cause that decides what to do about the EOB: that of its worst line. */
export function causeOf(remittance: Remittance) {
  const worst = remittance.lines.find((line) => line.outcome === remittance.outcome && line.cause !== null)
  return (worst ?? remittance.lines.find((line) => line.cause !== null))?.cause ?? null
}

/** Levels that make sense after this EOB, the most useful first. */
export function levelsAfter(
  remittance: Remittance,
  payer: FiguredPayer | null,
  appeals: readonly Appeal[],
): LevelAdvice[] {
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
