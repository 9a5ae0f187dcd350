// Migration 1: audit trail (append-only by trigger), settings, drafts, users.

export const vaultStatements: readonly string[] = [
  `CREATE TABLE app_user (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, role TEXT NOT NULL, active INTEGER NOT NULL CHECK (active IN (0, 1)), created_at TEXT NOT NULL) STRICT`,
  `CREATE TABLE setting (key TEXT PRIMARY KEY, value_json TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  `CREATE TABLE draft (user_id TEXT NOT NULL, scope TEXT NOT NULL, value_json TEXT NOT NULL, updated_at TEXT NOT NULL, PRIMARY KEY (user_id, scope)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE audit (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, user_id TEXT, session_id TEXT NOT NULL, action TEXT NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL, patient_id TEXT,
     before_json TEXT, after_json TEXT, reason TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL) STRICT`,
  `CREATE INDEX audit_by_entity ON audit (entity_id, seq)`,
  `CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END`,
  `CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END`,
]
