// What outcomes and groups are called on screen.
import type { AdjustmentGroup, LineOutcome, Remittance } from '#core/remittance/schema.ts'
import type { Tone } from '../../../ui/status-tag.tsx'

export const OUTCOMES: Record<LineOutcome, { word: string; tone: Tone }> = {
  paid: { word: 'Paid', tone: 'ok' },
  partly_paid: { word: 'Partly paid', tone: 'warn' },
  patient_only: { word: 'Patient share only', tone: 'info' },
  denied: { word: 'Denied', tone: 'warn' },
  other_payer: { word: 'Other payer first', tone: 'warn' },
  info_requested: { word: 'Information requested', tone: 'warn' },
  pended: { word: 'Under review', tone: 'wait' },
  repeated: { word: 'Duplicate: no new decision', tone: 'info' },
  reversed: { word: 'Reversed by the payer', tone: 'warn' },
  predetermined: { word: 'Estimate only', tone: 'info' },
}
export const GROUPS: Record<AdjustmentGroup, string> = {
  CO: 'Contract (CO)',
  PR: 'Patient (PR)',
  OA: 'Other (OA)',
  PI: 'Payer’s cut (PI)',
}
/** The same in a sentence; the letters of the EOB stand beside it in small type. */
export const GROUP_WORDS: Record<AdjustmentGroup, string> = {
  CO: 'contract',
  PR: 'patient',
  OA: 'other',
  PI: 'payer’s cut',
}
export const METHODS: Record<Remittance['method'], string> = {
  check: 'Check',
  eft: 'EFT',
  card: 'Virtual card',
  none: 'No payment',
}
