// What an EOB leaves to do, as tasks of its case; and which earlier ones it ends.
import type { Appeal, AppealEvent } from '../appeal/schema.ts'
import type { CaseDecisions, PostedLine } from '../case/decisions.ts'
import type { Task, TaskInput } from '../case/schema.ts'
import type { Claim } from '../claim/schema.ts'
import { addBusinessDays, formatDate, type IsoDate } from '../dates.ts'
import type { CoverageId, RemittanceId } from '../ids.ts'
import { formatMoney } from '../money.ts'
import { isDecision } from './outcome.ts'
import type { NextAction, Remittance, RemittanceLine } from './schema.ts'

/** Own design: a follow-up is due within a working week when the letter names no day. */
const FOLLOW_UP_BUSINESS_DAYS = 5

const TASK_OF: Record<NextAction, TaskInput['kind']> = {
  FIX: 'resubmit',
  INFO: 'send_information',
  APP: 'appeal',
  BILL: 'bill_patient',
  WO: 'post_payment',
  VER: 'call_payer',
  COB: 'bill_other_plan',
  POST: 'post_payment',
  WAIT: 'call_payer',
}

/** `D2740 #14` */
export const nameOf = ({ code, tooth }: Pick<RemittanceLine, 'code' | 'tooth'>) => `${code}${tooth ? ` #${tooth}` : ''}`
const requestTitle = (line: RemittanceLine) => `${nameOf(line)}: send what the payer asks for`

/** How an EOB is named in the note of its tasks and in the history. */
export const originOf = (eobDate: IsoDate) => `EOB of ${formatDate(eobDate)}`

/** Tasks that this EOB left and nobody has done. */
export function openTasksOf(tasks: readonly Task[], id: RemittanceId): Task[] {
  return tasks.filter((task) => task.doneAt === null && task.remittanceId === id)
}

type FollowUp = Pick<TaskInput, 'title' | 'dueOn' | 'kind' | 'note'>

/** The tasks that an EOB leaves. `deadline`: until when it may be appealed. */
export function followUpOf(
  remittance: Remittance,
  deadline: { on: IsoDate; source: string },
  { today, holidays }: { today: IsoDate; holidays: readonly IsoDate[] },
): FollowUp[] {
  const soon = addBusinessDays(today, FOLLOW_UP_BUSINESS_DAYS, holidays)
  const tasks = remittance.lines.flatMap((line): FollowUp[] => {
    const step = line.advice[0]
    if (line.outcome === 'info_requested') {
      const due = remittance.informationDueOn
      const note = due ? 'The date is on the EOB.' : 'The EOB names no date: our own reminder.'
      return [
        {
          title: requestTitle(line),
          dueOn: due ?? soon,
          kind: 'send_information',
          note: `${note} ${step?.why ?? ''}`,
        },
      ]
    }
    const isForOther = line.outcome === 'other_payer'
    const isCut = line.outcome === 'denied' || line.outcome === 'partly_paid' || isForOther
    if (!isCut || !step || step.action === 'POST') return []
    const window = isForOther ? '' : ` Appeal until ${formatDate(deadline.on)} (${deadline.source}).`
    const note = `${step.why}.${window}`
    return [
      {
        title: `${nameOf(line)}: ${step.text.toLowerCase()}`,
        dueOn: !isForOther && deadline.on < soon && deadline.on >= today ? deadline.on : soon,
        kind: TASK_OF[step.action],
        note: note.slice(0, 450),
      },
    ]
  })
  const { shortfallCents } = remittance
  if (shortfallCents !== null)
    tasks.push({
      title: `Paid ${formatMoney(shortfallCents)} less than expected: ask the payer why`,
      dueOn: soon,
      kind: 'call_payer',
      note: `Expected ${formatMoney(remittance.expectedPlanCents ?? 0)}.`,
    })
  const origin = originOf(remittance.eobDate)
  return tasks.map((task) => ({ ...task, note: `${origin}. ${task.note}` }))
}

/**
 * Tasks of earlier EOBs that this one ends: those of a service once it is decided anew, and those of the whole
 * EOB once a service of it is. Papers that were asked for are still waited for when the payer takes something back.
 * @param decided with the EOB of this id
 */
export function endedByDecision(
  tasks: readonly Task[],
  { decisions }: CaseDecisions,
  plan: CoverageId | null,
  id: RemittanceId,
): Task[] {
  const at = decisions.findIndex((one) => one.id === id)
  const decided = decisions[at]!.lines.filter(isDecision)
  const isDecided = (service: string, kind: Task['kind']) =>
    decided.some((line) => line.service === service && (kind !== 'send_information' || line.billedCents >= 0))
  return tasks.filter(({ doneAt, remittanceId, kind, title }) => {
    const before = decisions.slice(0, at).find((one) => one.id === remittanceId)
    // Whatever plan decides: what was to be billed to the patient is counted anew.
    if (doneAt !== null || !before || (before.coverageId !== plan && kind !== 'bill_patient')) return false
    return linesOf(before, title).some(({ service }) => isDecided(service, kind))
  })
}

/** The lines of an EOB that a task of it is about: those that its title names, else all. */
function linesOf({ lines }: CaseDecisions['decisions'][number], title: string): readonly PostedLine[] {
  const named = lines.filter((line) => title.startsWith(`${nameOf(line)}: `))
  return named.length > 0 ? named : lines
}

/** The services that an open task of an EOB is about; none for any other task, or one to bill the patient. */
export function servicesOfTask({ doneAt, kind, title, remittanceId }: Task, { decisions }: CaseDecisions): string[] {
  const eob = decisions.find(({ id }) => id === remittanceId)
  if (doneAt !== null || kind === 'bill_patient' || !eob) return []
  return linesOf(eob, title).map(({ service }) => service)
}

/** Tasks that a claim ends by going out: to correct the claim that it replaces, to send to the plan that it goes to. */
export function endedByClaim(
  tasks: readonly Task[],
  remittances: readonly Pick<Remittance, 'id' | 'claimId'>[],
  claims: readonly Pick<Claim, 'id' | 'coverageId'>[],
  sent: Pick<Claim, 'coverageId' | 'replacesId'>,
): Task[] {
  return tasks.filter(({ doneAt, kind, remittanceId }) => {
    const claimId = remittances.find(({ id }) => id === remittanceId)?.claimId
    if (doneAt !== null || !claimId) return false
    if (kind === 'bill_other_plan') return claims.find(({ id }) => id === claimId)?.coverageId !== sent.coverageId
    return kind === 'resubmit' && claimId === sent.replacesId
  })
}

/** Tasks that an appeal ends: sent, those that ask for it; won, all that the EOB left. */
export function endedByAppeal(
  tasks: readonly Task[],
  { remittanceId, level }: Pick<Appeal, 'remittanceId' | 'level'>,
  event: AppealEvent,
): Task[] {
  if (remittanceId === null || (event !== 'send' && event !== 'win')) return []
  const kind = level === 'information' ? 'send_information' : 'appeal'
  return openTasksOf(tasks, remittanceId).filter((task) => event === 'win' || task.kind === kind)
}
