// Which row of a sheet names its columns, what each column holds, and which must be asked about.

/** What is known of the headings of one kind of list. */
export interface Vocabulary<Field extends string> {
  fields: readonly Field[]
  /** Headings of one meaning, by `headingKey`. */
  names: ReadonlyMap<string, Field>
  /** Headings of several meanings, by `headingKey`. */
  several: ReadonlyMap<string, readonly Field[]>
  /** Headings that nobody listed and that still seem to say a field which must never be missed. */
  hints: readonly (readonly [Field, RegExp])[]
  /** The columns of rows that no headings stand above, by what the cells hold; null when it cannot be told. */
  columnsOf?(rows: readonly (readonly string[])[]): MappingOf<Field> | null
}

/** Headings of one program, portal or habit: of each field, those that mean it, parted by commas. */
export interface System<Field extends string> {
  system: string
  source: string
  confidence: 'confirmed' | 'reported' | 'unverified'
  names: Partial<Record<Field, string>>
}

/** @param several headings that mean this in one office and that in another */
export function vocabularyOf<Field extends string>({
  systems,
  several,
  ...rest
}: Pick<Vocabulary<Field>, 'fields' | 'hints' | 'columnsOf'> & {
  systems: readonly System<Field>[]
  several: Readonly<Record<string, readonly Field[]>>
}): Vocabulary<Field> {
  const named = systems.flatMap(({ names }) => Object.entries(names) as [Field, string][])
  return {
    ...rest,
    names: new Map(
      named.flatMap(([field, words]) => words.split(/, (?![^(]*\))/).map((word) => [headingKey(word), field] as const)),
    ),
    several: new Map(Object.entries<readonly Field[]>(several).map(([word, fields]) => [headingKey(word), fields])),
  }
}

/** Column of each field, counted from 0; fields that the sheet does not hold are left out. */
export type MappingOf<Field extends string> = Partial<Record<Field, number>>

/** A column that nobody has said anything about and that may hold one of these. */
export interface AskedColumn<Field extends string> {
  column: number
  fields: Field[]
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** Capitals, spaces and signs make no other heading: `Auth #`, `AUTH`, `LName`, `l name`. */
export const headingKey = (text: string) => plain(text).replaceAll(' ', '')

/** The same headings in the same order: what was mapped once is mapped again. */
export const headingsKey = (headings: readonly string[]) => headings.map(plain).join('|')

function meaningsOf<Field extends string>(heading: string, { names, several, hints }: Vocabulary<Field>): Field[] {
  const key = headingKey(heading)
  const known = names.get(key)
  if (known) return [known]
  return [...(several.get(key) ?? hints.filter(([, words]) => words.test(plain(heading))).map(([field]) => field))]
}

/** Columns recognized by their heading alone: a field that just one column can hold. */
export function guessMapping<Field extends string>(
  headings: readonly string[],
  vocabulary: Vocabulary<Field>,
): MappingOf<Field> {
  const meanings = headings.map((heading) => meaningsOf(heading, vocabulary))
  const mapping: MappingOf<Field> = {}
  for (const field of vocabulary.fields) {
    const columns = meanings.flatMap((fields, column) => (fields.length === 1 && fields[0] === field ? [column] : []))
    const [only] = columns
    if (columns.length === 1 && vocabulary.names.has(headingKey(headings[only!]!))) mapping[field] = only!
  }
  return mapping
}

/**
 * Columns whose heading may mean a field that has no column yet. None is passed over: it is mapped, or set aside by a person.
 * @param ignored columns that a person set aside
 */
export function askedColumns<Field extends string>(
  headings: readonly string[],
  mapping: MappingOf<Field>,
  ignored: readonly number[],
  vocabulary: Vocabulary<Field>,
): AskedColumn<Field>[] {
  const used = new Set<unknown>([...Object.values(mapping), ...ignored])
  return headings.flatMap((heading, column) => {
    if (used.has(column)) return []
    const fields = meaningsOf(heading, vocabulary).filter((field) => mapping[field] === undefined)
    return fields.length > 0 ? [{ column, fields }] : []
  })
}

/** Rows that are looked through for headings: titles, print dates and groups stand above them. */
export const MOST_TITLES = 20

/**
 * Where the headings stand: the row that names most fields; a row that was mapped before wins.
 * @returns its index among the rows; where none names anything the first, or -1 when the columns are told without headings
 */
export function headingsAt<Field extends string>(
  rows: readonly (readonly string[])[],
  vocabulary: Vocabulary<Field>,
  isRemembered: (headings: readonly string[]) => boolean,
): number {
  const some = rows.slice(0, MOST_TITLES)
  const remembered = some.findIndex((_, at) => isRemembered(headingsOf(rows, at, vocabulary)))
  if (remembered >= 0) return remembered
  const scores = some.map((_, at) => {
    const meanings = headingsOf(rows, at, vocabulary).map((heading) => meaningsOf(heading, vocabulary))
    return new Set(meanings.filter((fields) => fields.length > 0).map((fields) => fields.join())).size
  })
  const best = Math.max(...scores)
  if (!(best > 0)) return vocabulary.columnsOf?.(rows) ? -1 : 0
  return scores.indexOf(best)
}

/**
 * The headings of a row. Where one says too little alone (`Date` twice) and a merged group stands above it, the group is
 * put before it: `Decision Date`.
 */
export function headingsOf<Field extends string>(
  rows: readonly (readonly string[])[],
  at: number,
  vocabulary: Vocabulary<Field>,
): string[] {
  const headings = (rows[at] ?? []).map((heading) => heading.replace(/\s+/g, ' '))
  const above = rows[at - 1] ?? []
  const named = above.filter(Boolean).length
  // One cell alone is a title; one in each column is a row of its own.
  if (named < 2 || named >= headings.filter(Boolean).length) return headings
  const keys = headings.map(headingKey)
  let group = ''
  return headings.map((heading, column) => {
    group = above[column] || group
    const isClear =
      vocabulary.names.has(keys[column]!) && keys.indexOf(keys[column]!) === keys.lastIndexOf(keys[column]!)
    if (isClear || heading === '' || group === '') return heading
    return meaningsOf(`${group} ${heading}`, vocabulary).length > 0 ? `${group} ${heading}` : heading
  })
}
