// Over the sign-in after a restore: what came back, and what did not.
import { restoredWords } from '../../lib/restore.ts'
import type { KnownSession } from '../../lib/session.ts'
import { Finding } from '../../ui/finding.tsx'

export function RestoredNote({ restored }: { restored: NonNullable<KnownSession['restored']> }) {
  return <Finding severity={restored.missing.length > 0 ? 'block' : 'info'}>{restoredWords(restored)}</Finding>
}
