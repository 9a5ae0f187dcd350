// Migration 20: authorization worklists, what an approval rested on, undo.

export const worklistStatements: readonly string[] = [
  'ALTER TABLE case_file ADD COLUMN snoozed_on TEXT',
  'ALTER TABLE authorization ADD COLUMN approval_json TEXT',
  'ALTER TABLE authorization ADD COLUMN stale_json TEXT',
  'ALTER TABLE authorization ADD COLUMN stale_since TEXT',
  // What the transition changed, as it was before: undo puts it back exactly.
  // How long the payer took for the office's own latest requests, in business days, and how many answers say so.
  'ALTER TABLE payer ADD COLUMN own_answer_days INTEGER',
  'ALTER TABLE payer ADD COLUMN own_answers INTEGER NOT NULL DEFAULT 0',
  'ALTER TABLE transition ADD COLUMN before_json TEXT',
  'ALTER TABLE clock ADD COLUMN authorization_id TEXT',
  // One row per authorization that can still need a touch, and per case whose need is unknown; rewritten with the clocks.
  `CREATE TABLE authorization_work (id TEXT PRIMARY KEY, authorization_id TEXT, case_id TEXT NOT NULL REFERENCES case_file (id), state TEXT NOT NULL, kind TEXT,
     payer_id TEXT, provider_id TEXT, assignee_id TEXT, sort_name TEXT NOT NULL, treatment TEXT NOT NULL, sent_on TEXT, answer_due_on TEXT, valid_to TEXT, called_on TEXT,
     last_visit_on TEXT, late INTEGER NOT NULL CHECK (late IN (0, 1)), stale INTEGER NOT NULL CHECK (stale IN (0, 1)), urgent_on TEXT NOT NULL, clock_key TEXT) STRICT, WITHOUT ROWID`,
  'CREATE INDEX authorization_work_by_case ON authorization_work (case_id)',
  'CREATE INDEX authorization_work_by_state ON authorization_work (state, urgent_on, id)',
  'CREATE INDEX authorization_work_by_validity ON authorization_work (state, valid_to)',
  'CREATE INDEX authorization_work_by_answer ON authorization_work (answer_due_on) WHERE answer_due_on IS NOT NULL',
  'CREATE INDEX authorization_work_late ON authorization_work (urgent_on, id) WHERE late = 1',
  'CREATE INDEX authorization_work_stale ON authorization_work (urgent_on, id) WHERE stale = 1',
  // Touches on a list can be taken back for a moment: what was before, by whom, and whether it was used.
  `CREATE TABLE undo_entry (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, at TEXT NOT NULL, action TEXT NOT NULL, before_json TEXT NOT NULL, used_at TEXT) STRICT`,
]
