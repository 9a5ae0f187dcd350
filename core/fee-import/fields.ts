// What a list of fees may hold, and what systems and offices call its columns.
import { readAmount } from '../import/cells.ts'
import { type MappingOf, type System, vocabularyOf } from '../import/headings.ts'
import { isCode } from '../import/places.ts'

export const FEE_FIELDS = [
  { id: 'code', label: 'Code' },
  { id: 'fee', label: 'Fee' },
] as const
export type FeeField = (typeof FEE_FIELDS)[number]['id']
export const FEE_FIELD_IDS = FEE_FIELDS.map((field) => field.id) as [FeeField, ...FeeField[]]
export type FeeMapping = MappingOf<FeeField>

const SYSTEMS: readonly System<FeeField>[] = [
  {
    system: 'Open Dental, where somebody put headings above',
    source: 'Column names of its public source; its own export has none (imports.md 1)',
    confidence: 'confirmed',
    names: { code: 'ProcCode', fee: 'Fee, Amount' },
  },
  {
    system: 'Dentrix, Ascend, sheets of payers',
    source: 'hsps.pro help on fee schedules (imports.md 2); headings not seen',
    confidence: 'unverified',
    names: {
      code: 'Code, D-Code, Procedure Code, Proc Code, Proc, ADA Code, ADA, CDT Code, CDT, CDT-Code, Service Code, Procedure',
      fee: 'UCR, UCR Fee, Office Fee, Full Fee, Standard Fee, Price, Charge, Fee Amount, Allowed, Allowed Amount, Allowed Fee, Allowable, Maximum Allowable, Max Allowable, Maximum Allowed, Contract Fee, Contracted Fee, Network Fee, PPO Fee, MAC',
    },
  },
]

export const FEE_HEADINGS = vocabularyOf<FeeField>({
  fields: FEE_FIELD_IDS,
  systems: SYSTEMS,
  several: {},
  hints: [],
  /** A column of codes, and the first beside it that holds amounts: Open Dental's export has no headings. */
  columnsOf(rows) {
    const columns = [...Array(Math.max(0, ...rows.map((cells) => cells.length))).keys()]
    const share = (column: number, test: (cell: string) => boolean) => {
      const filled = rows.map((cells) => cells[column] ?? '').filter(Boolean)
      return filled.length === 0 ? 0 : filled.filter(test).length / filled.length
    }
    const code = columns.find((column) => share(column, isCode) > 0.5)
    const fee = columns.find((column) => column !== code && share(column, isMoney) > 0.5)
    return code === undefined || fee === undefined ? null : { code, fee }
  },
})
const isMoney = (cell: string) => /[.$]/.test(cell) && typeof readAmount(cell) === 'number'

/** Fields without which no fee can be read. */
export const missingFeeFields = (mapping: FeeMapping): string[] =>
  FEE_FIELDS.flatMap(({ id, label }) => (mapping[id] === undefined ? [label] : []))
