// Fee schedules of the office and its contracts.
import type { feeScheduleRoutes } from '#core/contract/office.ts'
import type { FeeScheduleInput } from '#core/coverage/fee-schedule.ts'
import type { FeeScheduleId } from '#core/ids.ts'
import type { CommandContext, HandlersOf } from '#host/kernel/context.ts'
import { refuse } from '#host/kernel/refuse.ts'
import { found } from '#host/kernel/versioned.ts'
import {
  addFeeSchedule,
  findFeeSchedule,
  findOfficeSchedule,
  listFeeSchedules,
  updateFeeSchedule,
} from './fee-schedule-rows.ts'

/** There is one schedule of the office's own; its new fees are a new edition. */
async function refuseSecondOwn({ tx }: CommandContext, { kind }: FeeScheduleInput, id: FeeScheduleId | null) {
  if (kind !== 'office') return
  const own = await findOfficeSchedule(tx)
  if (own && own.id !== id)
    refuse([`“${own.name}” holds the office’s own fees already. Add fees with a new first day to it.`])
}

export const feeScheduleHandlers = {
  'feeSchedule.list': async ({ db }) => ({ schedules: await listFeeSchedules(db) }),
  'feeSchedule.add': async (context, { schedule }) => {
    await refuseSecondOwn(context, schedule, null)
    const id = context.newId<FeeScheduleId>()
    await addFeeSchedule(context.tx, id, schedule, context)
    context.audit({ entity: 'fee_schedule', entityId: id, after: schedule })
    return { id }
  },
  'feeSchedule.update': async (context, { id, version, schedule }) => {
    const before = found(await findFeeSchedule(context.tx, id), 'fee schedule', id)
    await refuseSecondOwn(context, schedule, id)
    await updateFeeSchedule(context.tx, id, version, schedule, context)
    context.audit({ entity: 'fee_schedule', entityId: id, before, after: schedule })
  },
} satisfies HandlersOf<keyof typeof feeScheduleRoutes>
