// The demo practice: an invented office of its own, whose password lies beside it.
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import type { OutputOf, ParsedInputOf } from '#core/contract/index.ts'
import type { OpenVault } from '../vault.ts'

export const DEMO_USER = 'Demo user'

/** A session on the demo's own, empty folder. */
interface FreshSession {
  readonly vault: OpenVault | null
  setup(input: ParsedInputOf<'session.setup'>): Promise<OutputOf<'session.setup'>>
  confirmRecovery(input: ParsedInputOf<'session.confirmRecovery'>): Promise<unknown>
  close(): Promise<void>
}

/** Sets the invented office up, fills it, and leaves its password in `secretFile`. */
export async function makeDemo(
  session: FreshSession,
  secretFile: string,
  fill: (vault: OpenVault) => Promise<void>,
): Promise<void> {
  const password = randomBytes(18).toString('base64')
  const user = { name: DEMO_USER, password }
  const { recoveryCode } = await session.setup({ office: DEMO_OFFICE, provider: DEMO_PROVIDER, user })
  await session.confirmRecovery({ recoveryCode })
  await fill(session.vault!)
  await session.close()
  writeFileSync(secretFile, password, { mode: 0o600 })
}

const DEMO_OFFICE = {
  name: 'Sample Dental Practice (demo)',
  address: { street: '100 Sample Ave', city: 'Springfield', state: 'IL', zip: '62701' },
  phone: '555-555-0100',
  npi: '1234567893',
  taxId: '12-3456789',
}

const DEMO_PROVIDER = {
  firstName: 'Pat',
  lastName: 'Doe',
  npi: '1245319599',
  license: 'DEMO-0001',
  taxonomy: '1223E0200X',
}
