// Migration 62: requests that are not sent yet ask for the lines and fees of their case, not for those of the day they were begun.

const DRAFTS = `SELECT a.id FROM authorization a WHERE a.state IN ('to_verify', 'drafting')
  AND EXISTS (SELECT 1 FROM procedure_line l WHERE l.case_id = a.case_id)`
const UUID = `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8'
  || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))`

export const draftStatements: readonly string[] = [
  `DELETE FROM authorization_line WHERE authorization_id IN (${DRAFTS})`,
  `INSERT INTO authorization_line (id, authorization_id, seq, line_id, code, tooth, quantity, fee_cents)
   SELECT ${UUID}, a.id, l.seq, l.id, l.code, l.tooth, l.quantity, l.fee_cents
   FROM authorization a JOIN procedure_line l ON l.case_id = a.case_id WHERE a.id IN (${DRAFTS})`,
]
