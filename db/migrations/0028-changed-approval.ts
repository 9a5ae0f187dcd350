// Migration 28: what the office decided about an approval that differs from the request.

export const changedApprovalStatements: readonly string[] = [
  "ALTER TABLE authorization ADD COLUMN changes_answer TEXT CHECK (changes_answer IN ('accepted', 'requoted'))",
  'ALTER TABLE authorization ADD COLUMN changes_answered_on TEXT',
]
