// Editions of the code set: a new one each January 1. What this library does not hold yet is said, with what is known to change.
import * as z from 'zod'
import { formatDate, IsoDate } from '../dates.ts'
import type { CodeList } from './listed.ts'
import type { GuideFinding } from '../guide/schema.ts'

export const Edition = z.strictObject({
  name: z.string(),
  /** January 1 of its year; it ends with the year. */
  from: IsoDate,
  /** The guides know its codes. */
  isHeld: z.boolean(),
  changes: z.array(z.string()),
  source: z.string(),
  confidence: z.enum(['confirmed', 'reported', 'unverified']),
})
export type Edition = z.infer<typeof Edition>

const yearOf = (date: IsoDate) => date.slice(0, 4)

/**
 * What is to be said of any code for a service on `date`: null while its edition, or one before the first listed, is held.
 * @param codeList the office's own lists: of an edition that one holds, only the guides are older
 */
export function editionFinding(
  { editions, codeList }: { editions: readonly Edition[]; codeList: Pick<CodeList, 'years'> },
  date: IsoDate,
): GuideFinding | null {
  const edition = editions.find(({ from }) => yearOf(from) === yearOf(date))
  if (edition?.isHeld || editions.every(({ from }) => date < from)) return null
  const name = edition?.name ?? `CDT ${yearOf(date)}`
  const known = edition && edition.changes.length > 0 ? ` Known so far: ${edition.changes.join('; ')}.` : ''
  const isListed = codeList.years.includes(yearOf(date))
  const advice = isListed
    ? `Your own list of ${name} is on file; the guides’ advice is older.`
    : `Claimwright does not hold it yet. Check the code in your ${name} list before you send.`
  return {
    id: 'edition',
    severity: isListed ? 'info' : 'warn',
    message: `${formatDate(date)} falls in ${name}. ${advice}${known}`,
    source: edition?.source ?? 'Codes change each January 1',
    confidence: edition?.confidence ?? 'unverified',
  }
}
