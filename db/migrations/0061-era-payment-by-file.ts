// Migration 61: the payments of a remittance file are found by it, as when the very same file comes again.
export const paymentByFileStatements: readonly string[] = [
  'CREATE INDEX IF NOT EXISTS era_payment_by_file ON era_payment (era_file_id, seq)',
]
