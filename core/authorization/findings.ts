// What speaks against an authorization.
import type { CaseContents } from '../case/contents.ts'
import type { Documentation } from '../case/documentation.ts'
import { formatDate, type IsoDate } from '../dates.ts'
import { type OpenPlace, openPlaces } from '../document/outgoing.ts'
import { isApproved, isOpen } from './lifecycle.ts'
import { isDraft, nothingToAsk } from './request.ts'
import type { Authorization } from './schema.ts'
import { checkAgainstClaim, checkAgainstVisits, compareApproved, type TermsFinding } from './terms.ts'

/** What speaks against an authorization as the case stands (desk.md D rows 26, 27, 35). */
export function authorizationFindings(
  authorization: Authorization,
  { lines, visits, narrative }: CaseContents,
  { textBasis }: Documentation,
  today: IsoDate,
): TermsFinding[] {
  const { state, kind, validTo } = authorization
  const findings: TermsFinding[] = []
  const treated = lines.filter((line) => line.serviceDate !== null)
  const progress = textBasis()
  const places = openPlaces({ texts: [narrative?.text ?? ''], lines: authorization.lines })
  if (isDraft(state)) findings.push(...[...places, ...nothingToAsk(authorization, progress)].map(toOpen))
  if (kind === 'required' && !isApproved(state) && (isOpen(state) || state === 'denied')) {
    if (progress.treatment !== 'planned')
      findings.push({
        id: 'treated_without_approval',
        severity: 'warn',
        message: 'Treatment is recorded, but the required authorization is not approved. The payer may deny the claim.',
        source: 'CARC 197 (domain pack, section 6)',
      })
  }
  if (isApproved(state)) {
    const booked = { plannedOn: authorization.bookedFor, doneOn: null }
    findings.push(
      ...checkAgainstVisits(authorization, [...visits, booked]),
      ...checkAgainstClaim(authorization, treated),
    )
    findings.push(...compareApproved(authorization.lines).map(toDifference))
    if (validTo !== null && validTo < today && treated.length === 0)
      findings.push({
        id: 'expired',
        severity: 'warn',
        message: `Validity ended on ${formatDate(validTo)}. Mark it as expired and request again.`,
        source: authorization.validBasis,
      })
  }
  return findings
}

const toOpen = ({ words }: OpenPlace, index: number): TermsFinding => ({
  id: `open_${index + 1}`,
  severity: 'warn',
  message: words,
  source: 'Claimwright’s advice',
})

function toDifference(text: string, index: number): TermsFinding {
  const source = 'Request and decision on file'
  return { id: `difference_${index + 1}`, severity: 'info', message: `Differs from the request: ${text}`, source }
}
