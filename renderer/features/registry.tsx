// Every screen and its place, in the order of the navigation. A new one adds its lines here; the order of patterns decides ties.
import {
  IconBook2,
  IconCalendar,
  IconChartBar,
  IconFileInvoice,
  IconFolders,
  IconReceipt,
  IconSettings,
  IconShieldCheck,
  IconSunrise,
  IconUsers,
} from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../lib/feature.ts'
import { useRoute } from '../lib/query.ts'
import { paths, patterns } from '../paths.ts'
import { NavBadge } from '../ui/nav-badge.tsx'
import { SECTIONS } from './office/sections.ts'
import { TodayScreen } from './today/today-screen.tsx'

function TodayBadge() {
  const { data } = useRoute('today.list', { limit: 1 })
  return data ? <NavBadge count={data.counts.overdue + data.counts.today} alert={data.counts.overdue} /> : null
}

function AuthorizationBadge() {
  const { data } = useRoute('authorization.list', { limit: 1 })
  if (!data) return null
  const { open, unanswered, information, booked_late: late, stale } = data.counts
  return <NavBadge count={open} alert={unanswered + information + late + stale} />
}

function ClaimBadge() {
  const { data } = useRoute('claim.list', { limit: 1 })
  return data ? <NavBadge count={data.counts.draft + data.counts.waiting} /> : null
}

/** Payments that are not posted yet. */
function RemittanceBadge() {
  const { data } = useRoute('era.list', { limit: 1 })
  return data ? <NavBadge count={data.counts.open} /> : null
}

const PatientListScreen = lazy(() => import('./patient/patient-list-screen.tsx'))

export const features: readonly Feature[] = [
  {
    nav: { label: 'Today', path: paths.today, icon: IconSunrise, Badge: TodayBadge },
    screens: [{ pattern: patterns.today, screen: TodayScreen }],
  },
  {
    nav: { label: 'Cases', path: paths.cases, icon: IconFolders },
    screens: [
      { pattern: patterns.newCase, screen: lazy(() => import('./case/new-case.tsx')) },
      { pattern: patterns.case, screen: lazy(() => import('./case/case-page.tsx')) },
      { pattern: patterns.cases, screen: lazy(() => import('./case/case-list-screen.tsx')) },
    ],
    actions: [
      {
        id: 'new-case',
        title: 'New case',
        shortcut: 'mod+n',
        menu: 'new-case',
        needs: 'work',
        run: (go) => go(paths.newCase),
      },
    ],
  },
  {
    nav: { label: 'Authorizations', path: paths.authorizations, icon: IconShieldCheck, Badge: AuthorizationBadge },
    screens: [
      {
        pattern: patterns.authorizations,
        screen: lazy(() => import('./authorization/authorization-list-screen.tsx')),
      },
    ],
    actions: [
      {
        id: 'import-list',
        title: 'Import a list of authorizations',
        words: 'log spreadsheet csv',
        needs: 'work',
        run: (go) => go(paths.authorizations),
      },
    ],
  },
  {
    nav: { label: 'Calendar', path: paths.calendar, icon: IconCalendar },
    screens: [
      { pattern: patterns.calendar, screen: lazy(() => import('./calendar/calendar-screen.tsx')) },
      { pattern: patterns.huddle, screen: lazy(() => import('./calendar/huddle-screen.tsx')) },
    ],
    actions: [{ id: 'huddle', title: 'Morning huddle sheet', run: (go) => go(paths.huddle) }],
  },
  {
    nav: { label: 'Claims', path: paths.claims, icon: IconFileInvoice, Badge: ClaimBadge },
    screens: [{ pattern: patterns.claims, screen: lazy(() => import('./claim/claim-list-screen.tsx')) }],
  },
  {
    nav: { label: 'Remittances', path: paths.remittances, icon: IconReceipt, Badge: RemittanceBadge },
    screens: [
      { pattern: patterns.remittance, screen: lazy(() => import('./remittance/payment-screen.tsx')) },
      { pattern: patterns.remittances, screen: lazy(() => import('./remittance/remittance-list-screen.tsx')) },
    ],
    actions: [
      {
        id: 'import-remittance',
        title: 'Import a remittance (835)',
        words: 'era eob file',
        needs: 'work',
        run: (go) => go(paths.remittances),
      },
    ],
  },
  {
    nav: { label: 'Patients', path: paths.patients, icon: IconUsers },
    screens: [
      { pattern: patterns.newPatient, screen: PatientListScreen },
      { pattern: patterns.importPatients, screen: PatientListScreen },
      { pattern: patterns.importHistory, screen: PatientListScreen },
      { pattern: patterns.patients, screen: PatientListScreen },
      { pattern: patterns.patient, screen: lazy(() => import('./patient/patient-screen.tsx')) },
    ],
    actions: [
      {
        id: 'new-patient',
        title: 'New patient',
        words: 'add patient',
        shortcut: 'mod+shift+p',
        menu: 'new-patient',
        needs: 'work',
        run: (go) => go(paths.newPatient),
      },
      {
        id: 'import-patients',
        title: 'Import patients',
        words: 'open dental dentrix eaglesoft practice list csv excel',
        needs: 'work',
        run: (go) => go(paths.importPatients),
      },
      {
        id: 'import-history',
        title: 'Import dental history',
        words: 'procedures treatment done planned open dental list csv excel',
        needs: 'work',
        run: (go) => go(paths.importHistory),
      },
    ],
  },
  {
    nav: { label: 'Guides', path: paths.guides, icon: IconBook2 },
    screens: [
      { pattern: patterns.guides, screen: lazy(() => import('./guide/guide-list-screen.tsx')) },
      { pattern: patterns.editGuide, screen: lazy(() => import('./guide/guide-editor-screen.tsx')) },
      { pattern: patterns.guide, screen: lazy(() => import('./guide/guide-screen.tsx')) },
    ],
    actions: [
      {
        id: 'edit-guides',
        title: 'Change a guide, or begin one of your own',
        words: 'make it ours edit questions checklist narrative rules template import export',
        needs: 'manage',
        run: (go) => go(paths.guides),
      },
    ],
  },
  {
    nav: { label: 'Reports', path: paths.reports, icon: IconChartBar },
    screens: [
      { pattern: patterns.denials, screen: lazy(() => import('./report/denials-screen.tsx')) },
      { pattern: patterns.reports, screen: lazy(() => import('./report/report-screen.tsx')) },
    ],
  },
  {
    nav: { label: 'Settings', path: paths.settings, icon: IconSettings },
    screens: [{ pattern: patterns.settings, screen: lazy(() => import('./office/settings-screen.tsx')) }],
    actions: [
      { id: 'settings', title: 'Settings', menu: 'settings', run: (go) => go(paths.settings) },
      ...Object.entries(SECTIONS).map(([id, title]) => ({
        id: `settings-${id}`,
        title: `Settings: ${title}`,
        run: (go: (path: string) => void) => go(paths.settingsOf(id)),
      })),
      {
        id: 'import-dentists',
        title: 'Import dentists',
        words: 'provider npi license csv excel',
        needs: 'work',
        run: (go) => go(paths.importDentists),
      },
      {
        id: 'import-codes',
        title: 'Import a list of codes',
        words: 'cdt descriptors ada edition 2027 license csv excel',
        needs: 'manage',
        run: (go) => go(paths.importCodes),
      },
      {
        id: 'import-fees',
        title: 'Import fees',
        words: 'fee schedule ucr contract open dental dentrix csv excel',
        needs: 'work',
        run: (go) => go(paths.importFees),
      },
    ],
  },
  {
    screens: [{ pattern: patterns.diagnostics, screen: lazy(() => import('./help/diagnostics-screen.tsx')) }],
    actions: [
      {
        id: 'diagnostics',
        title: 'Diagnostics',
        shortcut: 'mod+shift+d',
        menu: 'diagnostics',
        run: (go) => go(paths.diagnostics),
      },
    ],
  },
]
