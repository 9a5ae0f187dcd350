// Migration 66: what a plan should pay may be not known; endodontic percentages leave the lines of other classes.

/** Kept by the app itself from the plan's endodontic percentage, never typed by a person. */
const KEPT_FROM_PLAN = `source LIKE '%: % \\%, deductible %' ESCAPE '\\'`
const OTHER_CLASS = `(c.code NOT LIKE 'D3___')`

export const benefitClassStatements: readonly string[] = [
  `CREATE TABLE expectation_66 (claim_id TEXT PRIMARY KEY REFERENCES claim (id), terms_json TEXT NOT NULL, plan_cents INTEGER, source TEXT NOT NULL, recorded_by TEXT NOT NULL, recorded_at TEXT NOT NULL) STRICT`,
  `INSERT INTO expectation_66 (claim_id, terms_json, plan_cents, source, recorded_by, recorded_at)
     SELECT claim_id, terms_json, plan_cents, source, recorded_by, recorded_at FROM expectation`,
  'DROP TABLE expectation',
  'ALTER TABLE expectation_66 RENAME TO expectation',
  // Decisions were measured by the same wrong figure.
  `UPDATE remittance SET expected_plan_cents = NULL WHERE claim_id IN
     (SELECT x.claim_id FROM expectation x JOIN claim_line c ON c.claim_id = x.claim_id WHERE x.${KEPT_FROM_PLAN} AND ${OTHER_CLASS})`,
  `DELETE FROM expectation WHERE ${KEPT_FROM_PLAN} AND NOT EXISTS (SELECT 1 FROM claim_line c WHERE c.claim_id = expectation.claim_id AND NOT ${OTHER_CLASS})`,
  `UPDATE expectation SET plan_cents = NULL, terms_json = json_set(terms_json, '$.lines', json(
     (SELECT json_group_array(json(term)) FROM
       (SELECT CASE WHEN ${OTHER_CLASS} THEN json_set(l.value, '$.percent', NULL) ELSE l.value END AS term
          FROM json_each(expectation.terms_json, '$.lines') l JOIN claim_line c ON c.claim_id = expectation.claim_id AND c.seq = l.key + 1
          ORDER BY c.seq))))
     WHERE ${KEPT_FROM_PLAN} AND EXISTS (SELECT 1 FROM claim_line c WHERE c.claim_id = expectation.claim_id AND ${OTHER_CLASS})`,
]
