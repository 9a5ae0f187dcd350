// Whether a stage has what it needs, as counts and as the one sentence that the desk reads.
import { formatDate } from '../dates.ts'
import type { ItemView, StageReadiness } from '../contract/case-documentation.ts'
import type { Stage, Visit } from './schema.ts'

const FOR: Record<Stage, string> = { authorization: 'the request', claim: 'the claim', appeal: 'the appeal' }

/** What an item is called in running text: `pre-op periapical`, `progress note of Mar 3, 2026`. */
export function itemName({ item, problems }: ItemView, visits: readonly Visit[]): string {
  // `EOB of the first plan` keeps its capitals.
  const title = /^[A-Z][a-z]/.test(item.title) ? item.title[0]!.toLowerCase() + item.title.slice(1) : item.title
  const visit = visits.find((one) => one.id === item.visitId)
  const dated = visit?.doneOn ? `${title} of ${formatDate(visit.doneOn)}` : title
  const problem = problems[0]
  return problem ? `${dated} (${problem[0]!.toLowerCase()}${problem.slice(1)})` : dated
}

/** Counts done and waived items; a problem counts as missing and is named with its cause (desk.md D row 21). */
export function readinessOf(stage: Stage, items: readonly ItemView[], visits: readonly Visit[]): StageReadiness {
  const open = items.filter((view) => view.state === 'missing' || view.state === 'problem')
  const missing = open.map((view) => itemName(view, visits))
  const count = items.length
  const ready = count === 0 ? `Nothing is asked for ${FOR[stage]}` : `Ready: all ${count} there for ${FOR[stage]}`
  return {
    stage,
    ready: open.length === 0,
    done: count - open.length,
    total: count,
    missing,
    sentence: open.length > 0 ? `${open.length} of ${count} missing for ${FOR[stage]}: ${missing.join(', ')}` : ready,
  }
}
