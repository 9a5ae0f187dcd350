// Every place of the app as a path; screens and links never write a path by hand.
import type { Step } from '#core/case/schema.ts'

export const paths = {
  today: '/',
  cases: '/cases',
  newCase: '/cases/new',
  newCaseFor: (patientId: string) => `/cases/new/${patientId}`,
  case: (id: string, step?: Step) => (step ? `/cases/${id}/${step}` : `/cases/${id}`),
  authorizations: '/authorizations',
  calendar: '/calendar',
  huddle: '/huddle',
  reports: '/reports',
  claims: '/claims',
  remittances: '/remittances',
  remittance: (id: string) => `/remittances/${id}`,
  denials: '/reports/denials',
  patients: '/patients',
  newPatient: '/patients/new',
  importPatients: '/patients/import',
  importHistory: '/patients/import-history',
  patient: (id: string) => `/patients/${id}`,
  guides: '/guides',
  guide: (id: string, code?: string) => (code ? `/guides/${id}/${code}` : `/guides/${id}`),
  editGuide: (id: string) => `/guides/${id}/edit`,
  settings: '/settings',
  diagnostics: '/diagnostics',
  importFees: '/settings/fees/import',
  importCodes: '/settings/codes/import',
  importDentists: '/settings/dentists/import',
  settingsOf: (section: string) => `/settings/${section}`,
  gallery: '/gallery',
} as const

/** The same places as wouter patterns, for `<Route path>`. */
export const patterns = {
  ...paths,
  newCase: '/cases/new/:patientId?',
  case: '/cases/:id/:step?',
  remittance: '/remittances/:id',
  patient: '/patients/:id',
  guide: '/guides/:id/:code?',
  editGuide: '/guides/:id/edit',
  settings: '/settings/:section?/:act?',
} as const
