// Migration 40: what an office knows of its payers becomes rules; days and documents that stood with a payer are taken over.

const STAMP = 'version INTEGER NOT NULL DEFAULT 1, updated_by TEXT NOT NULL, updated_at TEXT NOT NULL'
const hex = (bytes: number) => `hex(randomblob(${bytes}))`
const UUID = `lower(${hex(4)} || '-' || ${hex(2)} || '-4' || substr(${hex(2)}, 2) || '-8' || substr(${hex(2)}, 2) || '-' || ${hex(6)})`

/** A rule of every plan, as it was typed with the payer. */
const takeOver = (term: string, from: string, { codes = "json('[]')", words = "''" } = {}) =>
  `INSERT INTO payer_rule (id, payer_id, body_json, is_off, updated_by, updated_at)
     SELECT ${UUID}, payer.id, json_object('term', ${term}, 'codes', ${codes}, 'state', '', 'words', ${words},
       'source', iif(payer.source = '', 'The office’s own list', payer.source), 'docDate', '',
       'seenOn', substr(payer.updated_at, 1, 10), 'confidence', 'reported'), 0, payer.updated_by, payer.updated_at FROM ${from}`
const days = (topic: string, column: string, unit: string, rest: string) =>
  takeOver(
    `json_object('topic', '${topic}', 'count', ${column}, 'unit', '${unit}', 'from', '', ${rest})`,
    `payer WHERE ${column} IS NOT NULL`,
  )

export const payerRules: readonly string[] = [
  `CREATE TABLE payer_rule (id TEXT PRIMARY KEY, payer_id TEXT NOT NULL REFERENCES payer (id), plan_id TEXT REFERENCES plan (id), body_json TEXT NOT
     NULL, replaces TEXT, is_off INTEGER NOT NULL CHECK (is_off IN (0, 1)), basis_json TEXT, ${STAMP}) STRICT`,
  `CREATE INDEX payer_rule_by_payer ON payer_rule (payer_id)`,
  `CREATE INDEX payer_rule_by_plan ON payer_rule (plan_id) WHERE plan_id IS NOT NULL`,
  days('answer', 'usual_answer_days', 'bd', "'kind', NULL, 'expedited', NULL"),
  days('appeal', 'appeal_days', 'cd', "'level', 1"),
  takeOver(
    `json_object('topic', 'filing', 'count', timely_filing_days, 'unit', 'cd', 'from', '')`,
    'payer WHERE timely_filing_days IS NOT NULL',
  ),
  takeOver(
    `json_object('topic', 'document', 'title', one.value ->> 'title', 'kind', one.value ->> 'kind',
       'stages', json(one.value -> 'stages'), 'maxAgeMonths', one.value ->> 'maxAgeMonths')`,
    'payer, json_each(payer.documents_json) AS one',
    { codes: "json(one.value -> 'codes')", words: "one.value ->> 'note'" },
  ),
  ...['usual_answer_days', 'appeal_days', 'timely_filing_days', 'documents_json'].map(
    (column) => `ALTER TABLE payer DROP COLUMN ${column}`,
  ),
]
