// Guides as reference pages; each code is an entry of the palette through its page.
import { IconBook2 } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../../lib/feature.ts'
import { paths, patterns } from '../../paths.ts'

export const guideFeature: Feature = {
  screens: [
    { pattern: patterns.guides, screen: lazy(() => import('./guide-list-screen.tsx')) },
    { pattern: patterns.guide, screen: lazy(() => import('./guide-screen.tsx')) },
  ],
  nav: { label: 'Guides', path: paths.guides, icon: IconBook2 },
}
