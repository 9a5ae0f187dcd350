// Cases: the wizard, all cases by the step they are in, and their actions in the palette.
import { IconFolders } from '@tabler/icons-react'
import { lazy } from 'react'
import type { Feature } from '../../lib/feature.ts'
import { paths, patterns } from '../../paths.ts'

const NewCase = lazy(() => import('./new-case.tsx'))
const CasePage = lazy(() => import('./case-page.tsx'))
const CaseListScreen = lazy(() => import('./case-list-screen.tsx'))

export const caseFeature: Feature = {
  screens: [
    { pattern: patterns.newCase, screen: NewCase },
    { pattern: patterns.case, screen: CasePage },
    { pattern: patterns.cases, screen: CaseListScreen },
  ],
  nav: { label: 'Cases', path: paths.cases, icon: IconFolders },
  actions: [
    {
      id: 'new-case',
      title: 'New case',
      shortcut: 'mod+n',
      menu: 'new-case',
      needs: 'work',
      run: (go) => go(paths.newCase),
    },
  ],
}
