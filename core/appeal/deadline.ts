// Until when an appeal may be filed, counted from the EOB's date: the letter controls, then the payer, then the default.
import { addDays, daysBetween, type IsoDate } from '../dates.ts'
import { addSpan, basisOf, figureOf, type FiguredPayer } from '../payer-figures.ts'
import type { Span } from '../payer-rule/schema.ts'
import { spanWords } from '../payer-rule/words.ts'
import type { DenialCause, LineOutcome } from '../remittance/schema.ts'
import { type AppealLevel, type Deadline, LEVEL_LABELS } from './schema.ts'

export interface DeadlineBasisInput {
  /** The day of the decision: of the EOB, of the denial letter. */
  eobDate: IsoDate
  daysOnLetter: number | null
  /** What the days were printed on. */
  letter?: 'EOB' | 'decision'
  payer: FiguredPayer | null
}

/** The deadline and where it comes from (desk.md row 42): the letter, the payer's figure that counts, the law's. */
export function deadlineOf({ eobDate, daysOnLetter, letter = 'EOB', payer }: DeadlineBasisInput): Deadline {
  if (daysOnLetter !== null)
    return {
      on: addDays(eobDate, daysOnLetter),
      days: daysOnLetter,
      countedFrom: eobDate,
      basis: 'letter',
      source: `Printed on the ${letter}: ${daysOnLetter} days`,
      confidence: 'confirmed',
    }
  const figure = figureOf(payer, 'appeal')!
  const on = addSpan(eobDate, figure)
  const isAssumed = figure.origin === 'assumed'
  return {
    on,
    days: daysBetween(eobDate, on),
    countedFrom: eobDate,
    basis: isAssumed ? 'default' : 'payer',
    source: isAssumed ? figure.source : basisOf(payer!.name, figure),
    confidence: figure.confidence,
  }
}

/** What a letter says of its own days are counted from. */
export const COUNTED_FROM = { letter: 'the date of the letter', received: 'the date received' } as const

/**
 * The deadline by the days that a letter gives. Business days are weekdays: a holiday that the payer does not keep would
 * make it late.
 * @param countedFrom the day that `from` names
 */
export function deadlineByLetter(span: Span, from: keyof typeof COUNTED_FROM, countedFrom: IsoDate): Deadline {
  const on = addSpan(countedFrom, span)
  return {
    on,
    days: daysBetween(countedFrom, on),
    countedFrom,
    basis: 'letter',
    source: `By the letter: ${spanWords(span)} from ${COUNTED_FROM[from]}`,
    confidence: 'confirmed',
  }
}

/** The shortest of what plans give; a letter that is read later only moves it back. */
const NEXT_LEVEL_DAYS = 30

/** Until when the next level may be asked for, counted from the decision on the one before. */
export function nextDeadline({ decidedOn, nextDays }: { decidedOn: IsoDate; nextDays: number | null }): Deadline {
  const from = (days: number) => ({ on: addDays(decidedOn, days), days, countedFrom: decidedOn })
  if (nextDays !== null)
    return {
      ...from(nextDays),
      basis: 'letter',
      source: `Printed on the decision: ${nextDays} days`,
      confidence: 'confirmed',
    }
  return {
    ...from(NEXT_LEVEL_DAYS),
    basis: 'default',
    source: 'Plans give 30 to 180 days (denialrx.polsia.app); the shortest is taken. The letter controls',
    confidence: 'unverified',
  }
}

const ERISA = '29 CFR 2560.503-1'
/** In how many days a payer answers, by what was sent (domain pack, section 7). The law binds employer plans; others differ. */
const ANSWERS: Record<AppealLevel, Pick<Deadline, 'days' | 'source' | 'confidence'>> = {
  corrected_claim: { days: 30, source: `${ERISA}(f): a claim after service, 30 days`, confidence: 'reported' },
  information: { days: 30, source: `${ERISA}(f): a claim after service, 30 days`, confidence: 'reported' },
  reconsideration: { days: 60, source: `${ERISA}(i): an appeal after service, 60 days`, confidence: 'reported' },
  first: {
    days: 60,
    source: `${ERISA}(i): an appeal after service, 60 days; 30 where the plan has two levels`,
    confidence: 'reported',
  },
  second: { days: 30, source: `${ERISA}(i): each of two levels after service, 30 days`, confidence: 'reported' },
  peer_to_peer: { days: 30, source: 'Claimwright’s advice: no rule is known', confidence: 'unverified' },
  external: {
    days: 60,
    source: 'Claimwright’s advice: no rule is known, check with the state',
    confidence: 'unverified',
  },
}

/** When an answer is due after something was sent; later than that it is overdue. */
export function answerDue(level: AppealLevel, sentOn: IsoDate): Deadline {
  const { days, source, confidence } = ANSWERS[level]
  return { on: addDays(sentOn, days), days, countedFrom: sentOn, basis: 'default', source, confidence }
}

export interface LevelAdvice {
  level: AppealLevel
  why: string
  deadline: Deadline | null
}

/**
 * The levels that make sense after a decision, the most useful first (domain.md 7: correction and information come before an appeal).
 * @param used levels already tried on this claim, with how they were decided
 */
export function levelsFor(input: {
  outcome: LineOutcome
  cause: DenialCause | null
  deadline: Deadline
  informationDueOn: IsoDate | null
  used: readonly { level: AppealLevel; lost: boolean; decidedOn: IsoDate | null; nextDays: number | null }[]
  /** RARC MA130 stands on the EOB: a new claim, no appeal (domain.md 6). */
  unprocessable: boolean
}): LevelAdvice[] {
  const { outcome, cause, deadline, informationDueOn, used, unprocessable } = input
  if (!['denied', 'other_payer', 'info_requested', 'partly_paid'].includes(outcome)) return []
  const levels: LevelAdvice[] = []
  const tried = (level: AppealLevel) => used.some((one) => one.level === level)
  const offer = (level: AppealLevel, why: string, due: Deadline | null = deadline) => {
    if (!tried(level)) levels.push({ level, why, deadline: due })
  }
  if (outcome === 'other_payer') {
    offer('corrected_claim', 'Bill the other payer first, then send the claim again with its EOB.', null)
    return levels
  }
  if (unprocessable) {
    offer(
      'corrected_claim',
      'The payer could not process the claim: a corrected one is due, an appeal is not possible.',
    )
    return levels
  }
  const information = informationDueOn
    ? {
        ...deadline,
        on: informationDueOn,
        days: daysBetween(deadline.countedFrom, informationDueOn),
        basis: 'letter' as const,
        source: 'Date on the EOB',
        confidence: 'confirmed' as const,
      }
    : null
  if (outcome === 'info_requested' || cause === 'documentation')
    offer(
      'information',
      'The payer asks for documents: sending them is not an appeal and comes first.',
      information ?? deadline,
    )
  if (cause === 'mismatch' || cause === 'coordination' || cause === 'eligibility')
    offer('corrected_claim', 'Something on the claim can be corrected: that is quicker than an appeal.')
  // A formal appeal that was answered is past a second look: what follows it is the next level.
  if (!used.some((one) => one.level === 'first' && one.decidedOn !== null))
    offer('reconsideration', 'A second review by the same payer, based on the record at that time.')
  offer('first', `Formal ${LEVEL_LABELS.first.toLowerCase()} with letter, quoted record and enclosures.`)
  const lost = used.filter((one) => one.lost && one.decidedOn !== null)
  if (lost.some((one) => one.level === 'first' || one.level === 'reconsideration')) {
    const latest = lost.reduce((a, b) => (a.decidedOn! < b.decidedOn! ? b : a))
    const next = nextDeadline({ decidedOn: latest.decidedOn!, nextDays: latest.nextDays })
    offer('second', 'The first answer was upheld.', next)
    offer('peer_to_peer', 'The dentist speaks with the payer’s dental director.', next)
    offer(
      'external',
      'State insurance department or the plan’s external review. For dental plans often not available: check with the state.',
      next,
    )
  }
  return levels
}
