// Codes of which a payer asks whether they are the first or replace an earlier one.

/**
 * Inlays, onlays and crowns made for the patient, dentures, implant-borne crowns and dentures, bridges: first and last number.
 * Source: ADA Dental Claim Form, item 43 (crowns, fixed and removable prostheses), and SV305 of the 837D (X12 pack, section 3).
 * Ready-made crowns, repairs and recementing are none.
 */
const PROSTHESES: readonly (readonly [number, number])[] = [
  [2510, 2799],
  [5110, 5299],
  [5810, 5821],
  [5863, 5866],
  [6058, 6077],
  [6082, 6088],
  [6094, 6094],
  [6097, 6099],
  [6110, 6123],
  [6194, 6195],
  [6205, 6253],
  [6545, 6794],
]

export function isProsthesis(code: string): boolean {
  const number = Number(code.slice(1))
  return PROSTHESES.some(([first, last]) => number >= first && number <= last)
}
