// Migration 50: a decision's own days to the next level of appeal; packets of appeals beside those of authorizations.

export const appealStatements: readonly string[] = [
  // Days to the next level as printed on the decision; null where it names none.
  'ALTER TABLE appeal ADD COLUMN next_days INTEGER',
  // The table is made anew: a packet belongs to an authorization or to an appeal.
  `CREATE TABLE packet_50 (id TEXT PRIMARY KEY, authorization_id TEXT REFERENCES authorization (id), appeal_id TEXT REFERENCES appeal (id), case_id TEXT NOT NULL REFERENCES case_file (id),
     channel TEXT NOT NULL, form TEXT NOT NULL CHECK (form IN ('pdf', 'folder')), remark TEXT NOT NULL, sent_by TEXT NOT NULL REFERENCES app_user (id), sent_at TEXT NOT NULL,
     CHECK ((authorization_id IS NULL) != (appeal_id IS NULL))) STRICT`,
  `INSERT INTO packet_50 (id, authorization_id, appeal_id, case_id, channel, form, remark, sent_by, sent_at)
     SELECT id, authorization_id, NULL, case_id, channel, form, remark, sent_by, sent_at FROM packet`,
  'DROP TABLE packet',
  'ALTER TABLE packet_50 RENAME TO packet',
  'CREATE INDEX packet_by_authorization ON packet (authorization_id) WHERE authorization_id IS NOT NULL',
  'CREATE INDEX packet_by_appeal ON packet (appeal_id) WHERE appeal_id IS NOT NULL',
  'CREATE INDEX packet_by_case ON packet (case_id)',
]
