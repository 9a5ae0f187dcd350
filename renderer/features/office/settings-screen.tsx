// One page of settings with an index; each section saves by itself and has its own address.
import { type ReactNode, useEffect } from 'react'
import { Link, useParams } from 'wouter'
import type { Permission } from '#core/contract/route.ts'
import { Page } from '../../ui/page.tsx'
import { useCan } from '../../lib/session.ts'
import { paths } from '../../paths.ts'
import { AuditTrail } from './audit-trail.tsx'
import { Backups } from './backups.tsx'
import { ClosedMonths } from './closed-months.tsx'
import { CodeLists } from './code-lists.tsx'
import { Clearinghouse } from './clearinghouse.tsx'
import { FeeSchedules } from './fee-schedules.tsx'
import { OfficeSection } from './office-section.tsx'
import { Payers } from './payers.tsx'
import { PayerRules } from './payer-rules.tsx'
import { People } from './people.tsx'
import { Providers } from './providers.tsx'
import { Safety } from './safety.tsx'
import { SECTIONS } from './sections.ts'
import { Updates } from './updates.tsx'

const PARTS: Record<keyof typeof SECTIONS, { needs?: Permission; part: ReactNode }> = {
  office: { needs: 'manage', part: <OfficeSection /> },
  dentists: { part: <Providers /> },
  payers: { part: <Payers /> },
  rules: { part: <PayerRules /> },
  fees: { part: <FeeSchedules /> },
  codes: { part: <CodeLists /> },
  clearinghouse: { needs: 'manage', part: <Clearinghouse /> },
  people: { needs: 'manage', part: <People /> },
  months: { needs: 'manage', part: <ClosedMonths /> },
  safety: { part: <Safety /> },
  backups: { part: <Backups /> },
  updates: { needs: 'manage', part: <Updates /> },
  audit: { needs: 'audit', part: <AuditTrail /> },
}

export default function SettingsScreen() {
  const { section } = useParams<{ section?: string }>()
  const may = { manage: useCan('manage'), audit: useCan('audit') }
  const shown = Object.entries(PARTS).filter(([, { needs }]) => !needs || may[needs as keyof typeof may])
  useEffect(() => {
    if (section) jumpTo(`settings-${section}`)
  }, [section])
  return (
    <Page
      title="Settings"
      lead="Everything stays on this computer."
      bar={
        <nav aria-label="Sections" className="cw-row">
          {shown.map(([id]) => (
            <Link key={id} href={paths.settingsOf(id)} className="cw-link" aria-current={id === section || undefined}>
              {SECTIONS[id as keyof typeof SECTIONS]}
            </Link>
          ))}
        </nav>
      }
    >
      {shown.map(([id, { part }]) => (
        <div key={id} id={`settings-${id}`} tabIndex={-1}>
          {part}
        </div>
      ))}
    </Page>
  )
}

/** Only the content scrolls: scrolling into view would move the frame around it as well. */
function jumpTo(id: string): void {
  const place = document.getElementById(id)
  const { top = 0 } = place?.parentElement?.getBoundingClientRect() ?? {}
  place?.parentElement?.scrollBy(0, place.getBoundingClientRect().top - top - 8)
  place?.focus({ preventScroll: true })
}
