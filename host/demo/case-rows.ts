// The file of an invented case: facts, decision, visits, lines, checks, notes, films, narrative.
import { clocksOf } from '#core/case/clocks.ts'
import type { CaseSnapshot } from '#core/case/dated-facts.ts'
import { progressOf, statusOf } from '#core/case/steps.ts'
import type { AttachmentId, CaseId, LineId, NoteId, TaskId, VisitId } from '#core/ids.ts'
import { termsOf } from '#core/search-terms.ts'
import { clockRow } from '#host/case/task-rows.ts'
import { workOf } from '#core/authorization/work.ts'
import { toWorkRow } from '#host/authorization/worklist-rows.ts'
import { type Bulk, holdBack } from './bulk.ts'
import { officeTime } from './calendar.ts'
import { type CaseDraft, stampOn, tell, type World } from './case-draft.ts'
import { writeAuthorization } from './case-authorization.ts'
import { writeClaim } from './case-money.ts'
import type { Story } from './case-story.ts'
import type { FilmKind } from './film.ts'
import type { SeedPatient } from './population.ts'
import { FEES, placeOf } from './procedures.ts'

/** Writes one case with everything that happened in it: the file first, though its columns follow from the rest. */
export function writeCase(world: World, story: Story, patient: SeedPatient): void {
  const { state, procedure } = story
  const finalOnly = procedure.finalOnly && patient.coverage?.plan.payer.mode === 'final_only'
  const parts = holdBack(world.bulk)
  const draft: CaseDraft = {
    ...world,
    bulk: parts,
    id: world.random.id<CaseId>(story.createdOn),
    story,
    patient,
    ...placeOf(procedure, world.random),
    provider: world.random.pick(world.providers),
    codes: finalOnly ? procedure.codes.slice(-1) : procedure.codes,
    visits: [],
    lines: [],
    authorization: null,
    words: [],
    dated: { authorizations: [], claims: [], remittances: [], appeals: [], tasks: [] },
    events: 0,
  }
  tell(draft, story.createdOn, 'case', 'Case opened')
  writeFacts(draft)
  if (state.decided !== 'no') {
    writeDecision(draft)
    writeVisits(draft)
    writeChecks(draft)
    if (state.papers !== 'none') writePapers(draft)
    writeAuthorization(draft)
    writeClaim(draft)
    writeTask(draft)
  }
  if (state.closed) tell(draft, story.lastOn, 'case', `Case closed: ${state.closed}`)
  writeFile(draft, world.bulk)
  parts.flush()
}

function writeFacts(draft: CaseDraft): void {
  const { procedure, state, createdOn } = draft.story
  const done = state.treatment === 'done'
  const facts: Record<string, unknown> = { ...procedure.facts, ...(done ? procedure.finished : {}) }
  if (draft.area) {
    facts['chart_date'] = draft.calendar.plus(createdOn, -5)
    facts['quad_teeth'] = { [draft.area]: 5 }
  } else if (procedure.codes.length > 1 && draft.random.chance(40)) {
    facts['trauma'] = true
    facts['trauma_date'] = draft.calendar.plus(createdOn, -draft.random.between(20, 300))
  }
  const known = Object.entries(facts)
  const answered = state.decided === 'no' ? known.slice(0, draft.random.below(3)) : known
  for (const [fact, value] of answered) {
    draft.bulk.insert('case_fact', {
      case_id: draft.id,
      fact,
      value_json: JSON.stringify(value),
      answered_by: draft.user,
      answered_at: officeTime(createdOn, '09:10'),
    })
  }
}

function writeDecision(draft: CaseDraft): void {
  const { story } = draft
  const confirmed = story.state.decided === 'by_dentist'
  draft.bulk.insert('code_decision', {
    id: draft.random.id(story.decidedOn),
    case_id: draft.id,
    codes_json: JSON.stringify(draft.codes),
    rule_id: story.procedure.ruleId,
    provider_id: confirmed ? draft.provider : null,
    override_reason: '',
    recorded_by: draft.user,
    recorded_at: officeTime(story.decidedOn, '10:00'),
  })
  draft.words.push(...draft.codes)
  tell(draft, story.decidedOn, 'code', `Code ${confirmed ? 'confirmed' : 'chosen'}: ${draft.codes.join(', ')}`)
}

function writeVisits(draft: CaseDraft): void {
  const { story, bulk } = draft
  for (const [at, { phase, plannedOn, doneOn }] of story.visits.entries()) {
    const id = draft.random.id<VisitId>(story.decidedOn)
    draft.visits.push({ id, phase, plannedOn, doneOn })
    bulk.insert('visit', { id, case_id: draft.id, seq: at + 1, phase, planned_on: plannedOn, done_on: doneOn })
    if (doneOn) tell(draft, doneOn, 'visit', story.visits.length > 1 ? `Visit ${at + 1} done` : 'Treatment done')
    const code = draft.codes[at - (story.visits.length - draft.codes.length)]
    if (code === undefined) continue
    const line = { id: draft.random.id<LineId>(story.decidedOn), visitId: id, code, feeCents: FEES[code]! }
    draft.lines.push({ ...line, serviceDate: doneOn })
    bulk.insert('procedure_line', {
      id: line.id,
      case_id: draft.id,
      visit_id: id,
      seq: draft.lines.length,
      code,
      role: 'main',
      tooth: draft.tooth,
      area: draft.area,
      surfaces: '',
      quantity: 1,
      fee_cents: line.feeCents,
      service_date: doneOn,
      note: '',
    })
  }
}

function writeChecks(draft: CaseDraft): void {
  const { story, patient } = draft
  if (!patient.coverage) return
  const check = (kind: 'eligibility' | 'authorization_need', answer: 'yes' | 'no', code: string | null) =>
    draft.bulk.insert('benefit_check', {
      id: draft.random.id(story.decidedOn),
      case_id: draft.id,
      coverage_id: patient.coverage!.id,
      plan_id: patient.coverage!.plan.id,
      kind,
      code,
      answer,
      authorization_kind: kind === 'authorization_need' && answer === 'yes' ? 'required' : null,
      source: 'Call to the payer',
      representative: '',
      reference: `R${draft.random.digits(6)}`,
      checked_on: story.decidedOn,
      note: '',
      recorded_by: draft.user,
      recorded_at: officeTime(story.decidedOn, '10:30'),
    })
  if (story.state.papers === 'all') check('eligibility', 'yes', null)
  if (story.state.need !== 'unknown') check('authorization_need', story.state.need, draft.codes.at(-1)!)
  const fee = draft.lines.reduce((sum, line) => sum + line.feeCents, 0)
  draft.bulk.insert('estimate', {
    case_id: draft.id,
    coverage_id: patient.coverage.id,
    network: patient.coverage.plan.name === 'PPO' ? 'in' : 'out',
    contract_cents: Math.round(fee * 0.8),
    expected_plan_cents: Math.round(fee * 0.8 * 0.8) - 4000,
    source: 'Plan figures',
    recorded_by: draft.user,
    recorded_at: officeTime(story.decidedOn, '10:30'),
  })
}

/** Notes, films and the rest of the checklist; with `some`, films and narrative are still missing. */
function writePapers(draft: CaseDraft): void {
  const { story, bulk } = draft
  const { procedure } = story
  note(draft, story.createdOn, null, `${procedure.diagnosis} ${procedure.found}`, [
    'history',
    'diagnosis',
    'findings',
    'plan',
    'past_treatment',
    'prior_rct',
  ])
  for (const [at, visit] of draft.visits.entries()) {
    if (!visit.doneOn) continue
    const last = at === draft.visits.length - 1
    note(
      draft,
      visit.doneOn,
      visit.id,
      last ? `${procedure.visit} Healing expected; recall in six months.` : procedure.visit,
      ['materials', 'visit_note', 'times', ...(last ? ['post_op_note'] : [])],
    )
    if (draft.tooth && visit.phase === 'interim') film(draft, 'interim_periapical', visit.doneOn, visit.id)
    if (draft.tooth && last) film(draft, 'post_op_periapical', visit.doneOn, visit.id)
  }
  if (story.state.papers !== 'all') return
  film(draft, 'pre_op_periapical', story.createdOn, null)
  bulk.insert('narrative', {
    case_id: draft.id,
    body: `${procedure.diagnosis} ${procedure.found} Treatment is needed to keep the tooth.`,
    ...stampOn(draft, story.decidedOn),
  })
  for (const key of draft.area ? ['perio_chart', 'films', 're_evaluation'] : ['consent']) {
    bulk.insert('item_answer', {
      case_id: draft.id,
      item_key: key,
      state: 'done',
      note: 'In the paper chart',
      recorded_by: draft.user,
      recorded_at: officeTime(story.decidedOn, '10:00'),
    })
  }
}

function note(draft: CaseDraft, on: string, visitId: VisitId | null, body: string, keys: readonly string[]): void {
  draft.bulk.insert('chart_note', {
    id: draft.random.id<NoteId>(on),
    case_id: draft.id,
    visit_id: visitId,
    noted_on: on,
    author: 'Dr. Sample',
    body,
    item_keys_json: JSON.stringify(visitId ? keys.flatMap((key) => [key, `${key}:${visitId}`]) : keys),
    removed_at: null,
    ...stampOn(draft, on),
  })
}

function film(draft: CaseDraft, kind: FilmKind, on: string, visitId: VisitId | null): void {
  const stored = draft.films[kind]
  draft.bulk.insert('attachment', {
    id: draft.random.id<AttachmentId>(on),
    case_id: draft.id,
    kind,
    taken_on: on,
    tooth: draft.tooth,
    orientation: 'none',
    visit_id: visitId,
    caption: '',
    media_type: 'image/png',
    bytes: stored.bytes,
    sha256: stored.sha256,
    blob_id: stored.blobId,
    blob_key: stored.key,
    added_by: draft.user,
    added_at: officeTime(on, '10:20'),
    removed_at: null,
    ...stampOn(draft, on),
  })
}

/** A task where somebody has to act by hand, and one on every tenth open case beside. */
function writeTask(draft: CaseDraft): void {
  const { state, eobOn, lastOn } = draft.story
  if (state.closed) return
  const asks = state.eob === 'info_requested'
  if (!asks && !draft.random.chance(10)) return
  const id = draft.random.id<TaskId>(lastOn)
  const title = asks ? 'Send the films the EOB asks for' : 'Call the payer'
  const dueOn = asks ? draft.calendar.plus(eobOn, 21) : draft.calendar.workday(draft.random.between(-3, 9))
  draft.bulk.insert('task', {
    id,
    case_id: draft.id,
    title,
    due_on: dueOn,
    assignee_id: draft.user,
    kind: asks ? 'send_information' : 'call_payer',
    note: '',
    remittance_id: null,
    done_at: null,
    created_at: officeTime(lastOn, '10:00'),
    ...stampOn(draft, lastOn),
  })
  draft.dated.tasks.push({ id, title, dueOn, assigneeId: draft.user })
}

/** The file with what follows from everything else: status, step, clocks, search words. */
function writeFile(draft: CaseDraft, bulk: Bulk): void {
  const { story, patient } = draft
  const { state, procedure, createdOn, lastOn } = story
  const begun = draft.visits.some((visit) => visit.doneOn !== null)
  const finished = begun && draft.visits.every((visit) => visit.doneOn !== null)
  // Without a coverage nobody checked eligibility, which both stages ask for.
  const complete = state.papers === 'all' && patient.coverage !== null
  const ready = { done: complete ? 1 : 0, total: 1, ready: complete }
  const snapshot: CaseSnapshot = {
    state: state.closed ? 'closed' : 'open',
    createdOn,
    treatment: finished ? 'done' : begun ? 'in_progress' : 'planned',
    assigneeId: draft.user,
    snoozedUntil: null,
    snoozedOn: null,
    decided: state.decided !== 'no',
    confirmed: state.decided === 'by_dentist',
    hasLines: draft.lines.length > 0,
    visits: draft.visits,
    readiness: { authorization: ready, claim: ready },
    need: state.decided !== 'no' && patient.coverage ? state.need : 'unknown',
    // What a seeded payer leaves open it has denied or asked about: those EOBs speak by themselves.
    isOpen: false,
    isUnsent: false,
    isPatientPaid: false,
    ...draft.dated,
    holidays: [],
  }
  const progress = progressOf(snapshot)
  bulk.insert('case_file', {
    id: draft.id,
    patient_id: patient.id,
    guide_id: procedure.guideId,
    guide_version: null,
    guide_declined: null,
    tooth: draft.tooth,
    area: draft.area,
    coverage_id: patient.coverage?.id ?? null,
    provider_id: draft.provider,
    assignee_id: draft.user,
    treatment: snapshot.treatment,
    reporting_mode: null,
    state: snapshot.state,
    close_reason: state.closed,
    void_reason: '',
    closed_at: state.closed ? officeTime(lastOn, '11:00') : null,
    step: progress,
    main_code: draft.lines.at(-1)?.code ?? null,
    status: statusOf(snapshot),
    progress,
    fee_cents: draft.lines.reduce((sum, line) => sum + line.feeCents, 0),
    snoozed_until: null,
    snoozed_on: null,
    snooze_reason: '',
    created_by: draft.user,
    created_at: officeTime(createdOn, '09:00'),
    version: 1,
    updated_by: draft.user,
    updated_at: `${lastOn}T${String(10 + draft.random.below(8))}:${String(10 + draft.random.below(50))}:00.000Z`,
  })
  const clocks = clocksOf(snapshot)
  const file = {
    id: draft.id,
    payerId: patient.coverage?.plan.payer.id ?? null,
    asked: new Map(draft.dated.authorizations.map((one) => [one.id, one.payerId])),
    providerId: draft.provider,
    sortName: `${patient.last}, ${patient.first} ${patient.id}`.toLowerCase(),
  }
  for (const clock of clocks) bulk.insert('clock', clockRow(file, clock))
  for (const item of workOf(file, snapshot, clocks)) bulk.insert('authorization_work', toWorkRow(draft.id, item))
  const tooth = draft.tooth ? [`tooth${draft.tooth.toLowerCase()}`] : []
  for (const term of new Set([...termsOf(...draft.words), ...tooth]))
    bulk.insert('search_term', { term, kind: 'case', entity_id: draft.id, patient_id: patient.id })
}
