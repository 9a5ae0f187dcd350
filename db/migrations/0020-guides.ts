// Migration 20: the guides that the office keeps as its own, and the version of its guide that each case was worked with.

export const guides: readonly string[] = [
  // Whole guides by the fingerprint of what they say: each is kept once, whoever points to it.
  `CREATE TABLE guide_body (version TEXT PRIMARY KEY, guide_id TEXT NOT NULL, body_json TEXT NOT NULL, kept_at TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  // Each saving of an office's own guide, append-only; the last one holds. based_on: the shipped guide it was compared with last. off: back to it.
  `CREATE TABLE office_guide (guide_id TEXT NOT NULL, seq INTEGER NOT NULL, version TEXT NOT NULL REFERENCES guide_body (version), based_on TEXT REFERENCES
     guide_body (version), off INTEGER NOT NULL CHECK (off IN (0, 1)), note TEXT NOT NULL, recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL, PRIMARY
     KEY (guide_id, seq)) STRICT, WITHOUT ROWID`,
  `ALTER TABLE case_file ADD COLUMN guide_version TEXT REFERENCES guide_body (version)`,
  // The newer version about which somebody said to stay with the old one.
  `ALTER TABLE case_file ADD COLUMN guide_declined TEXT`,
]
