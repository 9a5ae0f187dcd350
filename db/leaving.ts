// What of the database leaves with the office, table by table: all of it but what opens the data here, and what is derived anew.
import type Sqlite from 'better-sqlite3'
import type { Database } from './schema.ts'

/** What a table holds, for a stranger who reads the export; or why it stays. A new table is named here, or types fail. */
const TABLES: Record<keyof Database, { holds: string } | { stays: string }> = {
  office: { holds: 'the office: name, address, numbers' },
  provider: { holds: 'dentists' },
  app_user: { holds: 'people of the office, without passwords' },
  setting: { holds: 'settings of the office' },
  draft: { holds: 'what somebody typed and has not saved yet' },
  patient: { holds: 'patients; standing says who was voided or merged' },
  payer: { holds: 'insurance companies' },
  payer_code: { holds: 'what the office said a payer’s own reason codes mean' },
  plan: { holds: 'plans of payers, with their benefits' },
  payer_rule: { holds: 'what payers differ in, as the office says it' },
  fee_schedule: { holds: 'fees of the office and of contracts' },
  coverage: { holds: 'which patient has which plan, and through whom' },
  case_file: { holds: 'cases: one treatment of one patient' },
  case_fact: { holds: 'answers about a case' },
  code_decision: { holds: 'which codes were chosen, by whom, and why' },
  visit: { holds: 'visits of a case' },
  procedure_line: { holds: 'procedures of a case, with tooth, fee and date of service' },
  benefit_check: { holds: 'what payers said about benefits' },
  estimate: { holds: 'what the plan is expected to pay' },
  item_answer: { holds: 'checklist items that are done or waived' },
  attachment: { holds: 'films and documents of a case; column file says where the file lies' },
  chart_note: { holds: 'chart notes' },
  narrative: { holds: 'narratives of cases' },
  patient_payment: { holds: 'what patients paid' },
  settlement: { holds: 'what was written off or billed to the patient' },
  authorization: { holds: 'authorizations and predeterminations' },
  authorization_line: { holds: 'their lines' },
  transition: { holds: 'each step in the life of authorizations, claims and appeals' },
  packet: { holds: 'packets as they were sent' },
  packet_file: { holds: 'their files; column file says where the file lies' },
  claim: { holds: 'claims' },
  claim_line: { holds: 'lines of claims' },
  expectation: { holds: 'what was expected of claims' },
  remittance: { holds: 'EOBs that were posted' },
  remittance_line: { holds: 'lines of EOBs' },
  adjustment: { holds: 'reasons why a line was paid less' },
  claim_adjustment: { holds: 'reasons that stand for a whole claim' },
  remark: { holds: 'remark codes of lines' },
  appeal: { holds: 'appeals and their letters' },
  claim_file: { holds: 'claim files (837D) that were written' },
  claim_file_item: { holds: 'the claims in them, and how they were answered' },
  acknowledgement: { holds: 'answers of clearinghouses as received' },
  era_file: { holds: 'remittance files (835) as received' },
  era_piece: { holds: 'their content, in pieces, base64' },
  era_payment: { holds: 'the payments in them' },
  era_claim: { holds: 'the claims in them' },
  provider_adjustment: { holds: 'amounts in them that belong to no claim' },
  task: { holds: 'tasks' },
  case_event: { holds: 'the history of cases' },
  undo_entry: { holds: 'what can still be taken back' },
  import_batch: { holds: 'lists that were imported' },
  import_row: { holds: 'what those imports made or changed' },
  past_procedure: { holds: 'what the practice system says was done or is planned' },
  guide_body: { holds: 'procedure guides as cases were worked with, and the office’s own' },
  office_guide: { holds: 'which guides the office made its own, and when' },
  code_list: { holds: 'lists of codes that the office imported under its own license' },
  listed_person: { holds: 'what the last list said of a patient' },
  audit: {
    holds: 'the audit trail: who did what, when; without its seals, which only prove something in the original folder',
  },
  key_file: { stays: 'wraps the key of the data' },
  clock: { stays: 'derived from cases' },
  authorization_work: { stays: 'derived from cases' },
  search_term: { stays: 'derived from patients and cases' },
  tally: { stays: 'counts of rows' },
}

/** Columns that open something here, or prove something here only; whoever brings the export gets new ones. */
const STAYING_COLUMNS: { readonly [Table in keyof Database]?: readonly (keyof Database[Table] & string)[] } = {
  app_user: ['wrapped_json'],
  attachment: ['blob_key'],
  packet_file: ['blob_key'],
  audit: ['prev_hash', 'hash'],
}

export interface LeavingTable {
  name: string
  holds: string
  columns: readonly string[]
  /** By which its rows are ordered. */
  key: readonly string[]
}

/** Every table of the file that leaves, in the order of the list above. @throws when one is neither named nor left out */
export function leavingTables(sqlite: Sqlite.Database): LeavingTable[] {
  const present = sqlite
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[]
  for (const name of present)
    if (!Object.hasOwn(TABLES, name))
      throw new Error(`the table ${name} neither leaves nor stays: name it in leaving.ts`)
  return Object.entries(TABLES).flatMap(([name, what]) => {
    if ('stays' in what || !present.includes(name)) return []
    const staying: readonly string[] = STAYING_COLUMNS[name as keyof Database] ?? []
    const columns = sqlite.pragma(`table_info('${name}')`) as { name: string; pk: number }[]
    const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk)
    return {
      name,
      holds: what.holds,
      columns: columns.map((column) => column.name).filter((column) => !staying.includes(column)),
      key: key.map((column) => column.name),
    }
  })
}

/** The tables that stay, each with its reason. */
export const STAYING_TABLES: readonly (readonly [table: string, reason: string])[] = Object.entries(TABLES).flatMap(
  ([name, what]) => ('stays' in what ? [[name, what.stays] as const] : []),
)
