// The audit trail in words: what somebody did, as a manager would say it after their name. Teeth and papers, never a patient.
import type { DocumentKind } from './document/kinds.ts'

/** What each action of the trail was: every command, every query that is written down, and what the session itself notes. */
export const TRAIL_WORDS: Readonly<Record<string, string>> = {
  'session.setup': 'set up the office',
  'session.leave': 'asked for an export of everything the office entered',
  'session.leaveRefused': 'typed a wrong password while asking for an export of everything',
  'session.bring': 'set up the office from an export; the entries before this one came with it',
  'session.signIn': 'signed in',
  'session.signInRefused': 'typed a wrong password at the sign-in',
  'session.signInByPin': 'signed in by PIN',
  'session.signInByPinRefused': 'typed a wrong PIN',
  'session.setPin': 'chose a PIN for the day',
  'session.setPinRefused': 'typed a wrong password while choosing a PIN',
  'session.allowPins': 'changed whether people may switch by PIN',
  'session.recover': 'signed in with the recovery code',
  'session.recoverRefused': 'typed a wrong recovery code',
  'session.confirmRecovery': 'activated a new recovery code',
  'session.newRecoveryCodeRefused': 'typed a wrong password while asking for a new recovery code',
  'session.changePassword': 'changed their password',
  'session.changePasswordRefused': 'typed a wrong password while changing it',
  'session.setAutoLock': 'changed the automatic lock',
  'user.add': 'added a person',
  'user.setRole': 'changed a person’s role',
  'user.resetPassword': 'set a new password for a person',
  'user.remove': 'removed a person',
  'backup.setSecondPlace': 'changed the second place for backups',
  'backup.restore': 'restored a backup',
  'backup.restoreRefused': 'typed a wrong password or code at a restore',
  'audit.list': 'looked at the audit trail',
  'audit.export': 'exported the audit trail',
  'office.update': 'changed the office',
  'provider.add': 'added a dentist',
  'provider.update': 'changed a dentist',
  'provider.previewImport': 'looked at a list of dentists to import',
  'provider.import': 'imported a list of dentists',
  'provider.undoImport': 'undid an import of dentists',
  'payer.add': 'added a payer',
  'payer.update': 'changed a payer',
  'plan.add': 'added a plan',
  'plan.update': 'changed a plan',
  'feeSchedule.add': 'added a fee schedule',
  'feeSchedule.update': 'changed a fee schedule',
  'feeSchedule.previewImport': 'looked at a list of fees to import',
  'feeSchedule.import': 'imported a list of fees',
  'feeSchedule.undoImport': 'undid an import of fees',
  'reason.map': 'said what a payer’s reason code means',
  'setting.set': 'changed the settings',
  'setting.closeMonths': 'closed months, or opened one again',
  'patient.get': 'opened a patient’s page',
  'patient.add': 'added a patient',
  'patient.update': 'changed a patient',
  'patient.void': 'voided a patient',
  'patient.restore': 'restored a voided patient',
  'patient.merge': 'merged two patients',
  'patient.unmerge': 'undid the merge of two patients',
  'coverage.add': 'added a coverage',
  'coverage.update': 'changed a coverage',
  'coverage.remove': 'removed a coverage',
  'coverage.setOrder': 'set which plan pays first',
  'case.get': 'opened a case',
  'case.create': 'started a case',
  'case.update': 'changed a case',
  'case.visitStep': 'recorded a visit',
  'case.useGuide': 'chose by which version of the guide a case goes on',
  'case.answer': 'answered a question about the case',
  'case.setVisits': 'changed the visits',
  'case.setLines': 'changed the codes to report',
  'case.decide': 'recorded the choice of codes',
  'case.recordBenefit': 'recorded what the plan pays',
  'case.setEstimate': 'changed the estimate',
  'case.close': 'closed a case',
  'case.reopen': 'opened a case again',
  'case.void': 'voided a case',
  'case.restore': 'restored a voided case',
  'case.touch': 'recorded a contact',
  'case.snooze': 'snoozed a case',
  'case.assign': 'assigned a case',
  'documentation.markItem': 'marked an item of the checklist',
  'documentation.waiveItem': 'waived an item of the checklist',
  'documentation.reopenItem': 'opened an item of the checklist again',
  'attachment.add': 'added a film or document',
  'attachment.update': 'changed what a film or document is',
  'attachment.remove': 'took a film or document out',
  'attachment.restore': 'put a film or document back',
  'attachment.content': 'looked at a film or document',
  'note.add': 'added a chart note',
  'note.update': 'changed a chart note',
  'note.remove': 'removed a chart note',
  'narrative.save': 'saved a narrative',
  'authorization.create': 'started an authorization',
  'authorization.update': 'changed an authorization',
  'authorization.transition': 'recorded a step of an authorization',
  'authorization.answerChanges': 'answered an approval with changes',
  'authorization.undo': 'undid a step of an authorization',
  'authorization.touch': 'recorded a contact about an authorization',
  'patient.previewImport': 'looked at a list of patients to import',
  'patient.import': 'imported a list of patients',
  'patient.undoImport': 'undid an import of patients',
  'patient.history': 'looked at a patient’s history in the practice system',
  'patient.previewHistory': 'looked at a list of procedures to import',
  'patient.importHistory': 'imported a list of procedures',
  'patient.undoHistory': 'undid an import of procedures',
  'authorization.previewImport': 'looked at a log to import',
  'authorization.import': 'imported a log of authorizations',
  'authorization.undoImport': 'undid an import of a log',
  'document.render': 'printed, saved or showed a letter or sheet',
  'document.noteFile': 'saved a file',
  'packet.sheets': 'prepared a packet',
  'packet.keep': 'saved a packet to send',
  'packet.files': 'saved a sent packet again',
  'claim.create': 'started a claim',
  'claim.update': 'changed a claim',
  'claim.refill': 'filled a claim from the record again',
  'claim.transition': 'recorded a step of a claim',
  'claim.undo': 'undid a step of a claim',
  'claim.setExpected': 'changed what a claim is expected to pay',
  'claim.export': 'exported claims as a file',
  'claim.exportedFile': 'saved a claim file again',
  'ack.read': 'read answers of a clearinghouse',
  'appeal.create': 'started an appeal',
  'appeal.update': 'changed an appeal',
  'appeal.transition': 'recorded a step of an appeal',
  'appeal.undo': 'undid a step of an appeal',
  'remittance.post': 'posted an EOB',
  'remittance.reverse': 'undid an EOB',
  'era.import': 'imported a remittance file',
  'era.match': 'matched a payment to a claim',
  'era.setAside': 'set a payment aside',
  'era.post': 'posted a payment',
  'era.postAll': 'posted several payments',
  'patientPayment.add': 'recorded a payment by the patient',
  'patientPayment.takeBack': 'removed a payment by the patient',
  'settlement.add': 'wrote off or billed what was open',
  'settlement.takeBack': 'undid a write-off or what was billed to the patient',
  'task.add': 'added a task',
  'task.update': 'changed a task',
  'task.complete': 'completed a task',
  'worklist.assign': 'assigned cases',
  'worklist.snooze': 'snoozed cases',
  'action.undo': 'undid the last action',
  'draft.save': 'saved a draft',
  'draft.discard': 'discarded a draft',
  seed: 'filled the demo practice',
}

/** Kinds of actions that are looked for together, by the beginnings of their names. */
export const TRAIL_KINDS = {
  access: { label: 'Signing in, people', of: ['session.', 'user.'] },
  charts: {
    label: 'Patients, cases, documents',
    of: ['patient.', 'coverage.', 'case.', 'documentation.', 'attachment.', 'note.', 'narrative.'],
  },
  authorizations: { label: 'Authorizations', of: ['authorization.'] },
  claims: { label: 'Claims and appeals', of: ['claim.', 'appeal.', 'ack.'] },
  money: { label: 'Payments', of: ['remittance.', 'era.', 'patientPayment.', 'settlement.'] },
  out: { label: 'Printed, saved, sent', of: ['document.', 'packet.', 'claim.export', 'audit.export', 'session.leave'] },
  office: {
    label: 'Office and settings',
    of: ['office.', 'provider.', 'payer.', 'plan.', 'feeSchedule.', 'reason.', 'setting.'],
  },
  work: { label: 'Tasks and lists', of: ['task.', 'worklist.', 'action.', 'draft.'] },
  safety: { label: 'Backups and audit', of: ['backup.', 'audit.'] },
} as const satisfies Record<string, { label: string; of: readonly string[] }>
export type TrailKind = keyof typeof TRAIL_KINDS

/** What was printed, saved or shown. */
const PAPERS: Record<DocumentKind, string> = {
  'authorization-request': 'the authorization request',
  'patient-estimate': 'the patient’s estimate',
  'claim-summary': 'the claim summary',
  'appeal-letter': 'the appeal letter',
  narrative: 'the narrative',
  'case-trail': 'the trail of the case',
  'guide-page': 'a guide page',
  worklist: 'a worklist',
  huddle: 'the sheet for the huddle',
  denials: 'the report on denials',
  'authorization-figures': 'the report of authorizations',
  'audit-trail': 'the audit trail',
}
const WAYS: Record<string, string> = { print: 'printed', save: 'saved', show: 'looked at' }

/** Rows from before the trail kept which document it was have no such words. */
function paperWords(after: string | null): string | undefined {
  const { kind, way, name } = JSON.parse(after ?? '{}') as { kind?: DocumentKind; way?: string; name?: string }
  if (name) return `saved the file ${name}`
  return kind && way && `${WAYS[way]} ${PAPERS[kind]}`
}

interface Told {
  user: string
  action: string
  /** The tooth or area of the case it was about, as `siteName` says it; empty where there is none. */
  about: string
  /** What the row holds as JSON. */
  after: string | null
}

/** `Ana printed the appeal letter for #8`; a try at a name that nobody has is somebody’s. */
export function trailSentence({ user, action, about, after }: Told): string {
  const words = (action.startsWith('document.') && paperWords(after)) || (TRAIL_WORDS[action] ?? action)
  const place = about && ` for ${about.startsWith('#') ? about : `the ${about.toLowerCase()}`}`
  return `${user || 'Somebody'} ${words}${place}`
}
