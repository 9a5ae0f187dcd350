// Rows and the records they stand for: the fields of a schema lie in columns of the same names, in snake case.
import type * as z from 'zod'

type Snake<Name> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${Snake<Rest>}`
  : ''
/** A choice of words, which the table holds as text. */
type Stored<Value> = Value extends object ? Value : Value extends string ? string : Value
type Schema<Fields> = z.ZodType<Fields> & { shape: object }

const names = new WeakMap<object, readonly (readonly [field: string, column: string])[]>()
function namesIn(schema: { shape: object }) {
  const known =
    names.get(schema) ??
    Object.keys(schema.shape).map(
      (field) => [field, field.replace(/[A-Z]/g, (one) => `_${one.toLowerCase()}`)] as const,
    )
  names.set(schema, known)
  return known
}

/** The columns of a row for those fields of `schema` that are given; what else the record has is left out. */
export function columnsOf<Fields extends object>(
  schema: Schema<Fields>,
  record: Fields,
): { [Field in keyof Fields as Snake<Field>]: Fields[Field] } {
  const columns: Record<string, unknown> = {}
  for (const [field, column] of namesIn(schema)) {
    const value = record[field as keyof Fields]
    if (value !== undefined) columns[column] = value
  }
  return columns as never
}

/** The fields of `schema` from the columns of a row, as they were written. */
export function recordOf<Fields extends object>(
  schema: Schema<Fields>,
  row: { [Field in keyof Fields as Snake<Field>]: Stored<Fields[Field]> },
): Fields {
  const record: Record<string, unknown> = {}
  for (const [field, column] of namesIn(schema)) record[field] = row[column as keyof typeof row]
  return record as Fields
}
