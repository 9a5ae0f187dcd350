// One row of a list of procedures: what was done where and when, or why the row is none.
import type { IsoDate } from '../dates.ts'
import { isNothing, readAmount, readDay } from '../import/cells.ts'
import { type Name, readName } from '../import/names.ts'
import { fixedArchOf, isCode } from '../import/places.ts'
import type { PastProcedure } from '../past-procedure.ts'
import { findTooth } from '../teeth.ts'
import { historyLabelOf, type HistoryField, type HistoryMapping } from './fields.ts'

export interface ListedProcedure extends Omit<PastProcedure, 'patientId' | 'listKey'> {
  row: number
  /** Of the patient in the practice system. */
  externalId: string
  names: Name[]
  birthDate: IsoDate | null
  /** Of the procedure in the practice system; empty where the list has none. */
  procedureId: string
}
type ReadProcedure =
  { procedure: ListedProcedure } | { leftOut: string } | { problem: { column: string; message: string } }

/** As Open Dental writes them raw and in words (its public source, Enumerations), and as offices do. */
const STATES: readonly [RegExp, PastProcedure['state'] | 'out', string][] = [
  [/^(1|tp|planned|plan|treatment planned|tx ?plan|proposed)$/, 'planned', ''],
  [/^(2|c|complete|completed|done)$/, 'done', ''],
  [/^(3|4|ec|eo|existing|existing (current|other).*)$/, 'elsewhere', ''],
  [/^(5|r|referred( out)?)$/, 'gone', 'Referred out'],
  [/^(6|d|deleted)$/, 'gone', 'Deleted'],
  [/^(7|cn|condition)$/, 'out', 'A condition, not a treatment'],
  [/^(8|tpi|tp ?inactive)$/, 'out', 'An inactive treatment plan'],
]

/** @param today without a column of states what has a day up to today was done */
export function readProcedure(
  cells: readonly string[],
  row: number,
  mapping: HistoryMapping,
  today: IsoDate,
): ReadProcedure {
  const cell = (field: HistoryField) => {
    const text = mapping[field] === undefined ? '' : (cells[mapping[field]] ?? '').trim()
    return isNothing(text) ? '' : text
  }
  const problem = (field: HistoryField, message: string) => ({ problem: { column: historyLabelOf(field), message } })
  const day = (field: 'on' | 'birthDate') => readDay(cell(field), today, { born: field === 'birthDate' })
  const code = cell('code')
  if (!isCode(code)) return { leftOut: code === '' ? 'No code' : `“${short(code)}” is not a CDT code` }
  const [on, born] = [day('on'), day('birthDate')]
  if ('problem' in on) return problem('on', on.problem)
  if ('problem' in born) return problem('birthDate', born.problem)
  const said = cell('state').toLowerCase()
  const known = STATES.find(([word]) => word.test(said))
  if (said !== '' && !known)
    return problem('state', `The status “${short(said)}” is not known. Use TP, C, EC, EO, R or D.`)
  if (known?.[1] === 'out') return { leftOut: known[2] }
  const state = known?.[1] ?? (on.day !== null && on.day <= today ? 'done' : 'planned')
  if (state === 'done' && on.day !== null && on.day > today)
    return problem('on', 'It is done, and this day is in the future.')
  const fee = readAmount(cell('fee'))
  if (fee === undefined || (fee !== null && fee < 0))
    return problem('fee', `“${short(cell('fee'))}” is not an amount in dollars.`)
  const tooth = cell('tooth')
  const found = tooth === '' ? undefined : findTooth(tooth.replace(/^#?0(?=\d$)/, ''))
  if (tooth !== '' && !found) return problem('tooth', `There is no tooth “${short(tooth)}”.`)
  const number = `D${code.replace(/\D/g, '')}`
  const surface = cell('surface').toUpperCase()
  const area = AREAS[surface] ?? null
  const range = cell('range')
  return {
    procedure: {
      row,
      externalId: cell('externalId').slice(0, 40),
      names: readName({ whole: cell('patient'), last: cell('lastName'), first: cell('firstName') }),
      birthDate: born.day,
      procedureId: cell('procedureId').slice(0, 40),
      code: number,
      tooth: found?.tooth ?? null,
      area: found ? null : (area ?? fixedArchOf(number)),
      detail: [area === null || found ? surface : '', range].filter(Boolean).join(' ').slice(0, 100),
      state,
      serviceDate: on.day,
      feeCents: fee,
      provider: cell('provider').slice(0, 40),
    },
  }
}

/** Open Dental's Surf also holds quadrants and arches (its public source). */
const AREAS: Readonly<Record<string, string>> = {
  UR: '10',
  UL: '20',
  LL: '30',
  LR: '40',
  U: '01',
  L: '02',
  UA: '01',
  LA: '02',
}
const short = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)

/** By which the next list knows a procedure again: its number, else what it is, where and when. */
export const keyOf = ({ procedureId, code, tooth, area, detail, serviceDate }: ListedProcedure): string =>
  procedureId ? `no ${procedureId}` : [code, tooth ?? area ?? '', detail, serviceDate ?? ''].join('|')
