// Settings of the office; what depends on them is derived anew.
import type { settingRoutes } from '#core/contract/setting.ts'
import { casesCountingBusinessDays } from '#host/case/task-rows.ts'
import type { HandlersOf } from '#host/kernel/context.ts'
import { refreshCase } from '#host/case/refresh.ts'
import { readSettings } from './settings.ts'

export const settingHandlers = {
  'setting.get': ({ db }) => readSettings(db),
  'setting.set': async (context, input) => {
    const { tx, audit } = context
    const before = await readSettings(tx)
    const valueJson = JSON.stringify(input)
    await tx
      .insertInto('setting')
      .values({ key: 'office', value_json: valueJson })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value_json: valueJson }))
      .execute()
    // Clocks in business days move with the holidays.
    if (before.holidays.join() !== input.holidays.join())
      for (const caseId of await casesCountingBusinessDays(tx)) await refreshCase(context, caseId)
    audit({ entity: 'setting', entityId: 'office', before, after: input })
    return {}
  },
} satisfies HandlersOf<keyof typeof settingRoutes>
