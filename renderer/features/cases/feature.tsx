// All cases, by the step they are in.
import { IconFolders } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../../lib/feature.ts'
import { paths, patterns } from '../../paths.ts'

export const casesFeature: Feature = {
  screens: [{ pattern: patterns.cases, screen: lazy(() => import('./cases-screen.tsx')) }],
  nav: { label: 'Cases', path: paths.cases, icon: IconFolders },
}
