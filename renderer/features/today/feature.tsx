// Today: the first screen, what rings, most urgent first.
import { IconSunrise } from '@tabler/icons-react'
import type { Feature } from '../../lib/feature.ts'
import { useRoute } from '../../lib/query.ts'
import { paths, patterns } from '../../paths.ts'
import { NavBadge } from '../../ui/nav-badge.tsx'
import { TodayScreen } from './today-screen.tsx'

function Badge() {
  const { data } = useRoute('today.list', { limit: 1 })
  if (!data) return null
  return <NavBadge count={data.counts.overdue + data.counts.today} alert={data.counts.overdue} />
}

export const todayFeature: Feature = {
  screens: [{ pattern: patterns.today, screen: TodayScreen }],
  nav: { label: 'Today', path: paths.today, icon: IconSunrise, Badge },
}
