// What the office of a host is given when the host starts.
import type { Assets } from '#core/assets.ts'
import type { Store } from '#host/kernel/store.ts'
import type { PinKeeper } from '#core/pin.ts'
import type { OpenVault } from './vault.ts'

export interface OfficeOptions {
  dataDir: string
  appVersion: string
  now: () => string
  today: () => string
  /** Milliseconds on a clock that nobody can set. */
  elapsed: () => number
  /** What is installed, with what the office made of it. */
  assets: (store: Store) => Promise<Assets>
  /** Cheap scrypt for throwaway folders only. */
  scryptN?: number
  seedDemo: (vault: OpenVault, today: string) => Promise<void>
  log: (event: string) => void
  pins: PinKeeper
}
