// Records the answer to a predetermination at its request: never at a claim, where it would count as money.
import { answerFromEra } from '#core/authorization/from-era.ts'
import { takeStep } from '#host/authorization/step.ts'
import { openCase } from '#host/case/case-file.ts'
import type { CommandContext } from '#host/kernel/context.ts'
import { setEraClaim } from '../era-posting-rows.ts'
import { type Payment, type StoredEraClaim } from '../era-rows.ts'
import { type Posted, unlessRefused } from './posted.ts'
import { caseOf } from '#host/case/rows.ts'

export async function postToRequest(context: CommandContext, payment: Payment, row: StoredEraClaim): Promise<Posted> {
  const { db, tx, today } = context
  const { claim: era, authorizationId } = row
  const { authorizations } = await openCase(context, await caseOf(db, 'authorization', authorizationId!))
  const { id, version, ...request } = authorizations.find((one) => one.id === authorizationId)!
  const answer = answerFromEra(era, { id, ...request })
  if ('reason' in answer) return answer
  const on = [payment.date, payment.header.producedOn].find((day) => day !== null && day <= today) ?? today
  const reference = era.predeterminationNumber || era.payerClaimId
  return unlessRefused(async () => {
    const note = `From the payer’s file, trace ${payment.trace}`
    const details = reference ? { reference } : {}
    await takeStep(context, { id, version, on, note, gapReason: '', details, ...answer }, { eraClaimId: row.id })
    await setEraClaim(tx, row, { state: 'posted', reason: '' })
    return { paidCents: 0, remittanceId: null }
  })
}
