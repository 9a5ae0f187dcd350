// Migration 10: what people decide about money that no plan settles: written off, or billed to the patient.

export const settlements: readonly string[] = [
  `CREATE TABLE settlement (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), service TEXT NOT NULL, settled_on TEXT NOT NULL, way TEXT
     NOT NULL CHECK (way IN ('write_off', 'patient')), cents INTEGER NOT NULL CHECK (cents > 0), reason TEXT NOT NULL, recorded_by TEXT NOT NULL,
     recorded_at TEXT NOT NULL, taken_back_at TEXT) STRICT`,
  `CREATE INDEX settlement_by_case ON settlement (case_id)`,
]
