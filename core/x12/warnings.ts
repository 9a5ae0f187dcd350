// The closed list of what can be odd about an X12 file. Reading never throws on content: it warns and goes on.
import * as z from 'zod'

const WARNING_CODES = [
  // File and envelope
  'no_envelope',
  'isa_not_padded',
  'stray_text',
  'unterminated',
  'segment_too_long',
  'line_break_in_segment',
  'count_mismatch',
  'control_mismatch',
  'missing_trailer',
  'other_transaction',
  'unknown_segment',
  // Remittance
  'missing_header',
  'missing_trace',
  'misplaced_segment',
  'unreadable_amount',
  'unreadable_date',
  'unreadable_quantity',
  'adjustment_incomplete',
  'unknown_group',
  'unknown_status',
  'negative_payment',
  'debit_payment',
  'odd_reversal',
  'line_unbalanced',
  'line_charges_differ',
  'claim_unbalanced',
  'patient_share_differs',
  'payment_unbalanced',
  // Acknowledgement
  'unknown_acknowledgement',
] as const
const WarningCode = z.enum(WARNING_CODES)
type WarningCode = (typeof WARNING_CODES)[number]

/** `segment`: place in the file, counted from 1; 0 when the whole file is meant. Messages name no patient. */
export const X12Warning = z.strictObject({ code: WarningCode, segment: z.number().int(), message: z.string() })
export type X12Warning = z.infer<typeof X12Warning>
export type Warn = (code: WarningCode, segment: number, message: string) => void
