// What a list says otherwise, old beside new, as it is shown.
import { formatDate } from '../dates.ts'

export interface Change {
  label: string
  from: string
  to: string
}
export interface Compared {
  changes: Change[]
  /** What the list says otherwise than it stands here, where somebody edited it. */
  kept: Change[]
}

/** A day as days are shown; any other text as it is. */
export const dayOr = (text: string) => (/^\d{4}-\d\d-\d\d$/.test(text) ? formatDate(text) : text)
