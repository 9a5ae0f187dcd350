// Treatment over several visits: which code each phase reports, and the plan of visits and requested lines.
import type { Facts } from './condition.ts'
import type { GuideFinding, Guide, VisitPlan } from './schema.ts'
import type { ReportingMode } from '../case/schema.ts'

export interface PlanStep {
  code: string | null
  asks: string | null
  finding: GuideFinding | null
}

const nothing: PlanStep = { code: null, asks: null, finding: null }

/** The code of the current phase. In `final_only` mode earlier visits are charted and report nothing. */
export function planLine(guide: Guide, planId: string, facts: Facts, mode: ReportingMode): PlanStep {
  const plan = getPlan(guide, planId)
  const phase = facts['phase']
  if (phase === undefined) return { ...nothing, asks: 'phase' }
  const step = plan.phases.find((candidate) => candidate.phase === phase)
  if (!step) return nothing
  if (mode === 'phased' || plan.finalOnly === null || step.code === plan.finalOnly.code) {
    return { ...nothing, code: step.code }
  }
  const { message, source, confidence } = plan.finalOnly
  return {
    ...nothing,
    finding: { id: 'charted_not_billed', severity: 'info', message, source: source.join('; '), confidence },
  }
}

export interface PlannedVisit {
  phase: VisitPlan['phases'][number]['phase']
  title: string
  /** null: charted, not reported */
  code: string | null
}

/**
 * The visits of a plan with the line each will report.
 * @param interim expected number of interim visits; the plan's own expectation when left out
 */
export function planVisits(guide: Guide, planId: string, mode: ReportingMode, interim?: number): PlannedVisit[] {
  const plan = getPlan(guide, planId)
  return plan.phases.flatMap((step) => {
    const count = step.repeats ? (interim ?? step.expected) : 1
    const { code } = planLine(guide, planId, { phase: step.phase }, mode)
    return Array.from({ length: count }, (_, at) => ({
      phase: step.phase,
      title: count > 1 ? `${step.title} ${at + 1}` : step.title,
      code,
    }))
  })
}

/** The visit plan that holds a code, if any. */
export function findPlanOf(guide: Guide, code: string): VisitPlan | undefined {
  return guide.visitPlans.find((plan) => plan.phases.some((step) => step.code === code))
}

function getPlan(guide: Guide, planId: string): VisitPlan {
  const plan = guide.visitPlans.find((candidate) => candidate.id === planId)
  if (!plan) throw new Error(`Guide ${guide.id} has no visit plan ${planId}`)
  return plan
}
