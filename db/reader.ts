// The database handles: a Writer inside a command's transaction, a Reader that has no writing methods.
import type { Kysely, Transaction } from 'kysely'
import type { Database } from './schema.ts'

export type Writer = Transaction<Database>
/** Only `selectFrom` and `with`: a query handler cannot write, by type here and by its connection at run time. */
export type Reader = Pick<Kysely<Database>, 'selectFrom' | 'with' | 'fn'>
