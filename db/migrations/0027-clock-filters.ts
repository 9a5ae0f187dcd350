// Migration 27: what rings is narrowed by payer and dentist without reading the case.

const COVERED_BY = `SELECT plan.payer_id FROM case_file JOIN coverage ON coverage.id = case_file.coverage_id JOIN plan ON plan.id = coverage.plan_id`

export const clockFilterStatements: readonly string[] = [
  'ALTER TABLE clock ADD COLUMN payer_id TEXT',
  'ALTER TABLE clock ADD COLUMN provider_id TEXT',
  `UPDATE clock SET payer_id = (${COVERED_BY} WHERE case_file.id = clock.case_id),
     provider_id = (SELECT provider_id FROM case_file WHERE case_file.id = clock.case_id)`,
]
