// Restoring a backup, wherever it is offered: what is asked, and what is said afterwards.
import type { OutputOf } from '#core/contract/index.ts'
import { countOf } from './format.ts'

/** The field that asks who may restore. */
export const RESTORE_SECRET = {
  label: 'Owner’s password or the recovery code',
  hint: 'The password the owner signed in with last, not the one of the backup’s day.',
} as const

/** More films than this are counted only. */
const NAMED = 5

/** What is said over the sign-in after a restore. Patients are named behind the sign-in only. */
export function restoredWords({ missing, rows, films }: OutputOf<'backup.restore'>): string {
  const counts = `${countOf(rows, 'entry', 'entries')} of the audit trail and ${countOf(films, 'film')}`
  if (missing.length === 0) return `Backup restored: ${counts}, as the backup says. Sign in.`
  const names = missing.slice(0, NAMED).map(({ title }) => title)
  const more = missing.length > NAMED ? `; and ${missing.length - NAMED} more` : ''
  return `Backup restored, ${counts}; but ${countOf(missing.length, 'file')} could not be found in it: ${names.join('; ')}${more}. Settings → Audit trail says whose. Add them again.`
}
