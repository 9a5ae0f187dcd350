// The words of a clock for a given day: why it rings, what to do, by which rule.
import { NOT_COVERED } from '../coverage/dates.ts'
import { businessDaysBetween, daysBetween, formatDate, type IsoDate, relativeDays } from '../dates.ts'
import { SETTLE } from './actions.ts'
import { type Clock, DESIGN, NO_ANSWER_DEFAULT } from './clocks.ts'

export interface ClockWords {
  reason: string
  action: string
  source: string
}

/** What is done about money that an EOB left open: a denial is contested before anybody writes it off. */
const TASKS: Readonly<Record<string, string>> = { open: SETTLE, appeal: 'Correct or appeal' }

/** What an EOB that neither paid in full nor denied leaves to do, by its outcome. */
const CHECKS: Record<string, (on: string) => [reason: string, action: string]> = {
  paid: (on) => [`Paid on the EOB of ${on}, but not everything is resolved`, 'Check what is open'],
  partly_paid: (on) => [`Partly paid on the EOB of ${on}`, 'Check the reasons'],
  other_payer: (on) => [`The EOB of ${on} points to another payer`, 'Bill the other payer first'],
  patient_only: (on) => [`The EOB of ${on} leaves all to the patient`, 'Bill the patient'],
  patient_share: (on) => [`The patient has not paid the share on the EOB of ${on}`, 'Bill the patient'],
  settled: (on) => [`The office put what the EOB of ${on} left open on the patient`, 'Bill the patient'],
  repeated: (on) => [`The payer calls it a duplicate on the EOB of ${on}`, 'Ask for its first decision'],
  reversed: (on) => [`Payment reversed on the EOB of ${on}`, 'Ask the payer why'],
}

/** What keeps an approval from expiring unused. */
function beforeTheEnd(visitOn: IsoDate | null, validTo: IsoDate, today: IsoDate): string {
  if (visitOn === null || visitOn < today) return 'Book the visit'
  return visitOn > validTo ? 'Ask for an extension' : 'Keep the visit'
}

/** Nobody is called or booked under an approval that is over. */
const hasEnded = (validTo: IsoDate | null, today: IsoDate) => validTo !== null && validTo < today
const validity = (validTo: IsoDate | null, today: IsoDate) =>
  validTo === null ? '' : `; ${validTo < today ? 'ended' : 'valid to'} ${formatDate(validTo)}`

/** `; appeal until …`, or that the time for it is over. */
const appealWindow = (until: IsoDate | null, today: IsoDate) =>
  until === null ? '' : `; ${until < today ? 'time to appeal ended' : 'appeal until'} ${formatDate(until)}`

const businessDays = (count: number) => `${count} business ${count === 1 ? 'day' : 'days'}`

/** A clock in words for `today`. */
export function describeClock(
  clock: Pick<Clock, 'kind' | 'dueOn' | 'params'>,
  today: IsoDate,
  holidays: readonly IsoDate[] = [],
): ClockWords {
  const { params, dueOn } = clock
  const date = (name: string): IsoDate | null => (typeof params[name] === 'string' ? params[name] : null)
  const say = (reason: string, action: string, source = DESIGN): ClockWords => ({ reason, action, source })
  const due = date('due')
  const isEstimate = params['about'] === 'estimate'
  const name = isEstimate ? 'Estimate' : 'Authorization'
  switch (clock.kind) {
    case 'task':
      return say(`Task: ${params['title']}`, TASKS[String(params['about'])] ?? 'Open the task', 'Task')
    case 'undecided':
      return say('Code not chosen yet', 'Answer the questions')
    case 'unconfirmed':
      return say('The dentist has not confirmed the code', 'Ask the dentist')
    case 'need_unknown':
      return say('Not known whether an authorization is needed', 'Ask the payer')
    case 'unsent_authorization':
      return say(`${name} request not sent`, 'Send the request')
    case 'no_answer': {
      const sentOn = date('sentOn')!
      const usual =
        params['usual'] === null ? `not known, ${businessDays(NO_ANSWER_DEFAULT)} assumed` : `${params['usual']}`
      const waited = businessDaysBetween(sentOn, today, holidays)
      const subject = isEstimate ? 'estimate' : 'request'
      return say(
        waited === 0
          ? `The ${subject} was sent ${relativeDays(sentOn, today)}; usual answer: ${usual}`
          : `No answer${isEstimate ? ' to the estimate' : ''} for ${businessDays(waited)}; usual: ${usual}`,
        'Call the payer',
        String(params['basis'] || DESIGN),
      )
    }
    case 'information_due':
      return say(
        due ? `Payer wants information by ${formatDate(due)}` : 'Payer asked for information',
        'Send the information',
      )
    case 'denied_authorization':
      return say(`${name} denied${appealWindow(date('appealBy'), today)}`, 'Correct or appeal')
    case 'expiring': {
      const validTo = date('validTo')
      if (!validTo) return say(`${name} expired`, 'Ask for an extension')
      const words =
        validTo < today
          ? `${name} expired ${relativeDays(validTo, today)}`
          : `${name} expires ${relativeDays(validTo, today)}, ${formatDate(validTo)}`
      return say(
        words,
        validTo < today ? 'Ask for an extension' : beforeTheEnd(date('visitOn'), validTo, today),
        String(params['basis'] || DESIGN),
      )
    }
    case 'not_called': {
      const validTo = date('validTo')
      return say(
        `${isEstimate ? 'Estimate approved' : 'Approved'} ${formatDate(date('approvedOn') ?? dueOn)}, patient not called${validity(validTo, today)}`,
        hasEnded(validTo, today) ? 'Ask for an extension' : 'Call the patient',
      )
    }
    case 'not_booked': {
      const [validTo, visitOn] = [date('validTo'), date('visitOn')]
      const until = validity(validTo, today)
      const ended = hasEnded(validTo, today)
      if (visitOn && visitOn >= today)
        return say(
          `Visit on ${formatDate(visitOn)}${until}`,
          visitOn === today ? 'Record the visit' : 'Wait for the visit',
        )
      if (visitOn)
        return say(
          `Visit of ${formatDate(visitOn)} not recorded, no later one booked${until}`,
          ended ? 'Ask for an extension' : 'Record it or book again',
        )
      return say(
        `Patient called ${formatDate(date('calledOn')!)}, no visit booked${until}`,
        ended ? 'Ask for an extension' : 'Book the visit',
      )
    }
    case 'visit_after_expiry':
      return say(
        `Visit planned ${formatDate(date('planned')!)}, but the ${name.toLowerCase()} ends ${formatDate(date('validTo')!)}`,
        'Ask for an extension',
      )
    case 'stale_approval':
      return say(`${isEstimate ? 'Estimate' : 'Approval'} may no longer be valid: ${params['why']}`, 'Ask the payer')
    case 'not_covered': {
      const [visitOn, validTo] = [date('visitOn'), date('validTo')]
      const why = String(params['why'])
      const about = visitOn
        ? `Visit of ${formatDate(visitOn)}: ${why}`
        : `${why[0]!.toUpperCase()}${why.slice(1)}${validTo ? `, before the ${isEstimate ? 'estimate' : 'approval'} (${formatDate(validTo)})` : ''}`
      return say(about, 'Check the coverage', NOT_COVERED)
    }
    case 'changes_open':
      return say(
        `${isEstimate ? 'Estimate answered' : 'Approved'} with changes ${formatDate(date('decidedOn') ?? dueOn)}, not answered`,
        'Accept or appeal',
      )
    case 'claim_mismatch':
      return say(
        `Claim does not fit the ${isEstimate ? 'estimate' : 'approval'}: ${params['why']}`,
        'Correct the claim',
      )
    case 'claim_unsent':
      return say(`Treatment finished ${relativeDays(date('doneOn') ?? dueOn, today)}, claim not sent`, 'Send the claim')
    case 'timely_filing':
      return say(`Timely filing ends ${formatDate(due!)}`, 'Send the claim')
    case 'no_eob': {
      const [pendedOn, wonOn] = [date('pendedOn'), date('wonOn')]
      if (pendedOn) return say(`Under review since ${formatDate(pendedOn)}`, 'Call the payer')
      if (wonOn) return say(`Appeal won ${formatDate(wonOn)}, no new EOB yet`, 'Call the payer')
      return say(`No EOB for ${daysBetween(date('sentOn')!, today)} days`, 'Call the payer')
    }
    case 'rejected_claim':
      return say('Claim rejected', 'Correct and send again')
    case 'denied_claim': {
      const [lostOn, appealBy] = [date('lostOn'), date('appealBy')]
      const until = appealWindow(appealBy, today)
      if (lostOn) return say(`Denial upheld ${formatDate(lostOn)}${until}`, 'Appeal again or bill')
      return say(`Denied on the EOB of ${formatDate(date('eobDate')!)}${until}`, 'Correct or appeal')
    }
    case 'eob_to_check':
      return say(...CHECKS[String(params['outcome'])]!(formatDate(date('eobDate')!)))
    case 'eob_information':
      return say(
        due ? `EOB asks for information by ${formatDate(due)}` : 'EOB asks for information',
        'Send the information',
      )
    case 'appeal_due':
      return say(
        `Appeal due ${relativeDays(due!, today)}, ${formatDate(due!)}`,
        'Finish the letter',
        String(params['source'] ?? ''),
      )
    case 'appeal_unanswered': {
      const deniedOn = date('deniedOn')
      const answer = date('answer')
      const days = daysBetween(date('sentOn')!, today)
      if (deniedOn && answer) {
        const story = `${name} denied ${formatDate(deniedOn)}, appealed ${formatDate(date('sentOn')!)}`
        const owed = answer < today ? 'the answer was due' : 'answer due'
        return say(`${story}; ${owed} ${formatDate(answer)}`, 'Call the payer', String(params['source'] ?? ''))
      }
      if (!answer) return say(`Appeal without answer for ${days} days`, 'Call the payer')
      const words =
        answer < today
          ? `No decision on the appeal; it was due ${formatDate(answer)}`
          : `Appeal sent ${days} days ago, decision due ${formatDate(answer)}`
      return say(words, 'Call the payer', String(params['source'] ?? ''))
    }
  }
}
