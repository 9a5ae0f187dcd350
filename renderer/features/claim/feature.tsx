// The Claims worklist in the navigation.
import { IconFileInvoice } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../../lib/feature.ts'
import { useRoute } from '../../lib/query.ts'
import { paths, patterns } from '../../paths.ts'
import { NavBadge } from '../../ui/nav-badge.tsx'

const ClaimListScreen = lazy(() => import('./claim-list-screen.tsx'))

function Badge() {
  const { data } = useRoute('claim.list', { limit: 1 })
  return data ? <NavBadge count={data.counts.draft + data.counts.waiting} /> : null
}

export const claimFeature: Feature = {
  screens: [{ pattern: patterns.claims, screen: ClaimListScreen }],
  nav: { label: 'Claims', path: paths.claims, icon: IconFileInvoice, Badge },
}
