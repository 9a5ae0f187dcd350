// What every import of a list takes and tells: which sheet, which columns, what is wrong in which row.
import * as z from 'zod'
import { Instant, IsoDate } from '../dates.ts'
import { Bytes } from './bytes.ts'

/** A list, with what a person said about it. @param fields what a column may hold */
export const listInput = <Field extends string>(fields: readonly [Field, ...Field[]]) =>
  z.strictObject({
    /** CSV as text, or a CSV or XLSX file as bytes. */
    text: z.string().max(20_000_000).optional(),
    content: Bytes.optional(),
    sheet: z.string().max(100).optional(),
    /** Column of each field from 0; left out: as mapped for these headings before, else by the headings. */
    mapping: z.partialRecord(z.enum(fields), z.number().int().min(0).max(200)).optional(),
    /** Columns that hold nothing to import, said by a person: they are not asked about. */
    ignored: z.array(z.number().int().min(0).max(200)).max(200).optional(),
    /** The row of the headings, as the spreadsheet counts; 0: there are none; left out: the row that names most. */
    headingRow: z.number().int().min(0).max(100_000).optional(),
    /** To questions of the preview, by their ids. */
    answers: z.record(z.string().max(300), z.string().max(300)).optional(),
  })

/** As the spreadsheet counts. */
export const Row = z.number().int()
const listCounts = {
  /** Rows of the file below its headings. */
  rows: z.number().int(),
  /** Rows that say nothing new. */
  duplicates: z.number().int(),
  /** The first of them. */
  problems: z.array(z.strictObject({ row: Row, column: z.string(), message: z.string() })),
  /** Rows of which nothing, or not everything, is taken, and why: the first of them. */
  leftOut: z.array(z.strictObject({ row: Row, reason: z.string() })),
}
export const Named = { lastName: z.string(), firstName: z.string(), birthDate: IsoDate.nullable() }
export const listedChanges = z.array(z.strictObject({ label: z.string(), from: z.string(), to: z.string() }))

/** How a list was read, and what is asked about it. */
export const listLook = <Field extends string>(fields: readonly [Field, ...Field[]]) => {
  const FieldId = z.enum(fields)
  return {
    sheets: z.array(z.string()),
    /** The sheet that was read; empty for CSV. */
    sheet: z.string(),
    headingRow: Row,
    /** The first rows, one of which holds the headings. */
    top: z.array(z.strictObject({ row: Row, cells: z.array(z.string()) })),
    headings: z.array(z.string()),
    mapping: z.partialRecord(FieldId, z.number().int()),
    ignored: z.array(z.number().int()),
    /** Fields that must be mapped first. */
    missing: z.array(z.string()),
    /** Columns that may hold one of these fields: a person says which, or sets them aside, before anything is imported. */
    asked: z.array(z.strictObject({ column: z.number().int(), fields: z.array(FieldId) })),
    samples: z.array(z.array(z.string())),
    /** How a name is read, or who is meant: the row waits for an answer. */
    questions: z.array(
      z.strictObject({
        id: z.string(),
        row: Row,
        kind: z.enum(['name', 'person']),
        options: z.array(z.strictObject({ answer: z.string(), ...Named, isOnFile: z.boolean() })),
      }),
    ),
    /** Rows that wait for a correction or an answer, and rows that are left out: all of them. */
    waiting: z.number().int(),
    notTaken: z.number().int(),
    ...listCounts,
  }
}

/** What an import did; `importId` is null where nothing came of it. */
export const listImported = {
  importId: z.uuid().nullable(),
  /** Made new. */
  imported: z.number().int(),
  /** Changed on file. */
  changed: z.number().int(),
  ...listCounts,
}
export const UndoImport = z.strictObject({ importId: z.uuid(), reason: z.string().trim().max(300).default('') })

/** Earlier imports, the newest first. */
export const ImportList = z.strictObject({
  imports: z.array(
    z.strictObject({ id: z.uuid(), rows: z.number().int(), user: z.string(), at: Instant, undone: z.boolean() }),
  ),
})
