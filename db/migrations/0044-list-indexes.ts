// Migration 44: each worklist has an index with just its rows, in its order, and with what filters read; Today’s hold what filters read.

const FILTERS = 'payer_id, provider_id, assignee_id, kind, state, sent_on'
const GRANTED = "state IN ('approved', 'approved_modified') AND treatment != 'done'"
const WAITING = "state IN ('approved', 'approved_modified') AND treatment = 'planned'"

export const listIndexStatements: readonly string[] = [
  'DROP INDEX clock_by_urgency',
  'DROP INDEX clock_by_due',
  'CREATE INDEX clock_by_urgency ON clock (urgent_on, due_on, case_id, key, payer_id, provider_id)',
  'CREATE INDEX clock_by_due ON clock (waiting, due_on, case_id, key, payer_id, provider_id)',
  'DROP INDEX authorization_work_by_state',
  'DROP INDEX authorization_work_by_validity',
  'DROP INDEX authorization_work_by_end',
  'DROP INDEX authorization_work_late',
  'DROP INDEX authorization_work_stale',
  `CREATE INDEX work_open ON authorization_work (urgent_on, id, ${FILTERS}) WHERE state IN ('to_verify', 'drafting', 'submitted', 'info_requested', 'appealed')`,
  `CREATE INDEX work_unanswered ON authorization_work (answer_due_on, id, ${FILTERS}) WHERE state = 'submitted' AND answer_due_on IS NOT NULL`,
  `CREATE INDEX work_information ON authorization_work (urgent_on, id, ${FILTERS}) WHERE state = 'info_requested'`,
  `CREATE INDEX work_expiring ON authorization_work (valid_to, id, ${FILTERS}) WHERE ${GRANTED} AND valid_to IS NOT NULL`,
  `CREATE INDEX work_not_called ON authorization_work (urgent_on, id, ${FILTERS}) WHERE ${WAITING} AND called_on IS NULL`,
  `CREATE INDEX work_not_booked ON authorization_work (urgent_on, id, ${FILTERS}, last_visit_on) WHERE ${WAITING} AND called_on IS NOT NULL`,
  `CREATE INDEX work_booked_late ON authorization_work (urgent_on, id, ${FILTERS}) WHERE ${GRANTED} AND late = 1`,
  `CREATE INDEX work_to_verify ON authorization_work (urgent_on, id, ${FILTERS}) WHERE state = 'to_verify'`,
  `CREATE INDEX work_stale ON authorization_work (urgent_on, id, ${FILTERS}) WHERE ${GRANTED} AND stale = 1`,
]
