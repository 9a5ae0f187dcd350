// The facts of a case: what people answered, and what the file already knows without asking.
import { isApproved } from '../authorization/lifecycle.ts'
import { ageOn, type IsoDate } from '../dates.ts'
import { indexOf, isAnswerTo } from '../guide/facts.ts'
import type { Guide } from '../guide/schema.ts'
import { archOf } from '../teeth.ts'
import { type CaseContents, coverageOf, payerOf } from './contents.ts'
import type { CaseFact, Line, Visit, ReportingMode } from './schema.ts'

/** The service that the case is about now is none that the tooth has had before, also once it is done. */
function isAtHand({ role, visitId, serviceDate }: Line, visit: Visit | undefined): boolean {
  if (role !== 'main' || !visit) return role === 'main'
  return visitId === visit.id || (visitId === null && serviceDate === visit.doneOn)
}

/**
 * Facts by id, as the guide wants them: answers, plus tooth, arch, age, earlier codes on the tooth, the phase of the visit at hand,
 * whether this plan is a secondary one and whether an authorization exists. An answer always wins over a derived value.
 */
export function caseFacts(contents: CaseContents, guide: Guide, today: IsoDate): Record<string, CaseFact> {
  const { record, patient, visits, lines, history, authorizations, facts } = contents
  const before = history.filter((line) => record.tooth !== null && line.tooth === record.tooth)
  const atHand = visits.find((visit) => visit.doneOn === null) ?? visits.at(-1)
  const own = lines.filter((line) => !isAtHand(line, atHand))
  const done = [...before, ...own].filter((line) => line.serviceDate !== null && line.serviceDate < today)
  const plan = coverageOf(contents, record.coverageId)
  const derived: Record<string, CaseFact> = {
    tooth: record.tooth,
    arch: archOf(record.tooth, record.area),
    age: ageOn(patient.birthDate, today),
    prior_visits: done.map((line) => line.code),
    phase: atHand?.phase ?? null,
    completion_date: visits.find((visit) => /final|single/.test(visit.phase))?.doneOn ?? null,
    is_secondary: plan && plan.coverage.order !== 'primary',
    has_authorization: authorizations.some((one) => isApproved(one.state) || one.state === 'used'),
  }
  const answered = Object.fromEntries(facts.map(({ fact, value }) => [fact, value]))
  const known = indexOf(guide).facts
  return Object.fromEntries(
    Object.entries({ ...derived, ...answered }).filter(([fact, value]) => {
      const spec = known.get(fact)
      // An answer that another version of the guide gave may be none here.
      return spec && value !== null && isAnswerTo(spec, value) && !(Array.isArray(value) && value.length === 0)
    }),
  )
}

/** The reporting mode of a case and where it comes from: the case itself, the payer, or the default (domain.md 1.1). */
export function reportingOf(contents: Pick<CaseContents, 'record' | 'coverages'>): {
  mode: ReportingMode
  basis: string
} {
  const { reportingMode, coverageId } = contents.record
  if (reportingMode) return { mode: reportingMode, basis: 'chosen for this case' }
  const payer = payerOf(contents, coverageId)
  if (payer?.reportingMode === 'final_only') return { mode: 'final_only', basis: `payer: ${payer.name}` }
  return { mode: 'phased', basis: 'default: one code per visit' }
}
