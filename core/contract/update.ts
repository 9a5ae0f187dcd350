// What the trail keeps of updates. They are fetched and installed by the shell (shell.ts), which asks here whether the person may.
import * as z from 'zod'
import { REFUSAL_NAMES } from '../update/refusals.ts'
import { command } from './route.ts'

export const updateRoutes = {
  'update.note': command({
    permission: 'manage',
    topics: [],
    input: z.strictObject({
      what: z.enum(['looked', 'ready', 'refused', 'installing']),
      version: z.string().max(80).nullable().default(null),
      refusal: z.enum(REFUSAL_NAMES).nullable().default(null),
    }),
  }),
} as const
