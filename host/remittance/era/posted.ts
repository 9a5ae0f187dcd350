// What comes of posting one decision of a payment.
import { AppError } from '#core/errors.ts'
import type { RemittanceId } from '#core/ids.ts'
import type { Cents } from '#core/money.ts'

/** The amount paid and the EOB of a claim, or why it stays where it is. */
export type Posted = { paidCents: Cents; remittanceId: RemittanceId | null } | { reason: string }

/** A refusal concerns this decision alone; anything else stops the whole posting. */
export async function unlessRefused(post: () => Promise<Posted>): Promise<Posted> {
  try {
    return await post()
  } catch (error) {
    if (error instanceof AppError && (error.code === 'REFUSED' || error.code === 'INVALID_INPUT'))
      return { reason: error.message }
    throw error
  }
}
