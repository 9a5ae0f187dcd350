// The closed list of failures that may cross a process boundary, and the reply envelope that carries them.

/** Every failure the UI can meet. Anything else becomes INTERNAL with an incident id. */
const ERROR_CODES = [
  'INVALID_INPUT', // the input does not fit the route's schema; details.issues = [{path, message}]
  'NOT_FOUND', // details.entity, details.id
  'CONFLICT', // somebody changed the record first; details.changedBy, details.changedAt, details.version
  'REFUSED', // a rule of the domain forbids it; details.reasons = string[]
  'LOCKED', // no session: sign in first
  'FORBIDDEN', // the role lacks the permission
  'WRONG_PASSWORD', // also for an unknown user: same words
  'TOO_MANY_ATTEMPTS', // details.retryAt (ISO instant)
  'WEAK_PASSWORD',
  'FILE_REJECTED', // an attachment that is too large or not what it says; details.reason
  'DATA_IN_USE', // another process holds the data folder
  'DATA_DAMAGED', // the database, key file or guide cannot be read; details.problem
  'STORAGE', // disk full, read-only, or an I/O error: nothing was saved
  'UNKNOWN_ROUTE',
  'INTERNAL', // details.incident
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** Plain data that may travel with an error: ids and counts, never names or clinical text. */
export type ErrorDetails = Record<string, unknown>

/** A failure with a code, a short neutral message for the user, and details without personal data. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}

export type Reply<T> =
  { ok: true; data: T } | { ok: false; error: { code: ErrorCode; message: string; details: ErrorDetails } }
