// Reports in the navigation.
import { IconChartBar } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../../lib/feature.ts'
import { paths, patterns } from '../../paths.ts'

const ReportsScreen = lazy(() => import('./reports-screen.tsx'))
const DenialsScreen = lazy(() => import('./denials-screen.tsx'))

export const reportsFeature: Feature = {
  screens: [
    { pattern: patterns.denials, screen: DenialsScreen },
    { pattern: patterns.reports, screen: ReportsScreen },
  ],
  nav: { label: 'Reports', path: paths.reports, icon: IconChartBar },
}
