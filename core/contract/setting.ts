// Settings of the office that rules depend on.
import * as z from 'zod'
import { IsoDate } from '../dates.ts'
import { command, Done, Nothing, query } from './route.ts'

export const Settings = z.strictObject({
  /** Days the office is closed: business-day clocks skip them. */
  holidays: z.array(IsoDate).max(400).default([]),
  /** Days after which an answer to "is an authorization needed?" is marked stale. */
  needStaleDays: z.number().int().min(1).max(1000).default(180),
  /** Once a morning the system says how many authorizations need a touch. */
  morningNotice: z.boolean().default(true),
  /** Whom claim files name as sender and receiver; empty ids fall back to the office’s tax id and the payer. */
  clearinghouse: z
    .strictObject({
      name: z.string().trim().max(60).default(''),
      receiverId: z.string().trim().max(15).default(''),
      submitterId: z.string().trim().max(15).default(''),
      contact: z.string().trim().max(60).default(''),
      /** Marks files as test data (ISA15). */
      isTest: z.boolean().default(false),
    })
    .default({ name: '', receiverId: '', submitterId: '', contact: '', isTest: false }),
})
export type Settings = z.infer<typeof Settings>

export const settingRoutes = {
  'setting.get': query({ permission: 'read', topics: ['setting'], input: Nothing, output: Settings }),
  'setting.set': command({ permission: 'manage', topics: ['setting', 'case'], input: Settings, output: Done }),
} as const
