// An office's file of an older version: backed up first, brought up to date, nothing lost.
import { afterEach, expect, it } from 'vitest'
import { attach, createD3353 } from '#test/helpers/d3353.ts'
import { openEmptyHost, openTestHost, TEST_PASSWORD } from '#test/helpers/test-host.ts'

let close: (() => Promise<void>) | null = null
afterEach(() => close?.())

/** Takes from a present file what migrations 20 to 44 brought. */
const OLDER = [
  ...[
    'expectation',
    'payer_code',
    'claim_adjustment',
    'provider_adjustment',
    'era_claim',
    'era_payment',
    'era_piece',
    'era_file',
    'acknowledgement',
    'claim_file_item',
    'claim_file',
  ].map((table) => `DROP TABLE ${table}`),
  ...['authorization_by_reference', 'claim_by_payer_number', 'remittance_by_day', 'remittance_line_by_outcome'].map(
    (index) => `DROP INDEX ${index}`,
  ),
  ...['import_row', 'import_batch', 'packet_file', 'packet', 'authorization_work', 'undo_entry'].map(
    (table) => `DROP TABLE ${table}`,
  ),
  ...['tally_patient_gone', 'tally_case_gone'].map((trigger) => `DROP TRIGGER ${trigger}`),
  ...['authorization_by_information', 'authorization_by_booking', 'visit_by_plan', 'task_by_day', 'clock_by_kind'].map(
    (index) => `DROP INDEX ${index}`,
  ),
  'DROP INDEX clock_by_urgency',
  'DROP INDEX clock_by_due',
  'CREATE INDEX clock_by_urgency ON clock (urgent_on, due_on)',
  'CREATE INDEX clock_by_due ON clock (waiting, due_on)',
  ...[
    'case_file.snoozed_on',
    'authorization.approval_json',
    'authorization.stale_json',
    'authorization.stale_since',
    'transition.before_json',
    'payer.own_answer_days',
    'payer.own_answers',
    'clock.authorization_id',
    'authorization.changes_answer',
    'authorization.changes_answered_on',
    'clock.payer_id',
    'clock.provider_id',
  ].map((column) => `ALTER TABLE ${column.replace('.', ' DROP COLUMN ')}`),
  'PRAGMA user_version = 10',
]

it('a file of version 10 opens after a backup, with its cases and films', async () => {
  const older = await openTestHost()
  const { caseId } = await createD3353(older)
  await attach(older, caseId)
  const { sqlite } = older.host.vault!
  for (const statement of OLDER) sqlite.exec(statement.replace('transition DROP', '"transition" DROP'))
  await older.host.close()

  const host = openEmptyHost(older.dataDir)
  close = () => host.close()
  await host.call('session.signIn', { name: 'Ana', password: TEST_PASSWORD })
  const { backups } = await host.call('backup.list', {})
  expect(backups.map((backup) => backup.reason)).toContain('before-migration')
  const view = await host.call('case.get', { id: caseId })
  expect(view.lines.map((line) => line.code)).toEqual(['D3353'])
  expect((await host.call('today.list', {})).rows.map((row) => row.payerName)).toContain('Sample Dental Plan')
  await host.call('case.touch', { caseId, kind: 'note', text: 'opened after the update' })
  expect((await host.call('authorization.list', { list: 'all' })).rows).toHaveLength(1)
})
