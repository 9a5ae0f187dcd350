// The features of the app, in the order of the navigation. A new domain adds one line; the order of patterns decides ties.
import type { Feature } from '../lib/feature.ts'
import { authorizationsFeature } from './authorizations/feature.tsx'
import { calendarFeature } from './calendar/feature.tsx'
import { caseFeature } from './case/feature.tsx'
import { claimsFeature } from './claims/feature.tsx'
import { casesFeature } from './cases/feature.tsx'
import { patientsFeature } from './patients/feature.tsx'
import { guidesFeature } from './guides/feature.tsx'
import { remittancesFeature } from './remittances/feature.tsx'
import { reportsFeature } from './reports/feature.tsx'
import { settingsFeature } from './settings/feature.tsx'
import { todayFeature } from './today/feature.tsx'

export const features: readonly Feature[] = [
  todayFeature,
  caseFeature,
  casesFeature,
  authorizationsFeature,
  calendarFeature,
  claimsFeature,
  remittancesFeature,
  patientsFeature,
  guidesFeature,
  reportsFeature,
  settingsFeature,
]
