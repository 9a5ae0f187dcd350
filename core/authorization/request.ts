// What a request asks for: the lines of the case as they stand until it is sent, and as they stood from then on.
import type { LineInput } from '../case/schema.ts'
import { formatDate, type IsoDate } from '../dates.ts'
import type { OpenPlace } from '../document/outgoing.ts'
import type { Authorization, AuthorizationLineInput, AuthorizationState } from './schema.ts'

/** Nothing is decided on a line. */
export const NOT_APPROVED = {
  approvedCode: null,
  approvedTooth: null,
  approvedQuantity: null,
  approvedCents: null,
  patientCents: null,
} as const

/** Not sent yet: it follows the case. */
export const isDraft = (state: AuthorizationState): boolean => state === 'to_verify' || state === 'drafting'

/** One line of the case as a request asks for it. */
export function askedOf({ id, code, tooth, area, quantity, feeCents }: LineInput): AuthorizationLineInput {
  return { lineId: id ?? null, code, tooth, area, quantity, feeCents, ...NOT_APPROVED }
}

/** The lines a draft must ask for, or null when it asks for them already. */
export function followed(
  asked: readonly AuthorizationLineInput[],
  lines: readonly LineInput[],
): AuthorizationLineInput[] | null {
  const wanted = lines.map(askedOf)
  const same = (line: AuthorizationLineInput, at: number) =>
    (Object.keys(line) as (keyof AuthorizationLineInput)[]).every((key) => line[key] === asked[at]?.[key])
  return wanted.length === asked.length && wanted.every(same) ? null : wanted
}

/** How far the treatment is by the record; a mark without visits or dated lines has no days. */
export interface TreatmentProgress {
  treatment: 'planned' | 'in_progress' | 'done'
  startedOn: IsoDate | null
  completedOn: IsoDate | null
}
type Asked = Pick<Authorization, 'kind' | 'sentOn'>

/**
 * What a request asks for, with nothing in it that the record contradicts: nothing is asked “prior” that had begun
 * before it was sent. After the fact a practice asks for a retroactive authorization (domain pack, sections 6 and 7).
 */
export function requestWords(
  { kind, sentOn }: Asked,
  progress: TreatmentProgress,
): { subject: string; opening: string } {
  const { treatment, startedOn, completedOn } = progress
  const isBegun = sentOn === null ? treatment !== 'planned' : isBy(startedOn ?? completedOn, sentOn)
  const required = isDoneAtRequest({ sentOn }, progress)
    ? 'retroactive authorization'
    : isBegun
      ? 'authorization'
      : 'prior authorization'
  const subject = kind === 'required' ? required : 'an estimate (predetermination)'
  const asks = sentOn === null || treatment === 'planned' ? 'We request' : `On ${formatDate(sentOn)} we requested`
  return { subject, opening: [`${asks} ${subject} for the treatment below.`, statusWords(progress)].join(' ').trim() }
}

/**
 * What holds a request back besides its texts and fees: it names no service, or estimates what is done already, on
 * which the payer decides with the claim.
 */
export function nothingToAsk(
  { kind, sentOn, lines }: Asked & { lines: readonly unknown[] },
  progress: TreatmentProgress,
): OpenPlace[] {
  if (lines.length === 0) return [{ line: null, words: 'The request names no service.' }]
  if (kind !== 'estimate' || !isDoneAtRequest({ sentOn }, progress)) return []
  return [{ line: null, words: `${statusWords(progress)} There is nothing left to estimate: send the claim.` }]
}

function isDoneAtRequest({ sentOn }: Pick<Asked, 'sentOn'>, { treatment, completedOn }: TreatmentProgress): boolean {
  return sentOn === null ? treatment === 'done' : isBy(completedOn, sentOn)
}
const isBy = (day: IsoDate | null, sentOn: IsoDate) => day !== null && day <= sentOn

function statusWords({ treatment, startedOn, completedOn }: TreatmentProgress): string {
  if (treatment === 'planned') return ''
  const on = (day: IsoDate | null) => (day === null ? '' : ` on ${formatDate(day)}`)
  return treatment === 'done' ? `Treatment was completed${on(completedOn)}.` : `Treatment began${on(startedOn)}.`
}
