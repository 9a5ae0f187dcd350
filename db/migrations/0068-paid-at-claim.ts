// Migration 68: what an EOB pays for its claim and at no line, so that what is posted is what was paid (CLP04).
export const paidAtClaimStatements: readonly string[] = [
  'ALTER TABLE remittance ADD COLUMN paid_at_claim_cents INTEGER NOT NULL DEFAULT 0',
]
