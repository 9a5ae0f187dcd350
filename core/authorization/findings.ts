// What speaks against an authorization.
import { authorizationFor } from '../case/billing.ts'
import { type CaseContents, coverageOf } from '../case/contents.ts'
import type { Documentation } from '../case/documentation.ts'
import { type CoverageDates, firstUncovered, NOT_COVERED } from '../coverage/dates.ts'
import { formatDate, type IsoDate } from '../dates.ts'
import type { GuideFinding } from '../guide/schema.ts'
import { type OpenPlace, openPlaces } from '../document/outgoing.ts'
import { findingsByPayer } from '../case/payer-rules.ts'
import { isApproved, isOpen } from './lifecycle.ts'
import { isDraft, nothingToAsk } from './request.ts'
import type { Authorization } from './schema.ts'
import { supersededIn } from './succession.ts'
import { checkAgainstClaim, checkAgainstVisits, compareApproved, type TermsFinding } from './terms.ts'

/** What speaks against an authorization as the case stands (desk.md D rows 26, 27, 35). */
export function authorizationFindings(
  authorization: Authorization,
  contents: CaseContents,
  { textBasis }: Documentation,
  today: IsoDate,
): TermsFinding[] {
  const { state, kind, validTo, coverageId, bookedFor } = authorization
  const { lines, visits, narrative, record } = contents
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
        source: 'X12 reason code CARC 197',
      })
  }
  if (isDraft(state)) {
    const planned = bookedFor ?? visits.find((visit) => visit.plannedOn)?.plannedOn ?? today
    const asked = lines.map((line) => ({ ...line, providerId: record.providerId }))
    findings.push(...findingsByPayer(contents, coverageId ?? record.coverageId, asked, planned).map(toTerms))
  }
  const held = coverageOf(contents, coverageId ?? record.coverageId)
  if (held && (isOpen(state) || isApproved(state)))
    findings.push(
      ...checkCoverage(
        held.coverage,
        {
          // What is asked today must be covered today.
          days: isDraft(state) ? [today] : [],
          visits: [...visits.map((visit) => visit.doneOn ?? visit.plannedOn), bookedFor],
          services: treated.map((line) => line.serviceDate),
          validTo: isApproved(state) ? validTo : null,
        },
        today,
      ),
    )
  const isSuperseded = supersededIn(contents).has(authorization.id)
  if (isApproved(state) && isSuperseded)
    findings.push({
      id: 'superseded',
      severity: 'info',
      message: 'A later approval covers the same and replaces this one.',
      source: 'Requests and decisions on file',
    })
  if (state === 'approved' || state === 'approved_modified') {
    const stale = contents.approvals.get(authorization.id)?.stale
    if (stale && !isSuperseded)
      findings.push({
        id: 'stale',
        severity: 'warn',
        message: `It may no longer be valid: ${stale.reasons.join('; ')}. Ask the payer, and record who confirmed it.`,
        source: 'What the approval was based on',
      })
    if (!isSuperseded)
      findings.push(...checkAgainstVisits(authorization, [...visits, { plannedOn: bookedFor, doneOn: null }]))
    if (authorizationFor(contents, coverageId, treated) === authorization)
      findings.push(...checkAgainstClaim(authorization, treated))
    findings.push(...compareApproved(authorization.lines, state).map(toDifference))
    if (validTo !== null && validTo < today && treated.length === 0 && !isSuperseded)
      findings.push({
        id: 'expired',
        severity: 'warn',
        message: `Validity ended on ${formatDate(validTo)}. Mark it as expired and request again.`,
        source: authorization.validBasis,
      })
  }
  return findings
}

/** Days outside of the coverage: of the request, of visits, of services; and an approval that outlives it. */
function checkCoverage(
  coverage: CoverageDates,
  on: Record<'days' | 'visits' | 'services', readonly (IsoDate | null)[]> & { validTo: IsoDate | null },
  today: IsoDate,
): TermsFinding[] {
  const say = (message: string): TermsFinding => ({ id: 'not_covered', severity: 'warn', message, source: NOT_COVERED })
  const sentence = (why: string) => `${why[0]!.toUpperCase()}${why.slice(1)}. Check which plan covers the patient.`
  const asked = firstUncovered(coverage, on.days)
  const visit = firstUncovered(coverage, on.visits)
  const service = firstUncovered(coverage, on.services)
  const { validTo: endedOn } = coverage
  const outlives = endedOn !== null && endedOn < today && on.validTo !== null && on.validTo > endedOn
  if (service) return [say(`Service on ${formatDate(service.day)}: ${service.why}. Bill the plan of that day.`)]
  if (visit) return [say(`Visit on ${formatDate(visit.day)}: ${visit.why}.`)]
  if (asked) return [say(sentence(asked.why))]
  return outlives ? [say(sentence(`the coverage ended ${formatDate(endedOn)}`))] : []
}

const toTerms = ({ id, severity, message, source }: GuideFinding): TermsFinding => ({
  id,
  severity: severity === 'info' ? 'info' : 'warn',
  message,
  source,
})

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
