// The office's settings: one JSON row, read with the contract's defaults, once for a request.
import { Settings } from '#core/contract/office.ts'
import type { CommandContext, QueryContext } from '#host/kernel/context.ts'
import { findSettings, saveSettings } from './rows.ts'

const KEY = Symbol('settings')

/** The office's settings with defaults for what was never set. */
export async function readSettings({ db, kept }: Pick<QueryContext, 'db' | 'kept'>): Promise<Settings> {
  const known = kept.get(KEY) as Settings | undefined
  if (known) return known
  const settings = Settings.parse(JSON.parse((await findSettings(db)) ?? '{}'))
  kept.set(KEY, settings)
  return settings
}

export async function writeSettings({ tx, kept }: CommandContext, settings: Settings): Promise<void> {
  await saveSettings(tx, JSON.stringify(settings))
  kept.set(KEY, settings)
}
