// What a claim of the case is filled from, and what it is checked beside.
import type { Authorization } from '../authorization/schema.ts'
import { type BilledLine, checkAgainstClaim, isGrantedFor } from '../authorization/terms.ts'
import { fillForm } from '../claim/fill.ts'
import type { ClaimForm, ClaimLineInput } from '../claim/schema.ts'
import { whyNotCovered } from '../coverage/dates.ts'
import { indexOf } from '../guide/facts.ts'
import type { CoverageId } from '../ids.ts'
import type { OfficeInput } from '../office.ts'
import type { Coverage } from '../patient.ts'
import { attachmentTitle } from './attachment-kind.ts'
import { type CaseContents, coverageOf, type StoredClaim } from './contents.ts'
import type { Documentation } from './documentation.ts'
import type { Line } from './schema.ts'

/**
 * The authorization that these lines lean on: of the approvals the one that holds for most of them, by day, code, place and
 * units, the newest where several do; else the latest request still alive.
 */
export function authorizationFor(
  { authorizations }: Pick<CaseContents, 'authorizations'>,
  coverageId: CoverageId | null,
  lines: readonly BilledLine[],
): Authorization | null {
  const all = authorizations.filter((one) => one.coverageId === coverageId)
  const fit = (one: Authorization) => lines.filter((line) => checkAgainstClaim(one, [line]).length === 0).length
  const granted = all
    .filter((one) => isGrantedFor(one, lines))
    .map((one) => ({ one, rank: one.kind === 'required' ? 1 : 0, fit: fit(one) }))
    .sort((a, b) => b.rank - a.rank || b.fit - a.fit)
  if (granted[0]) return granted[0].one
  return (
    all.find((one) => one.kind === 'required' && !['withdrawn', 'not_required', 'replaced'].includes(one.state)) ?? null
  )
}

/** What other claims of the case that were sent have used of an authorization; a claim that is corrected uses nothing. */
export function claimedUnder(
  { claims }: Pick<CaseContents, 'claims'>,
  { id, reference }: Pick<Authorization, 'id' | 'reference'>,
  claim: Pick<StoredClaim, 'id' | 'replacesId'>,
): ClaimLineInput[] {
  const names = ({ authorizationId, form }: StoredClaim) =>
    authorizationId === id ||
    (reference !== '' && [form.authorizationNumber, form.predeterminationNumber].includes(reference))
  const sent = claims.filter((one) => one.id !== claim.id && !['draft', 'rejected', 'void'].includes(one.state))
  const corrected = new Set([claim, ...sent].map((one) => one.replacesId))
  return sent
    .filter((one) => one.frequency !== 'void' && !corrected.has(one.id) && names(one))
    .flatMap((one) => one.lines)
}

/** Lines of the case that no live claim under this coverage carries yet; all of them for a replacement. */
function linesToBill(
  { claims, lines }: CaseContents,
  coverageId: CoverageId | null,
  exceptClaims: readonly string[],
): Line[] {
  const live = claims.filter(
    (claim) => claim.state !== 'void' && claim.coverageId === coverageId && !exceptClaims.includes(claim.id),
  )
  const billed = new Set(live.flatMap((claim) => claim.lines.flatMap((line) => line.lineId ?? [])))
  return lines.filter((line) => !billed.has(line.id))
}

export interface Filled {
  form: ClaimForm
  lines: ClaimLineInput[]
  authorization: Authorization | null
}
/** Form and lines from the case, patient, coverages, office and authorization. */
export function fillClaim(
  contents: CaseContents,
  documentation: Documentation,
  office: OfficeInput,
  coverageId: CoverageId | null,
  exceptClaims: readonly string[],
): Filled {
  const { patient, provider, narrative } = contents
  const { guide, facts } = documentation
  const bill = linesToBill(contents, coverageId, exceptClaims)
  const authorization = authorizationFor(contents, coverageId, bill)
  const plan = coverageOf(contents, coverageId)
  const filled = fillForm({
    office,
    patient,
    coverage: plan?.coverage ?? null,
    payer: plan?.payer ?? null,
    others: othersOf(contents, coverageId, bill),
    provider,
    lines: bill,
    authorization,
    facts,
    labelOf: (code) => {
      const known = indexOf(guide).codes.get(code)
      return known?.descriptor ?? known?.label ?? ''
    },
    hasAttachments: enclosuresOf(documentation).length > 0,
    narrative: narrative?.text ?? '',
  })
  return { ...filled, authorization }
}

/** The other plans of the patient that hold on a day of service, who pays first at the top. */
function othersOf({ coverages }: CaseContents, coverageId: CoverageId | null, lines: readonly Line[]) {
  const days = lines.flatMap((line) => line.serviceDate ?? [])
  const holds = (coverage: Coverage) => days.length === 0 || days.some((day) => whyNotCovered(coverage, day) === null)
  return coverages.filter(({ coverage, isRemoved }) => !isRemoved && coverage.id !== coverageId && holds(coverage))
}

/** Files that the claim stage asks for, as the enclosure list names them (desk.md D row 33). */
export function enclosuresOf(documentation: Documentation): string[] {
  return documentation.filesFor('claim').map(attachmentTitle)
}

/** Lines of the same case that stand on other claims or none; a line is never counted against itself. */
export function earlierLines({ lines, record }: CaseContents, claim: StoredClaim) {
  // A line that was entered anew has another id: then its service tells.
  const isGone = (id: string | null) => !lines.some((line) => line.id === id)
  const same = (line: Line) =>
    claim.lines.some(
      (one) =>
        one.lineId === line.id ||
        (isGone(one.lineId) &&
          one.code === line.code &&
          one.tooth === line.tooth &&
          one.area === line.area &&
          one.serviceDate === line.serviceDate),
    )
  return lines.filter((line) => !same(line)).map((line) => ({ ...line, providerId: record.providerId }))
}
