// The calendar in the navigation, and the huddle sheet in the palette.
import { IconCalendar } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../../lib/feature.ts'
import { paths, patterns } from '../../paths.ts'

const CalendarScreen = lazy(() => import('./calendar-screen.tsx'))
const HuddleScreen = lazy(() => import('./huddle-screen.tsx'))

export const calendarFeature: Feature = {
  screens: [
    { pattern: patterns.calendar, screen: CalendarScreen },
    { pattern: patterns.huddle, screen: HuddleScreen },
  ],
  nav: { label: 'Calendar', path: paths.calendar, icon: IconCalendar },
  actions: [{ id: 'huddle', title: 'Morning huddle sheet', run: (go) => go(paths.huddle) }],
}
