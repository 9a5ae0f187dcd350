// The features of the app, in the order of the navigation. A new domain adds one line; the order of patterns decides ties.
import type { Feature } from '../lib/feature.ts'
import { authorizationsFeature } from './authorizations/feature.tsx'
import { caseFeature } from './case/feature.tsx'
import { claimsFeature } from './claims/feature.tsx'
import { todayFeature } from './today/feature.tsx'

export const features: readonly Feature[] = [todayFeature, caseFeature, authorizationsFeature, claimsFeature]
