// Remittances in the navigation: payments that are not posted yet.
import { IconReceipt } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../../lib/feature.ts'
import { useRoute } from '../../lib/query.ts'
import { paths, patterns } from '../../paths.ts'
import { NavBadge } from '../../ui/nav-badge.tsx'

const RemittanceListScreen = lazy(() => import('./remittance-list-screen.tsx'))
const PaymentScreen = lazy(() => import('./payment-screen.tsx'))

function Badge() {
  const { data } = useRoute('era.list', { limit: 1 })
  return data ? <NavBadge count={data.counts.open} /> : null
}

export const remittanceFeature: Feature = {
  screens: [
    { pattern: patterns.remittance, screen: PaymentScreen },
    { pattern: patterns.remittances, screen: RemittanceListScreen },
  ],
  nav: { label: 'Remittances', path: paths.remittances, icon: IconReceipt, Badge },
}
