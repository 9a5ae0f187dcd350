// What no plan, contract or patient share settles, and what a person decides about it.
import { leftByService } from '#core/case/case-money.ts'
import { type CaseDecisions, decisionsOf } from '#core/case/decisions.ts'
import { isWithPayer } from '#core/case/eobs.ts'
import type { Task } from '#core/case/schema.ts'
import { SETTLEMENT_WORDS } from '#core/case/settlement.ts'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import type { SettlementId } from '#core/ids.ts'
import { formatMoney, sumCents } from '#core/money.ts'
import { nameOf, servicesOfTask } from '#core/remittance/follow-up.ts'
import { openReasons } from '#core/remittance/outcome.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { invalid, refuse } from '#host/kernel/refuse.ts'
import { refuseClosed, refuseClosedDay } from '#host/office/closed-months.ts'
import { type CaseFile, openCase } from './case-file.ts'
import { finishWork } from './finish.ts'
import { addSettlement, getSettlement, takeBackSettlement } from './settlement-rows.ts'
import { endTasks, reopenTasks } from './tasks.ts'

/** The newest line on a service. */
const lineOn = ({ decisions }: CaseDecisions, service: string) =>
  decisions.flatMap(({ lines }) => lines.filter((line) => line.service === service)).at(-1)

function nameIn(decided: CaseDecisions, service: string): string {
  const line = lineOn(decided, service)
  return line ? nameOf(line) : 'A service that is not on an EOB now'
}

/** What plans decided and nothing settles. */
function openIn(file: CaseFile, decided: CaseDecisions): OutputOf<'settlement.forCase'>['open'] {
  return [...leftByService(decided)].flatMap(([service, { openCents, isDecided }]) => {
    if (openCents <= 0 || !isDecided) return []
    const reasons = openReasons(lineOn(decided, service)!)
    const tasks = file.tasks.filter((task) => servicesOfTask(task, decided).includes(service))
    return {
      service,
      name: nameIn(decided, service),
      openCents,
      reasons: reasons.map(({ group, carc, cents }) => `${group}-${carc} ${formatMoney(cents)}`),
      isContract: reasons.some(({ group }) => group === 'CO'),
      taskIds: tasks.map(({ id }) => id),
    }
  })
}

/** Ends the tasks of EOBs whose services are all settled now. */
async function endSettled(context: CommandContext, file: CaseFile, services: readonly string[]): Promise<void> {
  const decided = decisionsOf(file, context.assets.reasons)
  const open = new Set(openIn(file, decided).map(({ service }) => service))
  const isOver = (task: Task) => {
    const own = servicesOfTask(task, decided)
    return own.some((service) => services.includes(service)) && !own.some((service) => open.has(service))
  }
  await endTasks(context, file, file.tasks.filter(isOver))
}

/** Writes off or bills what is open of services. @throws INVALID_INPUT, REFUSED for more than is open or a closed month */
export async function addSettlements(
  context: CommandContext,
  { settlement }: ParsedInputOf<'settlement.add'>,
): Promise<OutputOf<'settlement.add'>> {
  const { caseId, parts, on, way, reason } = settlement
  if (on > context.today) invalid('settlement.on', 'The day is in the future.')
  await refuseClosedDay(context, on, 'settlement.on')
  const file = await openCase(context, caseId)
  const decided = decisionsOf(file, context.assets.reasons)
  const open = openIn(file, decided)
  if (new Set(parts.map(({ service }) => service)).size < parts.length) refuse(['A service is listed twice.'])
  for (const { service, cents } of parts) {
    const openCents = open.find((one) => one.service === service)?.openCents ?? 0
    if (cents > openCents) refuse([`${nameIn(decided, service)}: only ${formatMoney(openCents)} is open.`])
  }
  const ids = parts.map(() => context.newId<SettlementId>())
  await file.write(context, ['head'], async (tx) => {
    for (const [at, part] of parts.entries()) await addSettlement(tx, ids[at]!, settlement, part, context)
  })
  await endSettled(
    context,
    await openCase(context, caseId),
    parts.map(({ service }) => service),
  )
  const what = parts.map(({ service, cents }) => `${nameIn(decided, service)} ${formatMoney(cents)}`).join(', ')
  await finishWork(context, file, {
    event: { kind: 'payment', on, text: `${what} ${SETTLEMENT_WORDS[way]}: ${reason}` },
    audit: { entity: 'settlement', entityId: ids[0]!, after: { ...settlement, ids } },
  })
  return { ids }
}

/** Undoes settlements of one case; the tasks that they ended come back. @throws NOT_FOUND, REFUSED */
export async function undoSettlements(
  context: CommandContext,
  { ids, reason }: ParsedInputOf<'settlement.takeBack'>,
): Promise<void> {
  const before: Awaited<ReturnType<typeof getSettlement>>[] = []
  for (const id of ids) before.push(await getSettlement(context.db, id))
  for (const { settled_on } of before) await refuseClosed(context, settled_on)
  const [first] = before
  if (before.some((one) => one.case_id !== first!.case_id)) refuse(['These belong to several cases.'])
  const file = await openCase(context, first!.case_id)
  await file.write(context, ['head'], async (tx) => {
    for (const id of ids) await takeBackSettlement(tx, id, context.now)
  })
  const now = await openCase(context, file.id)
  const decided = decisionsOf(now, context.assets.reasons)
  const ended = now.tasks.filter(
    ({ doneAt, remittanceId }) =>
      before.some((one) => one.recorded_at === doneAt) && decided.remittances.some(({ id }) => id === remittanceId),
  )
  await reopenTasks(context, now, ended)
  const cents = formatMoney(sumCents(before.map((one) => one.cents)))
  const words = SETTLEMENT_WORDS[first!.way]
  await finishWork(context, now, {
    event: { kind: 'payment', text: `No longer ${words}: ${cents} (${reason})` },
    audit: { entity: 'settlement', entityId: ids[0]!, before, reason },
  })
}

/** What is open, and what was decided about it. */
export async function settlementsOf(
  context: QueryContext,
  { caseId }: ParsedInputOf<'settlement.forCase'>,
): Promise<OutputOf<'settlement.forCase'>> {
  const file = await openCase(context, caseId)
  const decided = decisionsOf(file, context.assets.reasons)
  const settlements = file.settlements.map((one) => ({ ...one, name: nameIn(decided, one.service) }))
  return { open: openIn(file, decided), settlements, isWithPayer: isWithPayer(file.claims) }
}
