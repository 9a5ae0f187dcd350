// Migration 22: packets as they were sent; their files lie in the blob store and are never changed.

export const packetStatements: readonly string[] = [
  `CREATE TABLE packet (id TEXT PRIMARY KEY, authorization_id TEXT NOT NULL REFERENCES authorization (id), case_id TEXT NOT NULL REFERENCES case_file (id),
     channel TEXT NOT NULL, form TEXT NOT NULL CHECK (form IN ('pdf', 'folder')), remark TEXT NOT NULL, sent_by TEXT NOT NULL REFERENCES app_user (id), sent_at TEXT NOT NULL) STRICT`,
  'CREATE INDEX packet_by_authorization ON packet (authorization_id)',
  'CREATE INDEX packet_by_case ON packet (case_id)',
  `CREATE TABLE packet_file (packet_id TEXT NOT NULL REFERENCES packet (id), seq INTEGER NOT NULL, name TEXT NOT NULL, media TEXT NOT NULL, bytes INTEGER NOT NULL,
     sha256 TEXT NOT NULL, blob_id TEXT NOT NULL, blob_key TEXT NOT NULL, PRIMARY KEY (packet_id, seq)) STRICT, WITHOUT ROWID`,
]
