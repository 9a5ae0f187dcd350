// What a list of codes may hold, and what publishers, practice systems and offices call its columns.
import { type MappingOf, type System, vocabularyOf } from '../import/headings.ts'

export const CODE_FIELDS = [
  { id: 'code', label: 'Code' },
  { id: 'descriptor', label: 'Descriptor' },
  { id: 'from', label: 'First day' },
  { id: 'to', label: 'Last day' },
] as const
export type CodeField = (typeof CODE_FIELDS)[number]['id']
export const CODE_FIELD_IDS = CODE_FIELDS.map((field) => field.id) as [CodeField, ...CodeField[]]
export type CodeMapping = MappingOf<CodeField>

const SYSTEMS: readonly System<CodeField>[] = [
  {
    system: 'Licensed lists, practice systems and sheets of offices',
    source: 'Claimwright’s own list of headings; no licensed file was seen',
    confidence: 'unverified',
    names: {
      code: 'Code, CDT Code, CDT, ADA Code, ADA, D-Code, Procedure Code, ProcCode, Proc Code, Proc',
      descriptor:
        'Descriptor, Description, Descript, Nomenclature, Long Description, Full Description, Code Description, Procedure Description, Name',
      from: 'From, Valid From, Effective, Effective Date, Effective From, Start, Start Date, Begin Date, Added, First Day',
      to: 'To, Valid To, End, End Date, Termination Date, Term Date, Deleted, Deletion Date, Expires, Last Day',
    },
  },
]
export const CODE_HEADINGS = vocabularyOf<CodeField>({
  fields: CODE_FIELD_IDS,
  systems: SYSTEMS,
  several: {},
  hints: [],
})

/** Columns without which nothing can be read. */
export const missingCodeFields = ({ code, descriptor, from, to }: CodeMapping): string[] => [
  ...(code === undefined ? ['Code'] : []),
  ...((descriptor ?? from ?? to) === undefined ? ['Descriptor'] : []),
]
