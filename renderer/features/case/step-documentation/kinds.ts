// The kinds of evidence in words, each with its key, and who produces what.
import type { AttachmentKind } from '#core/case/schema.ts'

export const KIND_LABELS: Record<AttachmentKind, string> = {
  pre_op_periapical: 'Pre-op periapical',
  interim_periapical: 'Interim periapical',
  post_op_periapical: 'Final-fill periapical',
  bitewing: 'Bitewing',
  panoramic: 'Panoramic',
  cbct: 'CBCT',
  photo: 'Photo',
  perio_chart: 'Periodontal chart',
  chart_note: 'Chart note',
  consent: 'Consent',
  narrative: 'Narrative',
  lab_slip: 'Lab slip',
  payer_letter: 'Payer letter',
  authorization_letter: 'Authorization letter',
  eob: 'EOB',
  denial_letter: 'Denial letter',
  other: 'Other',
}

export const OWNER_LABELS: Record<string, string> = {
  front_desk: 'front desk',
  assistant: 'assistant',
  dentist: 'dentist',
  hygienist: 'hygienist',
  lab: 'lab',
}
