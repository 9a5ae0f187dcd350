// What a request asks for: the lines of the case as they stand until it is sent, and as they stood from then on.
import type { LineInput } from '../case/schema.ts'
import type { AuthorizationLineInput, AuthorizationState } from './schema.ts'

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
export function askedOf({ id, code, tooth, quantity, feeCents }: LineInput): AuthorizationLineInput {
  return { lineId: id ?? null, code, tooth, quantity, feeCents, ...NOT_APPROVED }
}

/** The lines a draft must ask for, or null when it asks for them already. A case without lines changes nothing. */
export function followed(
  asked: readonly AuthorizationLineInput[],
  lines: readonly LineInput[],
): AuthorizationLineInput[] | null {
  const wanted = lines.map(askedOf)
  const same = (line: AuthorizationLineInput, at: number) =>
    (Object.keys(line) as (keyof AuthorizationLineInput)[]).every((key) => line[key] === asked[at]?.[key])
  return wanted.length === 0 || (wanted.length === asked.length && wanted.every(same)) ? null : wanted
}
