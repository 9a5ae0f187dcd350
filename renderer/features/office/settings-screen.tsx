// One page of settings; each section saves by itself.
import { Page } from '../../ui/page.tsx'
import { useCan } from '../../lib/session.ts'
import { AuditTrail } from './audit-trail.tsx'
import { Backups } from './backups.tsx'
import { ClosedMonths } from './closed-months.tsx'
import { Clearinghouse } from './clearinghouse.tsx'
import { FeeSchedules } from './fee-schedules.tsx'
import { OfficeSection } from './office-section.tsx'
import { Payers } from './payers.tsx'
import { People } from './people.tsx'
import { Providers } from './providers.tsx'
import { Safety } from './safety.tsx'

export default function SettingsScreen() {
  const canManage = useCan('manage')
  const canAudit = useCan('audit')
  return (
    <Page title="Settings" lead="Everything stays on this computer.">
      {canManage && <OfficeSection />}
      <Providers />
      <Payers />
      <FeeSchedules />
      {canManage && <Clearinghouse />}
      {canManage && <People />}
      {canManage && <ClosedMonths />}
      <Safety />
      <Backups />
      {canAudit && <AuditTrail />}
    </Page>
  )
}
