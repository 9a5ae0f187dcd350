// The case wizard: its screens and its actions in the palette.
import { lazy } from 'react'
import type { Feature } from '../../lib/feature.ts'
import { paths, patterns } from '../../paths.ts'

const NewCase = lazy(() => import('./new-case.tsx'))
const CasePage = lazy(() => import('./case-page.tsx'))

export const caseFeature: Feature = {
  screens: [
    { pattern: patterns.newCase, screen: NewCase },
    { pattern: patterns.case, screen: CasePage },
  ],
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
