// The kinds of evidence in words, each with its key, and who produces what.
import { ATTACHMENT_KINDS, ATTACHMENT_LABELS, type AttachmentKind } from '#core/case/schema.ts'
import type { ItemView } from '#core/contract/case-documentation.ts'

const KEYS: Record<AttachmentKind, string> = {
  pre_op_periapical: 'p',
  interim_periapical: 'i',
  post_op_periapical: 'f',
  bitewing: 'b',
  panoramic: 'x',
  cbct: '3',
  photo: 'h',
  perio_chart: 'm',
  chart_note: 'c',
  consent: 's',
  narrative: 'v',
  lab_slip: 'l',
  payer_letter: 'y',
  authorization_letter: 'a',
  eob: 'e',
  denial_letter: 'd',
  other: 'o',
}
export const KIND_OPTIONS = ATTACHMENT_KINDS.map((kind) => ({
  value: kind,
  label: ATTACHMENT_LABELS[kind],
  key: KEYS[kind],
}))

/** The kind that a file for an item has. */
export const kindFor = ({ item }: ItemView) => ATTACHMENT_KINDS.find((kind) => item.evidenceKinds.includes(kind))

export const OWNER_LABELS: Record<string, string> = {
  front_desk: 'front desk',
  assistant: 'assistant',
  dentist: 'dentist',
  hygienist: 'hygienist',
  lab: 'lab',
}
