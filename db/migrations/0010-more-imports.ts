// Lists of more kinds are imported: what an import is of is no more one of two; and the practice system's history of a patient.

const BATCH =
  '(id TEXT PRIMARY KEY, kind TEXT NOT NULL, sha256 TEXT NOT NULL, rows INTEGER NOT NULL, imported_by TEXT NOT NULL, imported_at TEXT NOT NULL, undone_at TEXT) STRICT'

export const moreImports: readonly string[] = [
  `CREATE TABLE import_batch_next ${BATCH}`,
  `INSERT INTO import_batch_next SELECT id, kind, sha256, rows, imported_by, imported_at, undone_at FROM import_batch`,
  `CREATE TABLE import_row_next (import_id TEXT NOT NULL REFERENCES import_batch_next (id), seq INTEGER NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL,
     version INTEGER NOT NULL, before_json TEXT, PRIMARY KEY (import_id, seq)) STRICT, WITHOUT ROWID`,
  `INSERT INTO import_row_next SELECT import_id, seq, entity, entity_id, version, before_json FROM import_row`,
  `DROP TABLE import_row`,
  `DROP TABLE import_batch`,
  `ALTER TABLE import_batch_next RENAME TO import_batch`,
  `ALTER TABLE import_row_next RENAME TO import_row`,
  `CREATE TABLE past_procedure (id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id), list_key TEXT NOT NULL, code TEXT NOT NULL, tooth TEXT,
     area TEXT, detail TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('planned', 'done', 'elsewhere', 'gone')), service_date TEXT, fee_cents INTEGER,
     provider TEXT NOT NULL, listed INTEGER NOT NULL, version INTEGER NOT NULL, updated_by TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT`,
  `CREATE INDEX past_procedure_by_patient ON past_procedure (patient_id)`,
]
