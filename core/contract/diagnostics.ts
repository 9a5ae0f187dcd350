// Help → Diagnostics: what this installation is and how it is, without anything of a patient.
import { Diagnostics } from '../diagnostics.ts'
import { system } from './route.ts'

export const diagnosticsRoutes = {
  /** Walks the trail and looks at files; nothing is changed. */
  'diagnostics.get': system({ permission: 'read', topics: [], output: Diagnostics }),
} as const
