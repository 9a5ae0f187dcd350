// Migration 40: files in X12. Claim files as sent, byte for byte; their answers; remittance files, raw and as read.

export const ediStatements: readonly string[] = [
  // `control` is ISA13 and GS06: never used twice.
  `CREATE TABLE claim_file (id TEXT PRIMARY KEY, control INTEGER NOT NULL UNIQUE, is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)), body TEXT NOT NULL, sha256 TEXT NOT NULL, state TEXT NOT NULL,
     written_by TEXT NOT NULL, written_at TEXT NOT NULL) STRICT`,
  `CREATE TABLE claim_file_item (claim_file_id TEXT NOT NULL REFERENCES claim_file (id), seq INTEGER NOT NULL, number TEXT NOT NULL, claim_id TEXT REFERENCES claim (id),
     authorization_id TEXT REFERENCES authorization (id) ON DELETE CASCADE, answer TEXT NOT NULL, answered_on TEXT, reasons_json TEXT NOT NULL, PRIMARY KEY (claim_file_id, seq)) STRICT, WITHOUT ROWID`,
  'CREATE INDEX claim_file_item_by_number ON claim_file_item (number)',
  'CREATE INDEX claim_file_item_by_claim ON claim_file_item (claim_id) WHERE claim_id IS NOT NULL',
  "CREATE INDEX claim_file_item_open ON claim_file_item (claim_id) WHERE answer = 'none'",
  'CREATE INDEX claim_file_item_by_authorization ON claim_file_item (authorization_id) WHERE authorization_id IS NOT NULL',
  `CREATE TABLE acknowledgement (id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, body TEXT NOT NULL, read_by TEXT NOT NULL, read_at TEXT NOT NULL) STRICT`,
  `CREATE TABLE era_file (id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, warnings_json TEXT NOT NULL, imported_by TEXT NOT NULL, imported_at TEXT NOT NULL) STRICT`,
  // The file as it came, compressed in pieces.
  'CREATE TABLE era_piece (era_file_id TEXT NOT NULL REFERENCES era_file (id), seq INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (era_file_id, seq)) STRICT, WITHOUT ROWID',
  // `identity`: payer, trace, date and amount; the same payment is never taken twice.
  `CREATE TABLE era_payment (id TEXT PRIMARY KEY, era_file_id TEXT NOT NULL REFERENCES era_file (id), seq INTEGER NOT NULL, identity TEXT NOT NULL UNIQUE, payer_name TEXT NOT NULL, payer_tax_id TEXT NOT NULL,
     trace TEXT NOT NULL, method TEXT NOT NULL, amount_cents INTEGER, paid_on TEXT, received_on TEXT NOT NULL, header_json TEXT NOT NULL, difference_cents INTEGER, claim_count INTEGER NOT NULL, open_count INTEGER NOT NULL) STRICT`,
  'CREATE INDEX era_payment_by_day ON era_payment (received_on, id)',
  'CREATE INDEX era_payment_open ON era_payment (open_count, received_on, id)',
  // `state`: matched, choose, unmatched, by_hand, posted, set_aside.
  `CREATE TABLE era_claim (id TEXT PRIMARY KEY, era_payment_id TEXT NOT NULL REFERENCES era_payment (id), seq INTEGER NOT NULL, number TEXT NOT NULL, payer_claim_number TEXT NOT NULL, status TEXT NOT NULL,
     charge_cents INTEGER, paid_cents INTEGER, difference_cents INTEGER, body_json TEXT NOT NULL, state TEXT NOT NULL, reason TEXT NOT NULL, claim_id TEXT REFERENCES claim (id),
     authorization_id TEXT REFERENCES authorization (id) ON DELETE SET NULL, basis TEXT NOT NULL, remittance_id TEXT REFERENCES remittance (id)) STRICT`,
  'CREATE INDEX era_claim_by_payment ON era_claim (era_payment_id, seq)',
  'CREATE INDEX era_claim_by_state ON era_claim (state, era_payment_id, seq)',
  "CREATE INDEX era_claim_by_payer_number ON era_claim (payer_claim_number) WHERE payer_claim_number != ''",
  'CREATE INDEX era_claim_by_claim ON era_claim (claim_id) WHERE claim_id IS NOT NULL',
  'CREATE INDEX era_claim_by_remittance ON era_claim (remittance_id) WHERE remittance_id IS NOT NULL',
  `CREATE TABLE provider_adjustment (id TEXT PRIMARY KEY, era_payment_id TEXT NOT NULL REFERENCES era_payment (id), seq INTEGER NOT NULL, reason TEXT NOT NULL, reference TEXT NOT NULL, cents INTEGER,
     provider_npi TEXT NOT NULL, period_end TEXT, claim_id TEXT REFERENCES claim (id)) STRICT`,
  'CREATE INDEX provider_adjustment_by_payment ON provider_adjustment (era_payment_id, seq)',
  'CREATE INDEX provider_adjustment_by_claim ON provider_adjustment (claim_id) WHERE claim_id IS NOT NULL',
  // Adjustments that the payer wrote at the claim, not at a line.
  `CREATE TABLE claim_adjustment (remittance_id TEXT NOT NULL REFERENCES remittance (id), seq INTEGER NOT NULL, group_code TEXT NOT NULL CHECK (group_code IN ('CO', 'PR', 'PI', 'OA')), carc TEXT NOT NULL, cents INTEGER NOT NULL,
     PRIMARY KEY (remittance_id, seq)) STRICT, WITHOUT ROWID`,
  // What a plan should pay on a claim, kept as it was when the claim went out.
  `CREATE TABLE expectation (claim_id TEXT PRIMARY KEY REFERENCES claim (id), terms_json TEXT NOT NULL, plan_cents INTEGER NOT NULL, source TEXT NOT NULL, recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL) STRICT`,
  // A payer's own codes on paper EOBs and what they mean, entered once.
  `CREATE TABLE payer_code (payer_id TEXT NOT NULL REFERENCES payer (id), code TEXT NOT NULL, group_code TEXT NOT NULL, carc TEXT NOT NULL, words TEXT NOT NULL, recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL,
     PRIMARY KEY (payer_id, code)) STRICT, WITHOUT ROWID`,
  "CREATE INDEX authorization_by_reference ON authorization (reference) WHERE reference != ''",
  "CREATE INDEX claim_by_payer_number ON claim (payer_claim_number) WHERE payer_claim_number != ''",
  'CREATE INDEX remittance_by_day ON remittance (received_on)',
  'CREATE INDEX remittance_line_by_outcome ON remittance_line (outcome, remittance_id)',
]
