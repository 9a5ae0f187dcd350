// The office's own rules about payers: rows to the shapes of the contract and back. They are read with their payer (rows.ts).
import type { PayerRuleId } from '#core/ids.ts'
import type { OfficeRuleInput, RuleBody } from '#core/payer-rule/schema.ts'
import type { Writer } from '#db/reader.ts'
import { insertRow } from '#host/kernel/insert-rows.ts'
import { type Stamp, stampOf, updateVersioned } from '#host/kernel/versioned.ts'

const columns = ({ payerId, planId, body, replaces, isOff }: OfficeRuleInput, basis: RuleBody | null) => ({
  payer_id: payerId,
  plan_id: planId,
  body_json: JSON.stringify(body),
  replaces,
  is_off: isOff ? (1 as const) : (0 as const),
  basis_json: basis && JSON.stringify(basis),
})

/** @param basis the shipped rule that it stands for, as it is now */
export async function addPayerRule(
  tx: Writer,
  id: PayerRuleId,
  rule: OfficeRuleInput,
  basis: RuleBody | null,
  stamp: Stamp,
): Promise<void> {
  await insertRow(tx, 'payer_rule', { id, ...columns(rule, basis), ...stampOf(stamp) })
}
/** @throws CONFLICT, NOT_FOUND */
export async function updatePayerRule(
  tx: Writer,
  id: PayerRuleId,
  version: number,
  rule: OfficeRuleInput,
  basis: RuleBody | null,
  stamp: Stamp,
): Promise<void> {
  await updateVersioned(tx, 'payer_rule', id, version, columns(rule, basis), stamp)
}
export async function removePayerRule(tx: Writer, id: PayerRuleId): Promise<void> {
  await tx.deleteFrom('payer_rule').where('id', '=', id).execute()
}
