// Settings: office, people, payers, safety, trail.
import { IconSettings } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../../lib/feature.ts'
import { paths, patterns } from '../../paths.ts'

export const officeFeature: Feature = {
  screens: [{ pattern: patterns.settings, screen: lazy(() => import('./settings-screen.tsx')) }],
  nav: { label: 'Settings', path: paths.settings, icon: IconSettings },
  actions: [{ id: 'settings', title: 'Settings', menu: 'settings', run: (go) => go(paths.settings) }],
}
