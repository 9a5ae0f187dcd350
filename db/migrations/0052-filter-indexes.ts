// Migration 52: the worklists of one payer, dentist or person are counted without walking everybody's rows.

const COUNTED = 'state, treatment, kind, sent_on, answer_due_on, valid_to, called_on, last_visit_on, late, stale'

export const filterIndexStatements: readonly string[] = [
  `CREATE INDEX work_by_payer ON authorization_work (payer_id, ${COUNTED}, provider_id, assignee_id)`,
  `CREATE INDEX work_by_provider ON authorization_work (provider_id, ${COUNTED}, payer_id, assignee_id)`,
  `CREATE INDEX work_by_assignee ON authorization_work (assignee_id, ${COUNTED}, payer_id, provider_id)`,
]
