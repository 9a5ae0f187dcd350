// Settings of the office; what depends on them is derived anew.
import type { settingRoutes } from '#core/contract/office.ts'
import { casesCountingBusinessDays } from '#host/case/task-rows.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { closeMonths } from './closed-months.ts'
import { readSettings, writeSettings } from './settings.ts'

export const settingHandlers = {
  'setting.get': (context) => readSettings(context),
  'setting.set': async (context, input) => {
    const before = await readSettings(context)
    const after = { ...input, allowPins: before.allowPins, closedThrough: before.closedThrough }
    await writeSettings(context, after)
    // Clocks in business days move with the holidays.
    if (before.holidays.join() !== input.holidays.join())
      for (const caseId of await casesCountingBusinessDays(context.tx)) context.touches(caseId)
    context.audit({ entity: 'setting', entityId: 'office', before, after })
  },
  'setting.closeMonths': closeMonths,
} satisfies HandlersOf<keyof typeof settingRoutes>
