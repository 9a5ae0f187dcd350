// What of a list's rows is shown: the first of many, with how many there are.
export interface ListRows {
  problems: readonly { row: number; column: string; message: string }[]
  questions: readonly { row: number }[]
  leftOut: readonly { row: number; reason: string }[]
}

/** Of problems, questions and the like this many are shown. */
export const MOST_SHOWN = 500
const some = <Row>(rows: readonly Row[]): Row[] => rows.slice(0, MOST_SHOWN)

/** Rows that wait for a correction or an answer. */
export const waitingIn = ({ problems, questions }: Pick<ListRows, 'problems' | 'questions'>): number =>
  new Set([...problems, ...questions].map((one) => one.row)).size

export const shown = <List extends ListRows>(list: List) => ({
  problems: some(list.problems),
  questions: some<List['questions'][number]>(list.questions),
  leftOut: some(list.leftOut),
  waiting: waitingIn(list),
  notTaken: list.leftOut.length,
})

/** @returns why a list cannot be imported as it is; null when it can */
export function whyHeld(
  list: ListRows & { missing: readonly string[]; asked: readonly { column: number }[]; headings: readonly string[] },
  { leaveOutProblems }: { leaveOutProblems: boolean },
): string | null {
  if (list.headings.length === 0) return 'The list is empty. Choose another file.'
  if (list.missing.length > 0) return `Say which column holds: ${list.missing.join(', ')}.`
  if (list.asked.length > 0)
    return `Say what these columns hold: ${list.asked.map(({ column }) => list.headings[column]).join(', ')}.`
  const waiting = waitingIn(list)
  if (waiting === 0 || leaveOutProblems) return null
  return `${waiting} ${waiting === 1 ? 'row has' : 'rows have'} problems or questions. Answer them, or leave those rows out.`
}
