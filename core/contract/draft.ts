// Drafts: what somebody has typed but not saved, per user and scope, so that a lock, crash or restart loses nothing.
import * as z from 'zod'
import { Instant } from '../dates.ts'
import { command, Done, query } from './route.ts'

/** Names the form: `case.new`, `note:<case id>`; ids only, never names. */
const Scope = z.string().min(1).max(120)

export const draftRoutes = {
  /** Any JSON; the host refuses more than 200 kB. The audit row does not hold the content. */
  'draft.save': command({
    permission: 'read',
    topics: ['draft'],
    input: z.strictObject({ scope: Scope, value: z.json() }),
    output: Done,
  }),
  /** `value` is null when there is no draft. */
  'draft.get': query({
    permission: 'read',
    topics: ['draft'],
    input: z.strictObject({ scope: Scope }),
    output: z.strictObject({ value: z.json() }),
  }),
  'draft.discard': command({
    permission: 'read',
    topics: ['draft'],
    input: z.strictObject({ scope: Scope }),
    output: Done,
  }),
  'draft.list': query({
    permission: 'read',
    topics: ['draft'],
    input: z.strictObject({}),
    output: z.strictObject({ drafts: z.array(z.strictObject({ scope: Scope, updatedAt: Instant })) }),
  }),
} as const
