// The sections of the settings, as the index and the palette name them.

export const SECTIONS = {
  office: 'Office',
  dentists: 'Dentists',
  payers: 'Payers and plans',
  rules: 'Payer rules',
  fees: 'Fees',
  clearinghouse: 'Clearinghouse',
  people: 'People',
  months: 'Closed months',
  safety: 'Locking',
  backups: 'Backups',
  audit: 'Audit trail',
} as const
