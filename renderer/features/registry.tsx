// The features of the app, in the order of the navigation. A new domain adds one line; the order of patterns decides ties.
import type { Feature } from '../lib/feature.ts'
import { caseFeature } from './case/feature.tsx'
import { todayFeature } from './today/feature.tsx'

export const features: readonly Feature[] = [todayFeature, caseFeature]
