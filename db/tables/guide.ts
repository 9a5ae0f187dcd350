// Guides as they were when somebody worked with them, and those that the office keeps as its own.
import type { UserId } from '#core/ids.ts'
import type { Text, ZeroOrOne } from './columns.ts'

export interface GuideBodyTable {
  version: Text
  guide_id: Text
  body_json: Text
  kept_at: Text
}
export interface OfficeGuideTable {
  guide_id: Text
  seq: number
  version: Text
  based_on: Text | null
  off: ZeroOrOne
  note: Text
  recorded_by: UserId
  recorded_at: Text
}
/** One import of a list of codes. */
export interface CodeListTable {
  id: Text
  of: Text
  codes_json: Text
  version: number
  recorded_at: Text
}
