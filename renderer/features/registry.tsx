// The features of the app, in the order of the navigation. A new domain adds one line; the order of patterns decides ties.
import type { Feature } from '../lib/feature.ts'
import { authorizationFeature } from './authorization/feature.tsx'
import { calendarFeature } from './calendar/feature.tsx'
import { caseFeature } from './case/feature.tsx'
import { claimFeature } from './claim/feature.tsx'
import { patientFeature } from './patient/feature.tsx'
import { guideFeature } from './guide/feature.tsx'
import { remittanceFeature } from './remittance/feature.tsx'
import { reportFeature } from './report/feature.tsx'
import { officeFeature } from './office/feature.tsx'
import { todayFeature } from './today/feature.tsx'

export const features: readonly Feature[] = [
  todayFeature,
  caseFeature,
  authorizationFeature,
  calendarFeature,
  claimFeature,
  remittanceFeature,
  patientFeature,
  guideFeature,
  reportFeature,
  officeFeature,
]
