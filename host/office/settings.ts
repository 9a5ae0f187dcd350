// The office's settings: one JSON row, read with the contract's defaults.
import { Settings } from '#core/contract/setting.ts'
import type { Reader, Writer } from '#db/reader.ts'

/** The office's settings with defaults for what was never set. */
export async function readSettings(db: Reader | Writer): Promise<Settings> {
  const row = await db.selectFrom('setting').select('value_json').where('key', '=', 'office').executeTakeFirst()
  return Settings.parse(row ? JSON.parse(row.value_json) : {})
}
