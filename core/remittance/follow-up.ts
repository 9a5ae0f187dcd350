// What an EOB leaves to do, as tasks of its case; and which earlier ones it ends.
import type { CaseDecisions } from '../case/decisions.ts'
import type { Task, TaskInput } from '../case/schema.ts'
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
  BILL: 'call_patient',
  WO: 'post_payment',
  VER: 'call_payer',
  COB: 'resubmit',
  POST: 'post_payment',
  WAIT: 'call_payer',
}

const nameOf = ({ code, tooth }: Pick<RemittanceLine, 'code' | 'tooth'>) => `${code}${tooth ? ` #${tooth}` : ''}`
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
      const note = due ? 'The date stands on the EOB.' : 'The EOB names no date: our own reminder.'
      return [
        {
          title: requestTitle(line),
          dueOn: due ?? soon,
          kind: 'send_information',
          note: `${note} ${step?.why ?? ''}`,
        },
      ]
    }
    if ((line.outcome !== 'denied' && line.outcome !== 'partly_paid') || !step) return []
    const note = `${step.why}. Appeal until ${formatDate(deadline.on)} (${deadline.source}).`
    return [
      {
        title: `${nameOf(line)}: ${step.text.toLowerCase()}`,
        dueOn: deadline.on < soon && deadline.on >= today ? deadline.on : soon,
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
 * Tasks that wait for papers which an earlier EOB of the plan asked for: no longer once the service is decided.
 * @param decided with the EOB of this id
 */
export function endedRequests(
  tasks: readonly Task[],
  { decisions }: CaseDecisions,
  plan: CoverageId | null,
  id: RemittanceId,
): Task[] {
  const open = tasks.filter(({ kind, doneAt }) => kind === 'send_information' && doneAt === null)
  if (open.length === 0) return []
  const at = decisions.findIndex((one) => one.id === id)
  const decided = decisions[at]!.lines.filter((line) => isDecision(line) && line.billedCents >= 0)
  const services = decided.map((line) => line.service)
  const ended = decisions.slice(0, at).flatMap(({ id: askingId, coverageId, lines }) => {
    const asking = coverageId === plan ? lines.filter((line) => line.outcome === 'info_requested') : []
    return asking
      .filter((line) => services.includes(line.service))
      .map((line) => ({ title: requestTitle(line), askingId }))
  })
  return open.filter((task) =>
    ended.some(({ title, askingId }) => task.title === title && task.remittanceId === askingId),
  )
}
