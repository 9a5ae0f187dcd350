// The two ways in which a command says no to what was asked.
import { AppError } from '#core/errors.ts'

/** Refuses with reasons that the UI shows one below the other. */
export function refuse(reasons: readonly string[]): never {
  throw new AppError('REFUSED', reasons.join(' '), { reasons })
}

/** Refuses a value of one field. */
export function invalid(path: string, message: string): never {
  throw new AppError('INVALID_INPUT', message, { issues: [{ path, message }] })
}
