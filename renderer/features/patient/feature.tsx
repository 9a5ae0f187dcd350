// Patients: the list and one patient's page.
import { IconUsers } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../../lib/feature.ts'
import { paths, patterns } from '../../paths.ts'

export const patientFeature: Feature = {
  screens: [
    { pattern: patterns.patients, screen: lazy(() => import('./patient-list-screen.tsx')) },
    { pattern: patterns.patient, screen: lazy(() => import('./patient-screen.tsx')) },
  ],
  nav: { label: 'Patients', path: paths.patients, icon: IconUsers },
}
