// Everything the status and the clocks of a case depend on, as plain dated facts.
import { deadlineOf } from '../appeal/deadline.ts'
import { appealDeadline } from '../authorization/appeal.ts'
import { appealedOn, isApproved, standing } from '../authorization/lifecycle.ts'
import type { Authorization } from '../authorization/schema.ts'
import { isOtherDentist, OTHER_DENTIST } from '../authorization/stale.ts'
import { supersededIn } from '../authorization/succession.ts'
import { checkAgainstClaim } from '../authorization/terms.ts'
import { firstSending } from '../claim/first-sending.ts'
import type { IsoDate } from '../dates.ts'
import { figureOf, filingUntil } from '../payer-figures.ts'
import { ruledNeed } from '../payer-rule/need.ts'
import type { Span } from '../payer-rule/schema.ts'
import { authorizationFor } from './billing.ts'
import { type Approval, type CaseContents, coverageOf, type KnownPayer, payerOf, type StoredClaim } from './contents.ts'
import type { CaseSnapshot } from './dated-facts.ts'
import { type CaseDecisions, serviceOf, settledOf } from './decisions.ts'
import type { Documentation } from './documentation.ts'
import { patientOwes } from './patient-payment.ts'
import { readinessOf } from './readiness.ts'
import type { Task } from './schema.ts'

/** What was answered in this case; where nothing was, what the payer's rules say. */
function needIn(checks: CaseContents['checks'], payer: KnownPayer | null, codes: readonly string[]) {
  const answer = checks.find((check) => check.kind === 'authorization_need')?.answer ?? 'unknown'
  return answer === 'unknown' ? (ruledNeed(payer?.rules ?? [], codes)?.answer ?? 'unknown') : answer
}

/** Why a claim being prepared does not fit the approval: date, code, tooth, quantity, dentist. */
function mismatchesOf(authorization: Authorization, { basis }: Approval, contents: CaseContents): string[] {
  if (!isApproved(authorization.state)) return []
  const { providerId } = contents.record
  const billed = contents.lines.filter((line) => line.serviceDate !== null)
  // An approval that no line leans on has nothing to fit.
  if (authorizationFor(contents, authorization.coverageId, billed) !== authorization) return []
  return [
    ...checkAgainstClaim(authorization, billed).map((one) => one.message),
    ...(basis && isOtherDentist(basis, providerId) ? [`${OTHER_DENTIST}.`] : []),
  ]
}

/** The day the present draft was begun: anew when a denied or expired request is prepared again. */
function draftedOn({ history }: Authorization, createdOn: IsoDate): IsoDate {
  const begun = standing(history).filter((step) => step.to === 'drafting')
  return begun.at(-1)?.on ?? createdOn
}

/** How long a payer takes, by the figure that counts; null where nobody knows. */
function usualOf(contents: CaseContents, { coverageId, kind }: Authorization): Span | null {
  const figure = figureOf(payerOf(contents, coverageId), 'answer', kind)!
  return figure.origin === 'assumed' ? null : { count: figure.count, unit: figure.unit }
}

/** The last day to file; none for the correction of a claim that the payer decided by then. */
function timelyFilingOn(contents: CaseContents, claim: StoredClaim, last: IsoDate | null): IsoDate | null {
  if (last === null || claim.replacesId === null) return last
  const accepted = firstSending(contents, claim, [])?.accepted
  return accepted && accepted.on <= last ? null : last
}

/** The snapshot of a case as it stands. */
export function snapshotOf(
  contents: CaseContents,
  documentation: Documentation,
  decided: CaseDecisions,
  holidays: readonly IsoDate[],
  approvals: CaseContents['approvals'] = contents.approvals,
): CaseSnapshot {
  const { record, visits, lines, decision, checks } = contents
  const { services, patientCents, isOpen, isUnsent } = settledOf(contents, decided)
  const isPatientPaid = (patientOwes(patientCents, [{ cents: contents.patientPaidCents }]) ?? 1) <= 0
  const remittances = remittancesIn(contents, decided, services, isPatientPaid)
  const filing = filingUntil(
    payerOf(contents, record.coverageId),
    lines.map((line) => line.serviceDate),
  )
  const readiness = (stage: 'authorization' | 'claim') => readinessOf(stage, documentation.itemsOf(stage), visits)
  return {
    state: record.state,
    createdOn: record.createdOn,
    treatment: record.treatment,
    assigneeId: record.assigneeId,
    snoozedUntil: record.snoozedUntil,
    snoozedOn: record.snoozedOn,
    decided: decision !== null,
    confirmed: (decision?.confirmedBy ?? null) !== null,
    hasLines: lines.length > 0,
    visits,
    // Judged when it is asked for: what is sent or decided does not ask.
    readiness: {
      get authorization() {
        return readiness('authorization')
      },
      get claim() {
        return readiness('claim')
      },
    },
    need: needIn(checks, payerOf(contents, record.coverageId), documentation.codes),
    authorizations: authorizationsIn(contents, approvals),
    isOpen,
    isUnsent,
    isPatientPaid,
    claims: [...contents.claims].reverse().map((claim) => ({
      id: claim.id,
      isOpen: claim.lines.some((line) => services.has(serviceOf(line))),
      state: claim.state,
      replacesId: claim.replacesId,
      sentOn: claim.sentOn,
      timelyFilingOn: timelyFilingOn(contents, claim, filing?.on ?? null),
    })),
    remittances,
    appeals: [...contents.appeals].reverse().map((appeal) => ({
      id: appeal.id,
      claimId: appeal.claimId,
      level: appeal.level,
      state: appeal.state,
      deadlineOn: appeal.deadline?.on ?? null,
      sentOn: appeal.sentOn,
      decidedOn: appeal.decidedOn,
      nextDays: appeal.nextDays,
      deadlineSource: appeal.deadline?.source ?? '',
    })),
    tasks: contents.tasks
      .filter((task) => task.doneAt === null)
      .map(({ id, title, dueOn, assigneeId, kind, remittanceId }) => {
        const isOnOpenMoney =
          SETTLED_BY_HAND.includes(kind) && remittances.some((eob) => eob.id === remittanceId && eob.isOpen)
        const about = kind === 'appeal' ? ('appeal' as const) : ('open' as const)
        return { id, title, dueOn, assigneeId, ...(isOnOpenMoney && { about }) }
      }),
    holidays,
  }
}

function authorizationsIn(
  contents: CaseContents,
  approvals: CaseContents['approvals'],
): CaseSnapshot['authorizations'] {
  const isPrepared = contents.claims.some((claim) => claim.state === 'draft' || claim.state === 'rejected')
  const superseded = supersededIn(contents)
  return [...contents.authorizations].reverse().map((one) => {
    const approval = approvals.get(one.id)!
    const held = coverageOf(contents, one.coverageId ?? contents.record.coverageId)
    return {
      id: one.id,
      payerId: payerOf(contents, one.coverageId)?.id ?? null,
      kind: one.kind,
      state: one.state,
      createdOn: draftedOn(one, approval.createdOn),
      sentOn: one.sentOn,
      expectedOn: one.expectedOn,
      expectedBasis: one.expectedBasis,
      usual: usualOf(contents, one),
      infoDueOn: one.infoDueOn,
      decidedOn: one.decidedOn,
      validTo: one.validTo,
      validBasis: one.validBasis,
      patientCalledOn: one.patientCalledOn,
      bookedFor: one.bookedFor,
      isSuperseded: superseded.has(one.id),
      appealedOn: appealedOn(one),
      appealUntil: appealDeadline(one, payerOf(contents, one.coverageId))?.on ?? null,
      // A coverage that another one has followed is said to have changed.
      coverage:
        held &&
        !held.isRemoved &&
        (approval.basis?.coverageId ?? contents.record.coverageId) === contents.record.coverageId
          ? held.coverage
          : null,
      stale: approval.stale,
      changesOpen: one.state === 'approved_modified' && one.changesAnswer === null,
      mismatches: isPrepared ? mismatchesOf(one, approval, contents) : [],
    }
  })
}

/** Tasks that what an EOB left open may end: the others wait for papers, a corrected claim or another plan. */
const SETTLED_BY_HAND: readonly Task['kind'][] = ['post_payment', 'call_payer', 'appeal']

function remittancesIn(
  contents: CaseContents,
  { decisions, settled }: CaseDecisions,
  services: ReadonlySet<string>,
  isPatientPaid: boolean,
): CaseSnapshot['remittances'] {
  // Once a person has settled what it left, an EOB asks for nothing but the patient’s part.
  const isSettled = ({ lines }: CaseDecisions['decisions'][number]) =>
    lines.some(({ service }) => settled.has(service)) && !lines.some(({ service }) => services.has(service))
  const nowSettled = isPatientPaid ? 'paid' : 'patient_only'
  const posted = [...decisions].sort((a, b) => (a.enteredAt + a.id < b.enteredAt + b.id ? -1 : 1))
  const appealUntil = ({ coverageId, eobDate, appealDaysOnLetter }: (typeof posted)[number]) =>
    deadlineOf({ eobDate, daysOnLetter: appealDaysOnLetter, payer: payerOf(contents, coverageId) }).on
  return (
    posted
      // “We have this claim already” says nothing anew where a decision stands.
      .filter(
        (one, at) => one.outcome !== 'repeated' || !posted.slice(0, at).some(({ claimId }) => claimId === one.claimId),
      )
      .map((one) => ({
        id: one.id,
        claimId: one.claimId,
        outcome: isSettled(one) ? nowSettled : one.outcome,
        isSettled: isSettled(one),
        eobDate: one.eobDate,
        informationDueOn: one.informationDueOn,
        isOpen: one.lines.some((line) => services.has(line.service)),
        ...(one.outcome === 'denied' && { appealUntil: appealUntil(one) }),
      }))
  )
}
