// When each thing happened in one invented case: dates counted backwards from its state.
import type { IsoDate } from '#core/dates.ts'
import type { Calendar } from './calendar.ts'
import type { ProcedurePlan } from './procedures.ts'
import type { Random } from './random.ts'
import type { SeedState } from './states.ts'

export interface Story {
  state: SeedState
  procedure: ProcedurePlan
  createdOn: IsoDate
  decidedOn: IsoDate
  requestedOn: IsoDate
  answeredOn: IsoDate
  visits: { phase: ProcedurePlan['phases'][number]; plannedOn: IsoDate | null; doneOn: IsoDate | null }[]
  claimedOn: IsoDate
  eobOn: IsoDate
  appealedOn: IsoDate
  appealAnsweredOn: IsoDate
  lastOn: IsoDate
}

/** Lays the events of a case out so that the last one fits its state. */
export function tellStory(random: Random, calendar: Calendar, procedure: ProcedurePlan, state: SeedState): Story {
  const requested = 3 + random.below(3)
  const answered = requested + 9 + random.below(6)
  const started = state.authorization ? answered + 6 : 5
  const visits = procedure.phases.map((_, at) => started + at * 42)
  const claimed = visits.at(-1)! + 1
  const eob = claimed + 16 + random.below(10)
  const appealed = eob + 8
  const over = appealed + 28
  const end = lastOffset(state, { requested, answered, visits, claimed, eob, appealed, over })
  const zero = -(end + random.between(...state.since))
  const day = (offset: number) => calendar.workday(zero + offset)
  const ahead = random.between(3, 21)
  const done =
    state.treatment === 'done' ? visits.length : state.treatment === 'begun' ? Math.max(1, visits.length - 1) : 0
  const planned = state.treatment !== 'done' && (state.treatment === 'begun' || state.name === 'approved and booked')
  // A single visit cannot be half done: such a case has its visit booked.
  const finished = state.treatment === 'begun' && visits.length === 1 ? 0 : done
  return {
    state,
    procedure,
    createdOn: day(0),
    decidedOn: day(Math.min(1, end)),
    requestedOn: day(requested),
    answeredOn: day(answered),
    visits: procedure.phases.map((phase, at) => ({
      phase,
      plannedOn: at < finished ? day(visits[at]!) : planned ? calendar.workday(ahead + (at - finished) * 42) : null,
      doneOn: at < finished ? day(visits[at]!) : null,
    })),
    claimedOn: day(claimed),
    eobOn: day(eob),
    appealedOn: day(appealed),
    appealAnsweredOn: day(over),
    lastOn: day(end),
  }
}

function lastOffset(
  state: SeedState,
  at: Record<'requested' | 'answered' | 'claimed' | 'eob' | 'appealed' | 'over', number> & {
    visits: readonly number[]
  },
): number {
  if (state.appeal) return state.appeal === 'draft' ? at.eob + 4 : state.appeal === 'sent' ? at.appealed : at.over
  if (state.eob) return at.eob
  if (state.claim) return at.claimed
  if (state.treatment === 'done') return at.visits.at(-1)!
  if (state.treatment === 'begun') return at.visits[Math.max(0, at.visits.length - 2)]!
  if (state.authorization === 'drafting') return 2
  if (state.authorization === 'submitted') return at.requested
  if (state.authorization === 'appealed') return at.answered + 3
  if (state.authorization) return at.answered
  return state.decided === 'no' ? 0 : 1
}
