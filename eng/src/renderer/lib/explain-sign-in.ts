// Why a password or code was not taken, in words.
import { AppError } from '#core/errors.ts'
import { formatInstant } from './format.ts'
import { explainError } from './query.ts'

/** Says when to try again; otherwise the host's words. */
export function explainSignIn(error: unknown): string {
  if (error instanceof AppError && error.code === 'TOO_MANY_ATTEMPTS') {
    const { retryAt } = error.details
    if (typeof retryAt === 'string') return `Too many wrong passwords. Try again after ${formatInstant(retryAt)}.`
  }
  return explainError(error)
}
