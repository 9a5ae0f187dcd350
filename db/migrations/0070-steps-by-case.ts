// Migration 70: the steps of all authorizations, claims and appeals of a case are read at once.
export const stepsByCaseStatements: readonly string[] = ['CREATE INDEX transition_by_case ON transition (case_id, at)']
