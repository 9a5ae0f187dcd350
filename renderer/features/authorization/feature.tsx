// The Authorizations worklist in the navigation.
import { IconShieldCheck } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../../lib/feature.ts'
import { useRoute } from '../../lib/query.ts'
import { paths, patterns } from '../../paths.ts'
import { NavBadge } from '../../ui/nav-badge.tsx'

const AuthorizationListScreen = lazy(() => import('./authorization-list-screen.tsx'))

function Badge() {
  const { data } = useRoute('authorization.list', { limit: 1 })
  if (!data) return null
  const { open, unanswered, information, booked_late: late, stale } = data.counts
  return <NavBadge count={open} alert={unanswered + information + late + stale} />
}

export const authorizationFeature: Feature = {
  screens: [{ pattern: patterns.authorizations, screen: AuthorizationListScreen }],
  nav: { label: 'Authorizations', path: paths.authorizations, icon: IconShieldCheck, Badge },
}
