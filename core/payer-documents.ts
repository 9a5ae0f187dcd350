// Documents that a payer wants for a code, beside the guide's: as shipped with their source, and as the office wrote them.
import * as z from 'zod'
import { AttachmentKind, Stage } from './case/schema.ts'
import { IsoDate } from './dates.ts'

/** `D2740`, or `D2950-D2957`. */
const CodeRange = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^D\d{4}(-D\d{4})?$/, 'Type codes such as D2740 or D2950-D2957')
export const PayerDocument = z.strictObject({
  title: z.string().trim().min(1, 'Say what the payer wants').max(120),
  /** Empty: for every code. */
  codes: z.array(CodeRange).max(60).default([]),
  /** The file or text that settles it; null: somebody’s note does. */
  kind: AttachmentKind.nullable().default(null),
  stages: z.array(Stage).min(1).default(['claim']),
  /** No older than this when treatment begins; null: any age. */
  maxAgeMonths: z.number().int().min(1).max(120).nullable().default(null),
  note: z.string().trim().max(300).default(''),
})
export type PayerDocument = z.infer<typeof PayerDocument>

/** A document of a payer whose rules are shipped. */
export const ShippedDocument = PayerDocument.extend({
  /** Key of the payer in assets/payers/rules.json. */
  payer: z.string(),
  source: z.array(z.string()).min(1),
  seenOn: IsoDate,
  confidence: z.enum(['confirmed', 'reported', 'unverified']),
})
export type ShippedDocument = z.infer<typeof ShippedDocument>

/** A document as the checklist takes it. */
export interface PayerItem extends Omit<PayerDocument, 'codes'> {
  id: string
  payer: string
  source: readonly string[]
  confidence: ShippedDocument['confidence']
}

/** What a payer wants for these codes: the shipped rules that the office linked, then the office's own. */
export function documentsFor(
  payer: { name: string; rulesKey: string; documents: readonly PayerDocument[] } | null,
  shipped: readonly ShippedDocument[],
  codes: readonly string[],
): PayerItem[] {
  if (!payer) return []
  const linked = shipped.filter((one) => one.payer === payer.rulesKey)
  const own = payer.documents.map((one) => ({
    ...one,
    source: ['The office’s own list'],
    confidence: 'reported' as const,
  }))
  const asked = [...linked.map((one) => ({ ...one, id: 'payer' })), ...own.map((one) => ({ ...one, id: 'office' }))]
  return asked
    .map((one) => ({ ...one, id: `${one.id}_${keyOf(one.title)}`, payer: payer.name }))
    .filter((one) => one.codes.length === 0 || codes.some((code) => one.codes.some((range) => isIn(range, code))))
}

/** By its words: what was marked for an item stays with it when the list changes. */
const keyOf = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 60)

function isIn(range: string, code: string): boolean {
  const [from, to = from] = range.split('-')
  return from! <= code && code <= to!
}
