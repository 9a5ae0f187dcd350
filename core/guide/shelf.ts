// The procedure guides of an installation, by id.
import * as z from 'zod'
import { AreaRule } from '../teeth.ts'
import type { Guide } from './schema.ts'

/** What lists show of a guide. Reading all guides whole takes a moment that nobody opening a list should wait for. */
export const GuideHead = z.object({
  id: z.string(),
  title: z.string(),
  alsoCalled: z.array(z.string()).default([]),
  revision: z.string(),
  /** `area` is what the code goes by. */
  codes: z.array(z.object({ code: z.string(), label: z.string(), kind: z.string(), area: AreaRule.optional() })),
})
export type GuideHead = z.infer<typeof GuideHead>

export interface GuideShelf {
  /** Of all guides, by id; the one for any other procedure last. */
  readonly heads: readonly GuideHead[]
  /** That guide, whole. @throws DATA_DAMAGED with the problem of its file, NOT_FOUND */
  get(id: string): Guide
  /** The fingerprint of what the guide says; null where it is not there or cannot be read. */
  versionOf(id: string): string | null
  /** The guide as it was shipped, whatever the office made of it; null where none is. */
  shipped(id: string): Guide | null
  /** Whether the office keeps it as its own. */
  isOurs(id: string): boolean
  /** The guide's title, also of one that cannot be read whole; its id when it is not there. */
  titleOf(id: string): string
  /** Reads them all: files that are no guide, with what is wrong. */
  problems(): { file: string; message: string }[]
}

/** The guide of codes that have none of their own: it recommends nothing, and tracks like any other. */
export const OTHER_GUIDE = 'other'
