// The vault's own tables: audit trail, settings, drafts, users. Kept apart from the domain's.
import type { UserId } from '#core/ids.ts'
import type { Role } from '#core/contract/route.ts'

export interface AuditTable {
  seq: number
  at: string
  user_id: UserId | null
  session_id: string
  action: string
  entity: string
  entity_id: string
  patient_id: string | null
  before_json: string | null
  after_json: string | null
  reason: string
  prev_hash: string
  hash: string
}
interface SettingTable {
  key: string
  value_json: string
}
interface DraftTable {
  user_id: UserId
  scope: string
  value_json: string
  updated_at: string
}
interface AppUserTable {
  id: UserId
  name: string
  role: Role
  active: 0 | 1
  created_at: string
  /** The data key wrapped under their password; null once they were removed. */
  wrapped_json: string | null
}
/** One row: what the key file is written from, besides the people. */
interface KeyFileTable {
  id: 1
  /** Counts every change of people, passwords and recovery code. */
  revision: number
  recovery_json: string
}
export interface VaultDatabase {
  audit: AuditTable
  setting: SettingTable
  draft: DraftTable
  app_user: AppUserTable
  key_file: KeyFileTable
}
