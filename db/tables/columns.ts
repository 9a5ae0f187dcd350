// Columns that tables share.
import type { Generated } from 'kysely'
import type { UserId } from '#core/ids.ts'

export type Text = string
export type ZeroOrOne = 0 | 1

/** Who wrote the row last, and its optimistic version. */
export interface Stamped {
  version: Generated<number>
  updated_by: UserId
  updated_at: Text
}
export interface AddressColumns {
  street: Text
  city: Text
  state: Text
  zip: Text
}
