// Authorizations of a case seen together: is one needed, what is known of the payer, what speaks against them.
import { isApproved, isOpen } from '#core/authorization/lifecycle.ts'
import { isDraft, tooLateToEstimate } from '#core/authorization/request.ts'
import type { Authorization } from '#core/authorization/schema.ts'
import { checkAgainstClaim, checkAgainstVisits, compareApproved, type TermsFinding } from '#core/authorization/terms.ts'
import type { BenefitCheck } from '#core/case/schema.ts'
import type { OutputOf } from '#core/contract/index.ts'
import { daysBetween, formatDate, type IsoDate } from '#core/dates.ts'
import { type OpenPlace, openPlaces } from '#core/document/outgoing.ts'
import type { CoverageId } from '#core/ids.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { findNeedElsewhere } from './rows.ts'
import { listBenefitChecks } from '#host/case/benefit-rows.ts'
import { type CaseRecord } from '#host/case/rows.ts'
import { listCoverages } from '#host/patient/rows.ts'
import type { Documentation } from '#host/case/documentation.ts'
import { readSettings } from '#host/office/settings.ts'

type Db = Reader | Writer
export type Need = OutputOf<'authorization.forCase'>['need']

/** The latest answer for this coverage and code: of this case, else of an earlier one of the same plan (desk.md D row 24). */
export async function needOf(db: Db, record: CaseRecord, codes: readonly string[], today: IsoDate): Promise<Need> {
  const { needStaleDays } = await readSettings(db)
  const answer = (check: BenefitCheck, fromOtherCase: boolean): Need => ({
    answer: check.answer,
    check,
    fromOtherCase,
    stale: daysBetween(check.checkedOn, today) > needStaleDays,
  })
  const own = (await listBenefitChecks(db, record.id)).find(
    (check) =>
      check.kind === 'authorization_need' &&
      (check.code === null || codes.length === 0 || codes.includes(check.code)) &&
      (check.coverageId === null || check.coverageId === record.coverage_id),
  )
  if (own) return answer(own, false)
  const planId = await planOf(db, record.coverage_id)
  const other = planId ? await findNeedElsewhere(db, planId, codes, record.id) : undefined
  const check = other && (await listBenefitChecks(db, other.caseId)).find((one) => one.id === other.id)
  return check ? answer(check, true) : { answer: 'unknown', check: null, fromOtherCase: false, stale: false }
}

async function planOf(db: Db, coverageId: CoverageId | null) {
  return coverageId === null ? undefined : (await listCoverages(db, { id: coverageId }))[0]?.planId
}

/** What speaks against an authorization as the case stands (desk.md D rows 26, 27, 35). */
export function findingsOf(
  authorization: Authorization,
  { lines, visits, narrative, textBasis }: Pick<Documentation, 'lines' | 'visits' | 'narrative' | 'textBasis'>,
  today: IsoDate,
): TermsFinding[] {
  const { state, kind, validTo } = authorization
  const findings: TermsFinding[] = []
  const treated = lines.filter((line) => line.serviceDate !== null)
  const progress = textBasis()
  const places = openPlaces({ texts: [narrative?.text ?? ''], lines: authorization.lines })
  if (isDraft(state)) findings.push(...[...places, ...tooLateToEstimate(authorization, progress)].map(toOpen))
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
