// The sections of the settings, as the index and the palette name them.

export const SECTIONS = {
  office: 'Office',
  dentists: 'Dentists',
  payers: 'Payers and plans',
  rules: 'Payer rules',
  fees: 'Fees',
  codes: 'Codes',
  clearinghouse: 'Clearinghouse',
  people: 'People',
  months: 'Closed months',
  safety: 'Locking',
  backups: 'Backups',
  updates: 'Updates',
  audit: 'Audit trail',
} as const
