// The facts of a case: what people answered, and what the file already knows without asking.
import { ageOn, type IsoDate } from '#core/dates.ts'
import { indexOf } from '#core/guide/facts.ts'
import type { Guide } from '#core/guide/schema.ts'
import type { FactValue, Line, Visit } from '#core/case/schema.ts'
import { archOf } from '#core/teeth.ts'
import type { Reader, Writer } from '#db/reader.ts'
import { type CaseRecord, listFacts, listHistory, listLines, listVisits } from './rows.ts'

type Db = Reader | Writer

/** What a case plans and reports, and what the patient has had in other cases. */
export interface CaseParts {
  visits: Visit[]
  lines: Line[]
  history: Awaited<ReturnType<typeof listHistory>>
}
export async function loadParts(db: Db, record: CaseRecord): Promise<CaseParts> {
  return {
    visits: await listVisits(db, record.id),
    lines: await listLines(db, record.id),
    history: await listHistory(db, record.patient_id, record.id),
  }
}

/** The service that the case is about now is none that the tooth has had before, also once it is done. */
function isAtHand({ role, visitId, serviceDate }: Line, visit: Visit | undefined): boolean {
  if (role !== 'main' || !visit) return role === 'main'
  return visitId === visit.id || (visitId === null && serviceDate === visit.doneOn)
}

/**
 * Facts by id, as the guide wants them: answers, plus tooth, arch, age, earlier codes on the tooth, the phase of the visit at hand,
 * whether this plan is a secondary one and whether an authorization exists. An answer always wins over a derived value.
 */
export async function factsOf(
  db: Db,
  record: CaseRecord,
  guide: Guide,
  today: IsoDate,
  parts?: CaseParts,
): Promise<Record<string, FactValue>> {
  const derived: Record<string, FactValue> = {}
  const patient = await db
    .selectFrom('patient')
    .select('birth_date')
    .where('id', '=', record.patient_id)
    .executeTakeFirstOrThrow()
  const { visits, lines, history } = parts ?? (await loadParts(db, record))
  const before = history.filter((line) => record.tooth !== null && line.tooth === record.tooth)
  const atHand = visits.find((visit) => visit.doneOn === null) ?? visits.at(-1)
  const own = lines.filter((line) => !isAtHand(line, atHand))
  const done = [...before, ...own].filter((line) => line.serviceDate !== null && line.serviceDate < today)
  derived['tooth'] = record.tooth
  derived['arch'] = archOf(record.tooth, record.area)
  derived['age'] = ageOn(patient.birth_date, today)
  derived['prior_visits'] = done.map((line) => line.code)
  derived['phase'] = atHand?.phase ?? null
  derived['completion_date'] = visits.find((visit) => /final|single/.test(visit.phase))?.doneOn ?? null
  if (record.coverage_id) {
    const coverage = await db
      .selectFrom('coverage')
      .select('ordinal')
      .where('id', '=', record.coverage_id)
      .executeTakeFirst()
    derived['is_secondary'] = coverage ? coverage.ordinal !== 'primary' : null
  }
  const approved = await db
    .selectFrom('authorization')
    .select('id')
    .where('case_id', '=', record.id)
    .where('state', 'in', ['approved', 'approved_modified', 'used'])
    .executeTakeFirst()
  derived['has_authorization'] = approved !== undefined
  const answered = Object.fromEntries((await listFacts(db, record.id)).map(({ fact, value }) => [fact, value]))
  const known = indexOf(guide).facts
  return Object.fromEntries(
    Object.entries({ ...derived, ...answered }).filter(
      ([fact, value]) => known.has(fact) && value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

/** The reporting mode of a case and where it comes from: the case itself, the payer, or the default (domain.md 1.1). */
export async function reportingOf(
  db: Db,
  record: CaseRecord,
): Promise<{ mode: 'phased' | 'final_only'; basis: string }> {
  if (record.reporting_mode) return { mode: record.reporting_mode, basis: 'chosen for this case' }
  const payer = record.coverage_id
    ? await db
        .selectFrom('coverage')
        .innerJoin('plan', 'plan.id', 'coverage.plan_id')
        .innerJoin('payer', 'payer.id', 'plan.payer_id')
        .select(['payer.reporting_mode', 'payer.name'])
        .where('coverage.id', '=', record.coverage_id)
        .executeTakeFirst()
    : undefined
  if (payer?.reporting_mode === 'final_only') return { mode: 'final_only', basis: `payer: ${payer.name}` }
  return { mode: 'phased', basis: 'default: one code per visit' }
}
