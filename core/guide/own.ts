// An office's own guide as the app shows it: what it changed, its versions, what is new in the shipped one.
import * as z from 'zod'
import { Instant } from '../dates.ts'
import { GuideEdits } from './edits.ts'
import { Guide } from './schema.ts'

/** A guide file is read up to this size, in characters. */
export const GUIDE_FILE_LIMIT = 2_000_000

const SavedGuide = z.strictObject({
  seq: z.number().int(),
  note: z.string(),
  by: z.string(),
  at: Instant,
  /** The office went back to the shipped guide. */
  off: z.boolean(),
})

export const OwnGuide = z.strictObject({
  /** As it holds now. */
  guide: Guide,
  edits: GuideEdits,
  isOurs: z.boolean(),
  isShipped: z.boolean(),
  /** The last saving; 0: there is none. */
  seq: z.number().int(),
  versions: z.array(SavedGuide),
  /** What differs from the shipped guide, in words. */
  differences: z.array(z.string()),
  /** What changed in the shipped guide since ours was compared with it; and where ours says something else than both. */
  news: z.array(z.string()),
  kept: z.array(z.string()),
})
export type OwnGuide = z.infer<typeof OwnGuide>

export const GuidePreview = z.strictObject({
  id: z.string(),
  title: z.string(),
  isNew: z.boolean(),
  seq: z.number().int(),
  problems: z.array(z.string()),
  differences: z.array(z.string()),
})
export type GuidePreview = z.infer<typeof GuidePreview>
