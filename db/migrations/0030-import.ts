// Migration 30: imported lists, so that a whole import can be taken back and is recognized the second time.

export const importStatements: readonly string[] = [
  `CREATE TABLE import_batch (id TEXT PRIMARY KEY, sha256 TEXT NOT NULL, rows INTEGER NOT NULL, imported_by TEXT NOT NULL, imported_at TEXT NOT NULL, undone_at TEXT) STRICT`,
  // Created rows in the order of their making, with the version in which the import left them.
  `CREATE TABLE import_row (import_id TEXT NOT NULL REFERENCES import_batch (id), seq INTEGER NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL, version INTEGER NOT NULL,
     PRIMARY KEY (import_id, seq)) STRICT, WITHOUT ROWID`,
  `CREATE TRIGGER tally_patient_gone AFTER DELETE ON patient BEGIN UPDATE tally SET n = n - 1 WHERE what = 'patient' AND key = ''; END`,
  `CREATE TRIGGER tally_case_gone AFTER DELETE ON case_file BEGIN
     UPDATE tally SET n = n - 1 WHERE what = 'case' AND key = OLD.state || ':' || OLD.progress; END`,
]
