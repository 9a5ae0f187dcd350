// Migration 10: mobile and e-mail of patients; patients and cases that were entered by mistake, and people who were merged.

const STANDINGS = "('active', 'voided', 'merged')"
/** The digits of a column that holds a phone. */
const digits = (column: string) =>
  [' ', '(', ')', '-', '.', '+'].reduce((text, mark) => `replace(${text}, '${mark}', '')`, column)
/** By a phone a patient is found from its beginning, without the area code, and by its last four digits. */
const phoneTerms = [-10, -7, -4].map(
  (from) =>
    `INSERT OR IGNORE INTO search_term SELECT substr(${digits('phone')}, ${from}), 'patient', id, id FROM patient WHERE length(${digits('phone')}) IN (10, 11)`,
)
/** How a case stands in this version: a CHECK changes only with its table. */
const CASE_FILE = `id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id), guide_id TEXT NOT NULL, tooth TEXT, area TEXT,
     coverage_id TEXT REFERENCES coverage (id), provider_id TEXT REFERENCES provider (id), assignee_id TEXT REFERENCES app_user (id), treatment TEXT
     NOT NULL, reporting_mode TEXT, state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'voided')), close_reason TEXT NOT NULL, closed_at TEXT, step
     TEXT NOT NULL, main_code TEXT, status TEXT NOT NULL, progress TEXT NOT NULL, fee_cents INTEGER NOT NULL, snoozed_until TEXT, snooze_reason TEXT NOT
     NULL, created_by TEXT NOT NULL, created_at TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1, updated_by TEXT NOT NULL, updated_at TEXT NOT NULL,
     snoozed_on TEXT, void_reason TEXT NOT NULL DEFAULT ''`

export const people: readonly string[] = [
  `ALTER TABLE patient ADD COLUMN mobile TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE patient ADD COLUMN email TEXT NOT NULL DEFAULT ''`,
  `ALTER TABLE patient ADD COLUMN standing TEXT NOT NULL DEFAULT 'active' CHECK (standing IN ${STANDINGS})`,
  `ALTER TABLE patient ADD COLUMN void_reason TEXT NOT NULL DEFAULT ''`,
  // What came along when it was voided or merged, for giving back.
  `ALTER TABLE patient ADD COLUMN undo_id TEXT REFERENCES undo_entry (id)`,
  `ALTER TABLE patient ADD COLUMN merged_into TEXT REFERENCES patient (id)`,
  `CREATE INDEX patient_gone ON patient (standing, sort_name) WHERE standing != 'active'`,
  `CREATE INDEX patient_merged ON patient (merged_into) WHERE merged_into IS NOT NULL`,
  `CREATE TRIGGER tally_patient_left AFTER UPDATE OF standing ON patient WHEN OLD.standing = 'active' AND NEW.standing != 'active' BEGIN UPDATE tally SET n = n - 1
     WHERE what = 'patient' AND key = ''; END`,
  `CREATE TRIGGER tally_patient_back AFTER UPDATE OF standing ON patient WHEN OLD.standing != 'active' AND NEW.standing = 'active' BEGIN UPDATE tally SET n = n + 1
     WHERE what = 'patient' AND key = ''; END`,
  ...phoneTerms,
  `CREATE TABLE new_case_file (${CASE_FILE}) STRICT`,
  `INSERT INTO new_case_file SELECT *, '' FROM case_file`,
  `DROP TABLE case_file`,
  `ALTER TABLE new_case_file RENAME TO case_file`,
  `CREATE UNIQUE INDEX case_state ON case_file (id, state)`,
  `CREATE INDEX case_by_patient ON case_file (patient_id, state)`,
  `CREATE INDEX case_by_progress ON case_file (state, progress, updated_at, id)`,
  `CREATE INDEX case_by_update ON case_file (state, updated_at, id)`,
  `CREATE INDEX case_by_change ON case_file (updated_at, id)`,
  `CREATE TRIGGER tally_case AFTER INSERT ON case_file BEGIN INSERT INTO tally VALUES ('case', NEW.state || ':' || NEW.progress, 1) ON CONFLICT DO UPDATE
     SET n = n + 1; END`,
  `CREATE TRIGGER tally_case_moved AFTER UPDATE OF state, progress ON case_file WHEN OLD.state != NEW.state OR OLD.progress != NEW.progress BEGIN UPDATE
     tally SET n = n - 1 WHERE what = 'case' AND key = OLD.state || ':' || OLD.progress; INSERT INTO tally VALUES ('case', NEW.state || ':' ||
     NEW.progress, 1) ON CONFLICT DO UPDATE SET n = n + 1; END`,
  `CREATE TRIGGER tally_case_gone AFTER DELETE ON case_file BEGIN UPDATE tally SET n = n - 1 WHERE what = 'case' AND key = OLD.state || ':' ||
     OLD.progress; END`,
]
