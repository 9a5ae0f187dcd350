// What a password must be: long, not common, not the person's name. No composition rules (NIST SP 800-63B-4).
import { AppError } from '#core/errors.ts'

/** Minimum length for a secret that alone opens the vault (security.md C, "Users"). */
const MIN_PASSWORD = 15
const COMMON = [
  'password',
  'passwort',
  '123456789012345',
  'qwertyuiop',
  'letmein',
  'welcome',
  'dentaloffice',
  'frontdesk',
  'iloveyou',
  'changeme',
  'administrator',
]

/** @throws AppError WEAK_PASSWORD saying what to do */
export function checkPassword(password: string, name: string): void {
  const plain = password.toLowerCase().replace(/[^a-z0-9]/g, '')
  if (password.length < MIN_PASSWORD)
    throw new AppError(
      'WEAK_PASSWORD',
      `Use at least ${MIN_PASSWORD} characters: three or four unrelated words work well.`,
      { min: MIN_PASSWORD },
    )
  const repeated = new Set(plain).size < 5
  const common = COMMON.some((word) => plain.replaceAll(word, '').length < 6)
  const own = plain.replaceAll(name.toLowerCase().replace(/[^a-z0-9]/g, ''), '').length < 6
  if (repeated || common || own)
    throw new AppError('WEAK_PASSWORD', 'This password is easy to guess. Three or four unrelated words work well.', {})
}
