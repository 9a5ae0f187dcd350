// What a payer does to a whole check (PLB), in our own words. Source: x12.md 2 (PYX12, OD-835); others are shown as they come.

/** Interest that a payer adds to a check (PLB L6). */
export const INTEREST = 'L6'
/** Whatever a payer keeps back from a check or adds to it (PLB CS). */
export const ADJUSTMENT = 'CS'
const REASONS: Readonly<Record<string, string>> = {
  WO: 'Overpayment recovered by the payer',
  FB: 'Balance carried forward',
  L6: 'Interest paid by the payer',
  L3: 'Penalty',
  LE: 'Levy',
  LS: 'Lump sum',
  CS: 'Adjustment',
  CT: 'Capitation',
  IR: 'Tax withheld',
  '50': 'Late charge',
  '51': 'Interest penalty',
  '72': 'Refund by the office',
}

/** The words for a provider adjustment; the code itself when it is not in the table. */
export function findReason(code: string): string {
  return REASONS[code] ?? code
}
