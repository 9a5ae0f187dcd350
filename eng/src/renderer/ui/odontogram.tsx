// The mouth as a chart: pick a tooth by click or arrows. Upper row above, patient's right at the left, as charts do.
import { useRef, useState, type KeyboardEvent } from 'react'
import { findTooth, type ToothClass } from '#core/teeth.ts'
import classes from './odontogram.module.css'
import { toneGroup, type Tone } from './status-tag.tsx'

interface Mark {
  /** `open case`, `missing`: read out and shown on hover. */
  label: string
  tone: Tone
}
interface OdontogramProps {
  value: string | null
  onChange: (tooth: string) => void
  /** By tooth: `{ '8': { label: 'open case', tone: 'warn' } }`. */
  marks?: Readonly<Record<string, Mark>>
  label?: string
}

const numbers = (from: number, to: number) =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, step) => String(from + Math.sign(to - from) * step))
const ROWS = [numbers(1, 16), 'ABCDEFGHIJ'.split(''), 'TSRQPONMLK'.split(''), numbers(32, 17)]
const TEETH = ROWS.flat()
/** Crown and roots, drawn for an upper tooth in a 20 × 34 box; lower teeth are turned over. */
const SHAPES: Record<ToothClass, string> = {
  anterior:
    'M7 15 C6.5 8 8.5 2 10 2 C11.5 2 13.5 8 13 15 M6 16 C4.5 22 4.5 28 6 31 C8 33 12 33 14 31 C15.5 28 15.5 22 14 16 C12 14.5 8 14.5 6 16 Z',
  premolar:
    'M6.5 16 C5.5 9 7 3 8.5 3 C9.5 3 9.8 6 10 9 C10.2 6 10.5 3 11.5 3 C13 3 14.5 9 13.5 16 M5 17 C3.5 22 3.5 27 5 31 C6.5 32.5 8.5 32.5 10 30.5 C11.5 32.5 13.5 32.5 15 31 C16.5 27 16.5 22 15 17 C12 15 8 15 5 17 Z',
  molar:
    'M3.5 17 C2.5 10 3.5 4 5 4 C6.5 4 7.5 9 8 13 C8.8 9 9.4 7 10 7 C10.6 7 11.2 9 12 13 C12.5 9 13.5 4 15 4 C16.5 4 17.5 10 16.5 17 M2.5 18 C1 22 1 28 2.5 31 C4.5 32.5 6 32 7 30.5 C8 32 12 32 13 30.5 C14 32 15.5 32.5 17.5 31 C19 28 19 22 17.5 18 C13 15.5 7 15.5 2.5 18 Z',
}

function toothName(tooth: string): string {
  const facts = findTooth(tooth)
  return facts ? `Tooth ${tooth}, ${facts.dentition} ${facts.toothClass}` : `Tooth ${tooth}`
}

/** A grid of teeth; arrows walk along and across the arches, Enter or Space picks. */
export function Odontogram({ value, onChange, marks = {}, label = 'Teeth' }: OdontogramProps) {
  const grid = useRef<HTMLDivElement>(null)
  const [stop, setStop] = useState<string | null>(null)
  const tabStop = [stop, value].find((tooth) => tooth !== null && TEETH.includes(tooth)) ?? TEETH[0]!

  function walk(tooth: string, byRow: number, byColumn: number): void {
    const rowIndex = ROWS.findIndex((row) => row.includes(tooth))
    const target = ROWS[rowIndex + byRow]
    if (!target) return
    const place = (ROWS[rowIndex]!.indexOf(tooth) + 0.5) / ROWS[rowIndex]!.length
    const column = byRow === 0 ? ROWS[rowIndex]!.indexOf(tooth) + byColumn : widthAware(place, ROWS[rowIndex]!, target)
    const next = target[column]
    if (next) grid.current?.querySelector<HTMLElement>(`[data-tooth="${next}"]`)?.focus()
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>, tooth: string): void {
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
    }
    const step = steps[event.key]
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    walk(tooth, ...step)
  }

  return (
    <div ref={grid} role="grid" aria-label={label} className={classes.grid}>
      {ROWS.map((row, rowIndex) => {
        const isUpper = rowIndex < ROWS.length / 2
        return (
          <div key={row[0]} role="row" className={classes.row} data-upper={isUpper || undefined}>
            {row.map((tooth, index) => {
              const mark = marks[tooth]
              return (
                <button
                  key={tooth}
                  type="button"
                  role="gridcell"
                  data-tooth={tooth}
                  data-midline={index === row.length / 2 || undefined}
                  data-tone={mark && toneGroup(mark.tone)}
                  aria-selected={tooth === value}
                  aria-label={mark ? `${toothName(tooth)}, ${mark.label}` : toothName(tooth)}
                  title={mark ? `#${tooth}: ${mark.label}` : `#${tooth}`}
                  tabIndex={tooth === tabStop ? 0 : -1}
                  className={classes.tooth}
                  onFocus={() => setStop(tooth)}
                  onClick={() => onChange(tooth)}
                  onKeyDown={(event) => onKeyDown(event, tooth)}
                >
                  <svg viewBox="0 0 20 34" aria-hidden className={classes.shape}>
                    <path d={SHAPES[findTooth(tooth)?.toothClass ?? 'molar']} />
                  </svg>
                  <span>{tooth}</span>
                </button>
              )
            })}
          </div>
        )
      })}
    </div>
  )
}

/** The tooth above or below: primary rows sit centred over the permanent ones, three places in. */
function widthAware(place: number, from: readonly string[], to: readonly string[]): number {
  const index = Math.floor(place * from.length) + (to.length - from.length) / 2
  return Math.min(to.length - 1, Math.max(0, index))
}
