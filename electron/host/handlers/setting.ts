// Settings: one JSON row per key, read with the contract's defaults.
import { type settingRoutes, Settings } from '#core/contract/setting.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { casesCountingBusinessDays } from '#db/repos/task.ts'
import type { HandlersOf } from '../context.ts'
import { refreshCase } from '../refresh.ts'

/** The office's settings with defaults for what was never set. */
export async function readSettings(db: Reader | Writer): Promise<Settings> {
  const row = await db.selectFrom('setting').select('value_json').where('key', '=', 'office').executeTakeFirst()
  return Settings.parse(row ? JSON.parse(row.value_json) : {})
}

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
