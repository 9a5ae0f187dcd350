// Reports in the navigation.
import { IconChartBar } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../../lib/feature.ts'
import { paths, patterns } from '../../paths.ts'

const ReportScreen = lazy(() => import('./report-screen.tsx'))
const DenialsScreen = lazy(() => import('./denials-screen.tsx'))

export const reportFeature: Feature = {
  screens: [
    { pattern: patterns.denials, screen: DenialsScreen },
    { pattern: patterns.reports, screen: ReportScreen },
  ],
  nav: { label: 'Reports', path: paths.reports, icon: IconChartBar },
}
