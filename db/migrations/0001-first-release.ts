// Migration 1: every table of the first release. Tables STRICT, text ids, ISO dates, integer cents; JSON text where named *_json.

/** Of rows that people edit: who saved a version nobody else has saved since. */
const STAMP = 'version INTEGER NOT NULL DEFAULT 1, updated_by TEXT NOT NULL, updated_at TEXT NOT NULL'
const ADDRESS = 'street TEXT NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL, zip TEXT NOT NULL'

/** Entered by mistake, or another person's record now. */
const STANDINGS = "('active', 'voided', 'merged')"

export const firstRelease: readonly string[] = [
  // The people of the office, its settings, unsaved input; the trail is append-only.
  `CREATE TABLE app_user (id TEXT PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, role TEXT NOT NULL, active INTEGER NOT NULL CHECK (active IN (0, 1)),
     created_at TEXT NOT NULL, wrapped_json TEXT, CHECK ((active = 1) = (wrapped_json IS NOT NULL))) STRICT`,
  `CREATE UNIQUE INDEX app_user_by_name ON app_user (name) WHERE active = 1`,
  `CREATE TABLE key_file (id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER NOT NULL, recovery_json TEXT NOT NULL) STRICT`,
  `CREATE TABLE setting (key TEXT PRIMARY KEY, value_json TEXT NOT NULL) STRICT, WITHOUT ROWID`,
  `CREATE TABLE draft (user_id TEXT NOT NULL, scope TEXT NOT NULL, value_json TEXT NOT NULL, updated_at TEXT NOT NULL, PRIMARY KEY (user_id, scope))
     STRICT, WITHOUT ROWID`,
  `CREATE TABLE audit (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, user_id TEXT, session_id TEXT NOT NULL, action TEXT NOT NULL, entity TEXT NOT NULL,
     entity_id TEXT NOT NULL, patient_id TEXT, before_json TEXT, after_json TEXT, reason TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL)
     STRICT`,
  `CREATE INDEX audit_by_entity ON audit (entity_id, seq)`,
  `CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END`,
  `CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END`,
  // The office, its dentists, payers and plans.
  `CREATE TABLE office (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, ${ADDRESS}, phone TEXT NOT NULL, npi TEXT NOT NULL, tax_id TEXT NOT
     NULL, ${STAMP}) STRICT`,
  `CREATE TABLE provider (id TEXT PRIMARY KEY, first_name TEXT NOT NULL, last_name TEXT NOT NULL, npi TEXT NOT NULL, license TEXT NOT NULL, taxonomy TEXT
     NOT NULL, active INTEGER NOT NULL CHECK (active IN (0, 1)), ${STAMP}) STRICT`,
  `CREATE TABLE payer (id TEXT PRIMARY KEY, name TEXT NOT NULL, payer_code TEXT NOT NULL, kind TEXT NOT NULL, ${ADDRESS}, phone TEXT NOT NULL, portal
     TEXT NOT NULL, rules_key TEXT NOT NULL, usual_answer_days INTEGER, appeal_days INTEGER, timely_filing_days INTEGER, reporting_mode TEXT NOT NULL,
     documents_json TEXT NOT NULL DEFAULT '[]', source TEXT NOT NULL, ${STAMP}, own_answer_days INTEGER, own_answers INTEGER NOT NULL DEFAULT 0) STRICT`,
  // The office's own fees and those of each contract, with the days from which they hold.
  `CREATE TABLE fee_schedule (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('office', 'contract')), members_json TEXT NOT
     NULL, ends_on TEXT, editions_json TEXT NOT NULL, ${STAMP}) STRICT`,
  `CREATE UNIQUE INDEX fee_schedule_of_office ON fee_schedule (kind) WHERE kind = 'office'`,
  `CREATE TABLE plan (id TEXT PRIMARY KEY, payer_id TEXT NOT NULL REFERENCES payer (id), name TEXT NOT NULL, group_number TEXT NOT NULL, network TEXT NOT
     NULL, fee_schedule_id TEXT REFERENCES fee_schedule (id), benefit_year_month INTEGER, annual_max_cents INTEGER, deductible_cents INTEGER,
     family_deductible_cents INTEGER, family_max_cents INTEGER, orthodontic_max_cents INTEGER, endo_percent INTEGER, benefits_json TEXT NOT NULL,
     code_benefits_json TEXT NOT NULL, ${STAMP}) STRICT`,
  `CREATE INDEX plan_by_payer ON plan (payer_id)`,
  `CREATE INDEX plan_by_fee_schedule ON plan (fee_schedule_id) WHERE fee_schedule_id IS NOT NULL`,
  // Patients and their coverages.
  `CREATE TABLE patient (id TEXT PRIMARY KEY, last_name TEXT NOT NULL, first_name TEXT NOT NULL, birth_date TEXT NOT NULL, gender TEXT NOT NULL CHECK
     (gender IN ('M', 'F', 'U')), ${ADDRESS}, phone TEXT NOT NULL, guarantor TEXT NOT NULL, external_id TEXT NOT NULL, note TEXT NOT NULL, sort_name
     TEXT NOT NULL, ${STAMP}, mobile TEXT NOT NULL DEFAULT '', email TEXT NOT NULL DEFAULT '', standing TEXT NOT NULL DEFAULT 'active' CHECK (standing
     IN ${STANDINGS}), void_reason TEXT NOT NULL DEFAULT '', undo_id TEXT REFERENCES undo_entry (id), merged_into TEXT REFERENCES patient (id)) STRICT`,
  `CREATE UNIQUE INDEX patient_by_name ON patient (sort_name)`,
  `CREATE INDEX patient_by_birth ON patient (birth_date)`,
  `CREATE INDEX patient_gone ON patient (standing, sort_name) WHERE standing != 'active'`,
  `CREATE INDEX patient_merged ON patient (merged_into) WHERE merged_into IS NOT NULL`,
  `CREATE TRIGGER tally_patient AFTER INSERT ON patient BEGIN INSERT INTO tally VALUES ('patient', '', 1) ON CONFLICT DO UPDATE SET n = n + 1; END`,
  `CREATE TRIGGER tally_patient_gone AFTER DELETE ON patient BEGIN UPDATE tally SET n = n - 1 WHERE what = 'patient' AND key = ''; END`,
  `CREATE TRIGGER tally_patient_left AFTER UPDATE OF standing ON patient WHEN OLD.standing = 'active' AND NEW.standing != 'active' BEGIN UPDATE tally SET
     n = n - 1 WHERE what = 'patient' AND key = ''; END`,
  `CREATE TRIGGER tally_patient_back AFTER UPDATE OF standing ON patient WHEN OLD.standing != 'active' AND NEW.standing = 'active' BEGIN UPDATE tally SET
     n = n + 1 WHERE what = 'patient' AND key = ''; END`,
  `CREATE TABLE coverage (id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id), plan_id TEXT NOT NULL REFERENCES plan (id), ordinal TEXT
     NOT NULL, member_id TEXT NOT NULL, relation TEXT NOT NULL, subscriber_last_name TEXT NOT NULL, subscriber_first_name TEXT NOT NULL,
     subscriber_birth_date TEXT, subscriber_gender TEXT NOT NULL, subscriber_employer TEXT NOT NULL, ${ADDRESS}, valid_from TEXT, valid_to TEXT,
     removed INTEGER NOT NULL DEFAULT 0, ${STAMP}) STRICT`,
  `CREATE INDEX coverage_by_patient ON coverage (patient_id)`,
  `CREATE INDEX coverage_by_plan ON coverage (plan_id)`,
  // The case: what is known, decided, planned and done.
  `CREATE TABLE case_file (id TEXT PRIMARY KEY, patient_id TEXT NOT NULL REFERENCES patient (id), guide_id TEXT NOT NULL, tooth TEXT, area TEXT,
     coverage_id TEXT REFERENCES coverage (id), provider_id TEXT REFERENCES provider (id), assignee_id TEXT REFERENCES app_user (id), treatment TEXT
     NOT NULL, reporting_mode TEXT, state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'voided')), close_reason TEXT NOT NULL, closed_at TEXT, step TEXT NOT
     NULL, main_code TEXT, status TEXT NOT NULL, progress TEXT NOT NULL, fee_cents INTEGER NOT NULL, snoozed_until TEXT, snooze_reason TEXT NOT NULL,
     created_by TEXT NOT NULL, created_at TEXT NOT NULL, ${STAMP}, snoozed_on TEXT, void_reason TEXT NOT NULL DEFAULT '') STRICT`,
  // The calendar asks of hundreds of cases whether they are open: by this, without reading them.
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
  `CREATE TABLE case_fact (case_id TEXT NOT NULL REFERENCES case_file (id), fact TEXT NOT NULL, value_json TEXT NOT NULL, answered_by TEXT NOT NULL,
     answered_at TEXT NOT NULL, PRIMARY KEY (case_id, fact)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE code_decision (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), codes_json TEXT NOT NULL, rule_id TEXT, provider_id
     TEXT REFERENCES provider (id), override_reason TEXT NOT NULL, recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL) STRICT`,
  `CREATE INDEX code_decision_by_case ON code_decision (case_id, recorded_at)`,
  `CREATE TABLE visit (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), seq INTEGER NOT NULL, phase TEXT NOT NULL, planned_on TEXT,
     done_on TEXT) STRICT`,
  `CREATE INDEX visit_by_case ON visit (case_id, seq)`,
  `CREATE INDEX visit_by_plan ON visit (planned_on, case_id, done_on) WHERE planned_on IS NOT NULL AND done_on IS NULL`,
  `CREATE TABLE procedure_line (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), visit_id TEXT REFERENCES visit (id) ON DELETE SET
     NULL, seq INTEGER NOT NULL, code TEXT NOT NULL, role TEXT NOT NULL, tooth TEXT, area TEXT, surfaces TEXT NOT NULL, quantity INTEGER NOT NULL,
     fee_cents INTEGER NOT NULL, service_date TEXT, note TEXT NOT NULL) STRICT`,
  `CREATE INDEX procedure_line_by_case ON procedure_line (case_id, seq)`,
  `CREATE INDEX procedure_line_by_visit ON procedure_line (visit_id)`,
  `CREATE INDEX procedure_line_by_code ON procedure_line (code, id)`,
  `CREATE TABLE benefit_check (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), coverage_id TEXT, plan_id TEXT, kind TEXT NOT NULL,
     code TEXT, answer TEXT NOT NULL, authorization_kind TEXT, source TEXT NOT NULL, representative TEXT NOT NULL, reference TEXT NOT NULL, checked_on
     TEXT NOT NULL, note TEXT NOT NULL, recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL) STRICT`,
  `CREATE INDEX benefit_check_by_case ON benefit_check (case_id, recorded_at)`,
  `CREATE INDEX benefit_check_by_plan ON benefit_check (plan_id, kind, code, checked_on)`,
  `CREATE TABLE estimate (case_id TEXT PRIMARY KEY REFERENCES case_file (id), coverage_id TEXT NOT NULL, network TEXT NOT NULL, contract_cents INTEGER,
     expected_plan_cents INTEGER, source TEXT NOT NULL, recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL) STRICT`,
  // What a case has in evidence.
  `CREATE TABLE item_answer (case_id TEXT NOT NULL REFERENCES case_file (id), item_key TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL,
     recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL, PRIMARY KEY (case_id, item_key)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE attachment (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), kind TEXT NOT NULL, taken_on TEXT, tooth TEXT,
     orientation TEXT NOT NULL, visit_id TEXT REFERENCES visit (id) ON DELETE SET NULL, caption TEXT NOT NULL, media_type TEXT NOT NULL, bytes INTEGER
     NOT NULL, sha256 TEXT NOT NULL, blob_id TEXT NOT NULL, blob_key TEXT NOT NULL, added_by TEXT NOT NULL, added_at TEXT NOT NULL, removed_at TEXT,
     ${STAMP}) STRICT`,
  `CREATE INDEX attachment_by_case ON attachment (case_id)`,
  `CREATE INDEX attachment_by_visit ON attachment (visit_id) WHERE visit_id IS NOT NULL`,
  `CREATE TABLE patient_payment (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), paid_on TEXT NOT NULL, cents INTEGER NOT NULL
     CHECK (cents > 0), means TEXT NOT NULL, note TEXT NOT NULL, recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL, taken_back_at TEXT) STRICT`,
  `CREATE INDEX patient_payment_by_case ON patient_payment (case_id, paid_on)`,
  `CREATE TABLE chart_note (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), visit_id TEXT REFERENCES visit (id) ON DELETE SET NULL,
     noted_on TEXT NOT NULL, author TEXT NOT NULL, body TEXT NOT NULL, item_keys_json TEXT NOT NULL, removed_at TEXT, ${STAMP}) STRICT`,
  `CREATE INDEX chart_note_by_case ON chart_note (case_id, noted_on)`,
  `CREATE INDEX chart_note_by_visit ON chart_note (visit_id) WHERE visit_id IS NOT NULL`,
  `CREATE TABLE narrative (case_id TEXT PRIMARY KEY REFERENCES case_file (id), body TEXT NOT NULL, ${STAMP}) STRICT`,
  // Authorizations, the steps of their lives, and packets as sent.
  `CREATE TABLE authorization (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), coverage_id TEXT REFERENCES coverage (id), kind TEXT
     NOT NULL, state TEXT NOT NULL, channel TEXT, reference TEXT NOT NULL, contact TEXT NOT NULL, sent_on TEXT, expected_on TEXT, expected_basis TEXT
     NOT NULL, info_due_on TEXT, decided_on TEXT, valid_from TEXT, valid_to TEXT, valid_basis TEXT NOT NULL, appeal_days INTEGER, patient_called_on TEXT,
     booked_for TEXT, note TEXT NOT NULL, created_at TEXT NOT NULL, ${STAMP}, approval_json TEXT, stale_json TEXT, stale_since TEXT, changes_answer TEXT CHECK
     (changes_answer IN ('accepted', 'requoted')), changes_answered_on TEXT) STRICT`,
  `CREATE INDEX authorization_by_case ON authorization (case_id)`,
  `CREATE INDEX authorization_by_state ON authorization (state, sent_on, id)`,
  `CREATE INDEX authorization_by_information ON authorization (info_due_on, state, case_id) WHERE info_due_on IS NOT NULL`,
  `CREATE INDEX authorization_by_booking ON authorization (booked_for, state, case_id) WHERE booked_for IS NOT NULL`,
  `CREATE INDEX authorization_by_reference ON authorization (reference) WHERE reference != ''`,
  `CREATE TABLE authorization_line (id TEXT PRIMARY KEY, authorization_id TEXT NOT NULL REFERENCES authorization (id) ON DELETE CASCADE, seq INTEGER NOT
     NULL, line_id TEXT, code TEXT NOT NULL, tooth TEXT, area TEXT, quantity INTEGER NOT NULL, fee_cents INTEGER NOT NULL, approved_code TEXT,
     approved_tooth TEXT, approved_quantity INTEGER, approved_cents INTEGER, patient_cents INTEGER) STRICT`,
  `CREATE INDEX authorization_line_by_authorization ON authorization_line (authorization_id, seq)`,
  `CREATE TABLE transition (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), entity TEXT NOT NULL, entity_id TEXT NOT NULL, event
     TEXT NOT NULL, from_state TEXT NOT NULL, to_state TEXT NOT NULL, on_date TEXT NOT NULL, note TEXT NOT NULL, user_id TEXT NOT NULL, at TEXT NOT
     NULL, before_json TEXT) STRICT`,
  `CREATE INDEX transition_by_entity ON transition (entity_id, at)`,
  `CREATE INDEX transition_by_case ON transition (case_id, at)`,
  // Claims, what was expected of them, and what came of them.
  `CREATE TABLE claim (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), coverage_id TEXT REFERENCES coverage (id), authorization_id
     TEXT REFERENCES authorization (id), number TEXT NOT NULL UNIQUE, state TEXT NOT NULL, form_json TEXT NOT NULL, total_cents INTEGER NOT NULL,
     sent_on TEXT, channel TEXT, send_reason TEXT NOT NULL, frequency TEXT NOT NULL, replaces_id TEXT REFERENCES claim (id), payer_claim_number TEXT
     NOT NULL, created_at TEXT NOT NULL, ${STAMP}) STRICT`,
  `CREATE INDEX claim_by_case ON claim (case_id)`,
  `CREATE INDEX claim_by_coverage ON claim (coverage_id) WHERE coverage_id IS NOT NULL`,
  `CREATE INDEX claim_by_state ON claim (state, sent_on, id)`,
  `CREATE INDEX claim_by_payer_number ON claim (payer_claim_number) WHERE payer_claim_number != ''`,
  `CREATE TABLE claim_line (id TEXT PRIMARY KEY, claim_id TEXT NOT NULL REFERENCES claim (id) ON DELETE CASCADE, seq INTEGER NOT NULL, line_id TEXT,
     service_date TEXT, area TEXT, tooth TEXT, surfaces TEXT NOT NULL, code TEXT NOT NULL, diagnosis_pointers TEXT NOT NULL, quantity INTEGER NOT
     NULL, description TEXT NOT NULL, fee_cents INTEGER NOT NULL) STRICT`,
  `CREATE INDEX claim_line_by_claim ON claim_line (claim_id, seq)`,
  `CREATE TABLE expectation (claim_id TEXT PRIMARY KEY REFERENCES claim (id), terms_json TEXT NOT NULL, plan_cents INTEGER, source TEXT NOT NULL,
     recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL) STRICT`,
  `CREATE TABLE remittance (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), claim_id TEXT NOT NULL REFERENCES claim (id), eob_date
     TEXT NOT NULL, received_on TEXT NOT NULL, payer_claim_number TEXT NOT NULL, payment_number TEXT NOT NULL, method TEXT NOT NULL,
     appeal_days_on_letter INTEGER, information_due_on TEXT, note TEXT NOT NULL, paid_cents INTEGER NOT NULL, outcome TEXT NOT NULL,
     expected_plan_cents INTEGER, reversed_at TEXT, reversal_reason TEXT NOT NULL, entered_by TEXT NOT NULL, entered_at TEXT NOT NULL,
     paid_at_claim_cents INTEGER NOT NULL DEFAULT 0, interest_cents INTEGER NOT NULL DEFAULT 0,
     withheld_cents INTEGER NOT NULL DEFAULT 0, check_total_cents INTEGER) STRICT`,
  `CREATE INDEX remittance_by_payment ON remittance (payment_number, eob_date)`,
  `CREATE INDEX remittance_of_check ON remittance (received_on) WHERE interest_cents != 0 OR withheld_cents != 0`,
  `CREATE INDEX remittance_by_case ON remittance (case_id)`,
  `CREATE INDEX remittance_by_claim ON remittance (claim_id)`,
  `CREATE INDEX remittance_by_day ON remittance (received_on)`,
  `CREATE TABLE remittance_line (id TEXT PRIMARY KEY, remittance_id TEXT NOT NULL REFERENCES remittance (id), seq INTEGER NOT NULL, claim_line_id TEXT
     REFERENCES claim_line (id), code TEXT NOT NULL, submitted_code TEXT, tooth TEXT, billed_cents INTEGER NOT NULL, allowed_cents INTEGER,
     deductible_cents INTEGER NOT NULL, coinsurance_cents INTEGER NOT NULL, paid_cents INTEGER NOT NULL, outcome TEXT NOT NULL, cause TEXT) STRICT`,
  `CREATE INDEX remittance_line_by_remittance ON remittance_line (remittance_id, seq)`,
  `CREATE INDEX remittance_line_by_claim_line ON remittance_line (claim_line_id)`,
  `CREATE INDEX remittance_line_by_outcome ON remittance_line (outcome, remittance_id)`,
  `CREATE TABLE adjustment (id TEXT PRIMARY KEY, remittance_line_id TEXT NOT NULL REFERENCES remittance_line (id), seq INTEGER NOT NULL, group_code TEXT
     NOT NULL CHECK (group_code IN ('CO', 'PR', 'PI', 'OA')), carc TEXT NOT NULL, cents INTEGER NOT NULL) STRICT`,
  `CREATE INDEX adjustment_by_line ON adjustment (remittance_line_id, seq)`,
  `CREATE TABLE claim_adjustment (remittance_id TEXT NOT NULL REFERENCES remittance (id), seq INTEGER NOT NULL, group_code TEXT NOT NULL CHECK
     (group_code IN ('CO', 'PR', 'PI', 'OA')), carc TEXT NOT NULL, cents INTEGER NOT NULL, PRIMARY KEY (remittance_id, seq)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE remark (remittance_line_id TEXT NOT NULL REFERENCES remittance_line (id), seq INTEGER NOT NULL, rarc TEXT NOT NULL, PRIMARY KEY
     (remittance_line_id, seq)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE payer_code (payer_id TEXT NOT NULL REFERENCES payer (id), code TEXT NOT NULL, group_code TEXT NOT NULL, carc TEXT NOT NULL, words TEXT
     NOT NULL, recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL, PRIMARY KEY (payer_id, code)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE appeal (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), claim_id TEXT NOT NULL REFERENCES claim (id), remittance_id
     TEXT REFERENCES remittance (id), level TEXT NOT NULL, state TEXT NOT NULL, deadline_on TEXT, deadline_json TEXT, letter_json TEXT NOT NULL,
     sent_on TEXT, channel TEXT, decided_on TEXT, outcome_note TEXT NOT NULL, created_at TEXT NOT NULL, ${STAMP}, next_days INTEGER) STRICT`,
  `CREATE INDEX appeal_by_case ON appeal (case_id)`,
  `CREATE TABLE packet (id TEXT PRIMARY KEY, authorization_id TEXT REFERENCES authorization (id), appeal_id TEXT REFERENCES appeal (id), case_id TEXT NOT
     NULL REFERENCES case_file (id), channel TEXT NOT NULL, form TEXT NOT NULL CHECK (form IN ('pdf', 'folder')), remark TEXT NOT NULL, sent_by TEXT
     NOT NULL REFERENCES app_user (id), sent_at TEXT NOT NULL, CHECK ((authorization_id IS NULL) != (appeal_id IS NULL))) STRICT`,
  `CREATE INDEX packet_by_authorization ON packet (authorization_id) WHERE authorization_id IS NOT NULL`,
  `CREATE INDEX packet_by_appeal ON packet (appeal_id) WHERE appeal_id IS NOT NULL`,
  `CREATE INDEX packet_by_case ON packet (case_id)`,
  `CREATE TABLE packet_file (packet_id TEXT NOT NULL REFERENCES packet (id), seq INTEGER NOT NULL, name TEXT NOT NULL, media TEXT NOT NULL, bytes INTEGER
     NOT NULL, sha256 TEXT NOT NULL, blob_id TEXT NOT NULL, blob_key TEXT NOT NULL, PRIMARY KEY (packet_id, seq)) STRICT, WITHOUT ROWID`,
  // Files in X12: claims out, answers and remittances in.
  `CREATE TABLE claim_file (id TEXT PRIMARY KEY, control INTEGER NOT NULL UNIQUE, is_test INTEGER NOT NULL CHECK (is_test IN (0, 1)), body TEXT NOT NULL,
     sha256 TEXT NOT NULL, state TEXT NOT NULL, written_by TEXT NOT NULL, written_at TEXT NOT NULL) STRICT`,
  `CREATE TABLE claim_file_item (claim_file_id TEXT NOT NULL REFERENCES claim_file (id), seq INTEGER NOT NULL, number TEXT NOT NULL, claim_id TEXT
     REFERENCES claim (id), authorization_id TEXT REFERENCES authorization (id) ON DELETE CASCADE, answer TEXT NOT NULL, answered_on TEXT,
     reasons_json TEXT NOT NULL, PRIMARY KEY (claim_file_id, seq)) STRICT, WITHOUT ROWID`,
  `CREATE INDEX claim_file_item_by_number ON claim_file_item (number)`,
  `CREATE INDEX claim_file_item_by_claim ON claim_file_item (claim_id) WHERE claim_id IS NOT NULL`,
  `CREATE INDEX claim_file_item_open ON claim_file_item (claim_id) WHERE answer = 'none'`,
  `CREATE INDEX claim_file_item_by_authorization ON claim_file_item (authorization_id) WHERE authorization_id IS NOT NULL`,
  `CREATE TABLE acknowledgement (id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, body TEXT NOT NULL, read_by TEXT NOT NULL, read_at TEXT NOT NULL)
     STRICT`,
  `CREATE TABLE era_file (id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, bytes INTEGER NOT NULL, warnings_json TEXT NOT NULL, imported_by TEXT NOT
     NULL, imported_at TEXT NOT NULL) STRICT`,
  `CREATE TABLE era_piece (era_file_id TEXT NOT NULL REFERENCES era_file (id), seq INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (era_file_id, seq))
     STRICT, WITHOUT ROWID`,
  `CREATE TABLE era_payment (id TEXT PRIMARY KEY, era_file_id TEXT NOT NULL REFERENCES era_file (id), seq INTEGER NOT NULL, identity TEXT NOT NULL
     UNIQUE, payer_name TEXT NOT NULL, payer_tax_id TEXT NOT NULL, trace TEXT NOT NULL, method TEXT NOT NULL, amount_cents INTEGER, paid_on TEXT,
     received_on TEXT NOT NULL, header_json TEXT NOT NULL, difference_cents INTEGER, claim_count INTEGER NOT NULL, open_count INTEGER NOT NULL) STRICT`,
  `CREATE INDEX era_payment_by_day ON era_payment (received_on, id)`,
  `CREATE INDEX era_payment_open ON era_payment (open_count, received_on, id)`,
  `CREATE INDEX era_payment_by_file ON era_payment (era_file_id, seq)`,
  `CREATE TABLE era_claim (id TEXT PRIMARY KEY, era_payment_id TEXT NOT NULL REFERENCES era_payment (id), seq INTEGER NOT NULL, number TEXT NOT NULL,
     payer_claim_number TEXT NOT NULL, status TEXT NOT NULL, charge_cents INTEGER, paid_cents INTEGER, difference_cents INTEGER, body_json TEXT NOT
     NULL, state TEXT NOT NULL, reason TEXT NOT NULL, claim_id TEXT REFERENCES claim (id), authorization_id TEXT REFERENCES authorization (id) ON
     DELETE SET NULL, basis TEXT NOT NULL, remittance_id TEXT REFERENCES remittance (id)) STRICT`,
  `CREATE INDEX era_claim_by_payment ON era_claim (era_payment_id, seq)`,
  `CREATE INDEX era_claim_by_state ON era_claim (state, era_payment_id, seq)`,
  `CREATE INDEX era_claim_by_payer_number ON era_claim (payer_claim_number) WHERE payer_claim_number != ''`,
  `CREATE INDEX era_claim_by_claim ON era_claim (claim_id) WHERE claim_id IS NOT NULL`,
  `CREATE INDEX era_claim_by_remittance ON era_claim (remittance_id) WHERE remittance_id IS NOT NULL`,
  `CREATE TABLE provider_adjustment (id TEXT PRIMARY KEY, era_payment_id TEXT NOT NULL REFERENCES era_payment (id), seq INTEGER NOT NULL, reason TEXT NOT
     NULL, reference TEXT NOT NULL, cents INTEGER, provider_npi TEXT NOT NULL, period_end TEXT, claim_id TEXT REFERENCES claim (id)) STRICT`,
  `CREATE INDEX provider_adjustment_by_payment ON provider_adjustment (era_payment_id, seq)`,
  `CREATE INDEX provider_adjustment_by_claim ON provider_adjustment (claim_id) WHERE claim_id IS NOT NULL`,
  // Work: tasks, events, and what lists and clocks read, derived after every command on a case.
  `CREATE TABLE task (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), title TEXT NOT NULL, due_on TEXT NOT NULL, assignee_id TEXT
     REFERENCES app_user (id), kind TEXT NOT NULL, note TEXT NOT NULL, remittance_id TEXT REFERENCES remittance (id), done_at TEXT, created_at TEXT NOT
     NULL, ${STAMP}) STRICT`,
  `CREATE INDEX task_by_case ON task (case_id, due_on)`,
  `CREATE INDEX task_by_day ON task (due_on, case_id, done_at) WHERE done_at IS NULL`,
  `CREATE TABLE case_event (id TEXT PRIMARY KEY, case_id TEXT NOT NULL REFERENCES case_file (id), at TEXT NOT NULL, on_date TEXT NOT NULL, user_id TEXT
     NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL) STRICT`,
  `CREATE INDEX case_event_by_case ON case_event (case_id, at)`,
  `CREATE TABLE clock (case_id TEXT NOT NULL REFERENCES case_file (id), key TEXT NOT NULL, due_on TEXT NOT NULL, urgent_on TEXT NOT NULL, kind TEXT NOT
     NULL, params_json TEXT NOT NULL, step TEXT NOT NULL, assignee_id TEXT, task_id TEXT, waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
     authorization_id TEXT, payer_id TEXT, provider_id TEXT, PRIMARY KEY (case_id, key)) STRICT, WITHOUT ROWID`,
  `CREATE INDEX clock_by_assignee_urgency ON clock (assignee_id, urgent_on, due_on)`,
  `CREATE INDEX clock_by_assignee_due ON clock (assignee_id, waiting, due_on)`,
  `CREATE INDEX clock_by_kind ON clock (kind, urgent_on)`,
  `CREATE INDEX clock_by_urgency ON clock (urgent_on, due_on, case_id, key, payer_id, provider_id)`,
  `CREATE INDEX clock_by_due ON clock (waiting, due_on, case_id, key, payer_id, provider_id)`,
  `CREATE TABLE authorization_work (id TEXT PRIMARY KEY, authorization_id TEXT, case_id TEXT NOT NULL REFERENCES case_file (id), state TEXT NOT NULL,
     kind TEXT, payer_id TEXT, provider_id TEXT, assignee_id TEXT, sort_name TEXT NOT NULL, treatment TEXT NOT NULL, sent_on TEXT, answer_due_on TEXT,
     valid_to TEXT, called_on TEXT, last_visit_on TEXT, late INTEGER NOT NULL CHECK (late IN (0, 1)), stale INTEGER NOT NULL CHECK (stale IN (0, 1)),
     urgent_on TEXT NOT NULL, clock_key TEXT) STRICT, WITHOUT ROWID`,
  `CREATE INDEX authorization_work_by_case ON authorization_work (case_id)`,
  `CREATE INDEX authorization_work_by_answer ON authorization_work (answer_due_on, case_id) WHERE answer_due_on IS NOT NULL`,
  `CREATE INDEX work_open ON authorization_work (urgent_on, id, payer_id, provider_id, assignee_id, kind, state, sent_on) WHERE state IN ('to_verify',
     'drafting', 'submitted', 'info_requested', 'appealed')`,
  `CREATE INDEX work_unanswered ON authorization_work (answer_due_on, id, payer_id, provider_id, assignee_id, kind, state, sent_on) WHERE state =
     'submitted' AND answer_due_on IS NOT NULL`,
  `CREATE INDEX work_information ON authorization_work (urgent_on, id, payer_id, provider_id, assignee_id, kind, state, sent_on) WHERE state =
     'info_requested'`,
  `CREATE INDEX work_expiring ON authorization_work (valid_to, id, payer_id, provider_id, assignee_id, kind, state, sent_on, treatment, case_id)
     WHERE state IN ('approved',
     'approved_modified') AND treatment != 'done' AND valid_to IS NOT NULL`,
  `CREATE INDEX work_not_called ON authorization_work (urgent_on, id, payer_id, provider_id, assignee_id, kind, state, sent_on, treatment, called_on)
     WHERE state IN
     ('approved', 'approved_modified') AND treatment = 'planned' AND called_on IS NULL`,
  `CREATE INDEX work_not_booked ON authorization_work (urgent_on, id, payer_id, provider_id, assignee_id, kind, state, sent_on, last_visit_on, treatment, called_on)
     WHERE
     state IN ('approved', 'approved_modified') AND treatment = 'planned' AND called_on IS NOT NULL`,
  `CREATE INDEX work_booked_late ON authorization_work (urgent_on, id, payer_id, provider_id, assignee_id, kind, state, sent_on, treatment, late)
     WHERE state IN
     ('approved', 'approved_modified') AND treatment != 'done' AND late = 1`,
  `CREATE INDEX work_to_verify ON authorization_work (urgent_on, id, payer_id, provider_id, assignee_id, kind, state, sent_on)
     WHERE state = 'to_verify'`,
  `CREATE INDEX work_stale ON authorization_work (urgent_on, id, payer_id, provider_id, assignee_id, kind, state, sent_on, treatment, stale)
     WHERE state IN ('approved',
     'approved_modified') AND treatment != 'done' AND stale = 1`,
  `CREATE INDEX work_by_payer ON authorization_work (payer_id, state, treatment, kind, sent_on, answer_due_on, valid_to, called_on, last_visit_on, late,
     stale, provider_id, assignee_id)`,
  `CREATE INDEX work_by_provider ON authorization_work (provider_id, state, treatment, kind, sent_on, answer_due_on, valid_to, called_on, last_visit_on,
     late, stale, payer_id, assignee_id)`,
  `CREATE INDEX work_by_assignee ON authorization_work (assignee_id, state, treatment, kind, sent_on, answer_due_on, valid_to, called_on, last_visit_on,
     late, stale, payer_id, provider_id)`,
  `CREATE TABLE search_term (term TEXT NOT NULL, kind TEXT NOT NULL, entity_id TEXT NOT NULL, patient_id TEXT NOT NULL, PRIMARY KEY (term, entity_id))
     STRICT, WITHOUT ROWID`,
  `CREATE INDEX search_term_by_patient ON search_term (patient_id, term, entity_id)`,
  `CREATE TABLE tally (what TEXT NOT NULL, key TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (what, key)) STRICT, WITHOUT ROWID`,
  `CREATE TABLE undo_entry (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, at TEXT NOT NULL, action TEXT NOT NULL, before_json TEXT NOT NULL, used_at TEXT)
     STRICT`,
  `CREATE TABLE import_batch (id TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('authorization', 'patient')), sha256 TEXT NOT NULL, rows INTEGER NOT NULL, imported_by TEXT NOT NULL, imported_at TEXT NOT NULL,
     undone_at TEXT) STRICT`,
  `CREATE TABLE import_row (import_id TEXT NOT NULL REFERENCES import_batch (id), seq INTEGER NOT NULL, entity TEXT NOT NULL, entity_id TEXT NOT NULL,
     version INTEGER NOT NULL, before_json TEXT, PRIMARY KEY (import_id, seq)) STRICT, WITHOUT ROWID`,
  // What the practice system's list said of a person last: what it says anew is told from what was edited here.
  `CREATE TABLE listed_person (patient_id TEXT PRIMARY KEY REFERENCES patient (id) ON DELETE CASCADE, said_json TEXT NOT NULL, listed_on TEXT NOT NULL)
     STRICT, WITHOUT ROWID`,
]
