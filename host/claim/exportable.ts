// Claims and requests of ours on their way into a claim file, with everything that speaks against it.
import type { Authorization } from '#core/authorization/schema.ts'
import { nothingToAsk } from '#core/authorization/request.ts'
import type { StoredClaim } from '#core/case/contents.ts'
import { decisionsOf } from '#core/case/decisions.ts'
import type { Documentation } from '#core/case/documentation.ts'
import { electronicClaim, electronicRequest } from '#core/case/claim-file-parts.ts'
import { openDecisions } from '#core/case/plans.ts'
import { checkElectronic, type ElectronicSource } from '#core/claim/electronic.ts'
import type { ClaimFinding } from '#core/claim/schema.ts'
import { type OpenPlace, openPlaces, textsIn } from '#core/document/outgoing.ts'
import { AppError } from '#core/errors.ts'
import type { AuthorizationId, CaseId } from '#core/ids.ts'
import { type CaseFile, openCase } from '#host/case/case-file.ts'
import { documentationIn } from '#host/case/documentation.ts'
import type { QueryContext } from '#host/kernel/context.ts'
import { getOffice } from '#host/office/rows.ts'
import { findCaseToExport } from './file-rows.ts'
import { findingsOf } from './findings.ts'

export interface Exportable {
  id: string
  caseId: CaseId
  claim: StoredClaim | null
  authorizationId: AuthorizationId | null
  source: ElectronicSource
  /** Blanks, services at $0.00 and what plans before have not decided: it goes out only with a reason. */
  open: ClaimFinding[]
  findings: ClaimFinding[]
}

/** A claim or a request by its id, with everything that speaks against sending it. @throws NOT_FOUND */
export async function loadExportable(context: QueryContext, id: string): Promise<Exportable> {
  const caseId = await findCaseToExport(context.db, id)
  const file = caseId && (await openCase(context, caseId))
  const claim = file?.claims.find((one) => one.id === id)
  const request = file?.authorizations.find((one) => one.id === id)
  if (file && claim) return exportableClaim(context, file, documentationIn(context, file), claim)
  if (file && request) return exportableRequest(context, file, documentationIn(context, file), request)
  throw new AppError('NOT_FOUND', 'There is no claim or request with this id.', { entity: 'claim', id })
}

async function exportableClaim(
  context: QueryContext,
  file: CaseFile,
  documentation: Documentation,
  claim: StoredClaim,
): Promise<Exportable> {
  const source = electronicClaim(file, documentation, claim, decisionsOf(file, context.assets.reasons))
  const open = [...openIn(source), ...openDecisions(claim, source)]
  const findings = [...open, ...checkElectronic(source), ...(await findingsOf(context, file, documentation, claim))]
  return { id: claim.id, caseId: file.id, claim, authorizationId: null, source, open, findings: inOrder(findings) }
}

async function exportableRequest(
  { db }: QueryContext,
  file: CaseFile,
  documentation: Documentation,
  request: Authorization,
): Promise<Exportable> {
  const source = electronicRequest(file, documentation, request, await getOffice(db))
  const open = openIn(source, nothingToAsk({ ...request, kind: 'estimate' }, documentation.textBasis()))
  return {
    id: request.id,
    caseId: file.id,
    claim: null,
    authorizationId: request.id,
    source,
    open,
    findings: inOrder([...checkElectronic(source), ...open]),
  }
}

/** A blank or a service at $0.00, also in what was sent before: a file goes out again only with a reason. */
function openIn({ form, lines }: ElectronicSource, late: readonly OpenPlace[] = []): ClaimFinding[] {
  return [...openPlaces({ texts: textsIn([form, lines]), lines }), ...late].map(({ line, words }, at) => ({
    id: `open:${at}`,
    severity: 'warn',
    field: line === null ? 'remarks' : `lines.${line}.feeCents`,
    message: words,
    source: 'Claimwright’s advice',
  }))
}

function inOrder(findings: readonly ClaimFinding[]): ClaimFinding[] {
  const order = { block: 0, warn: 1, info: 2 }
  // Several checks may miss the same field; once is enough.
  const seen = new Set<string>()
  return [...findings]
    .sort((a, b) => order[a.severity] - order[b.severity])
    .filter(({ field, severity, message }) => {
      const key = severity === 'block' ? `${severity} ${field}` : `${severity} ${field} ${message}`
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
}
