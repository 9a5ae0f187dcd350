// Everything that can be printed.
import * as z from 'zod'

export const DocumentKind = z.enum([
  'authorization-request',
  'patient-estimate',
  'claim-summary',
  'appeal-letter',
  'narrative',
  'case-trail',
  'guide-page',
  'worklist',
  'huddle',
  'denials',
  'authorization-figures',
  'audit-trail',
])
export type DocumentKind = z.infer<typeof DocumentKind>
