// Cuts X12 text into segments, chunk by chunk, with the delimiters that each interchange declares (x12.md 1).
import { AppError } from '../errors.ts'
import type { Warn } from './warnings.ts'

export interface Delimiters {
  element: string
  component: string
  /** Null where the file declares none: 4010, or a letter in its place. */
  repetition: string | null
  segment: string
}
export interface Segment {
  id: string
  /** `at[1]` is the first element; `at[0]` the id. Absent elements are not stored: see `el`. */
  at: readonly string[]
  /** Place in the file, from 1. */
  index: number
  delimiters: Delimiters
}

/** An element by its number, trimmed of padding; empty when absent. */
export function el(segment: Segment, number: number): string {
  return segment.at[number]?.trim() ?? ''
}
/** The components of an element. */
export function parts(segment: Segment, number: number): string[] {
  return el(segment, number)
    .split(segment.delimiters.component)
    .map((part) => part.trim())
}

/** A file that never ends a segment is not X12; what is longer is cut, with a warning. */
const LONGEST = 50_000
const ISA_LENGTH = 106
const BARE: Omit<Delimiters, 'segment'> = { element: '*', component: ':', repetition: null }
const LETTER = /[A-Za-z0-9 ]/

interface Header {
  delimiters: Delimiters
  padded: boolean
}

/** The delimiters that text beginning with `ISA` declares, or null when it is not an interchange header. */
function readHeader(text: string): Header | null {
  const element = text[3]
  if (!text.startsWith('ISA') || element === undefined || LETTER.test(element)) return null
  const head = text.slice(0, ISA_LENGTH)
  const fixed = head.length === ISA_LENGTH && head[103] === element && head.split(element).length === 17
  if (fixed) return declared(element, head[82]!, head[104]!, head[105]!, true)
  // Without padding the sixteenth element is one character, and the terminator stands behind it.
  const rest = text.slice(0, 400).split(element)
  const last = rest[16]
  if (last === undefined || last.length < 2) return null
  return declared(element, rest[11]!.slice(0, 1), last[0]!, last[1]!, false)
}
function declared(element: string, repetition: string, component: string, segment: string, padded: boolean) {
  const distinct = new Set([element, component, segment]).size === 3
  if (!distinct || LETTER.test(component) || LETTER.test(segment)) return null
  return {
    padded,
    delimiters: {
      element,
      component,
      segment,
      repetition: repetition === '' || LETTER.test(repetition) ? null : repetition,
    },
  }
}

/** Where an interchange may begin in text of another kind: at the start of a line or behind a terminator. */
function findHeader(text: string): number {
  for (let at = text.indexOf('ISA'); at >= 0; at = text.indexOf('ISA', at + 1)) {
    const before = at === 0 ? '\n' : text[at - 1]!
    if (!LETTER.test(before) && readHeader(text.slice(at, at + 400))) return at
  }
  return -1
}

/**
 * Segments in order, read lazily: only the current chunk is held.
 * @param chunks text in pieces of any size
 * @throws AppError FILE_REJECTED when the text holds no X12 at all
 */
export function* readSegments(chunks: Iterable<string>, warn: Warn): Generator<Segment> {
  const source = chunks[Symbol.iterator]()
  let text = ''
  let done = false
  let index = 0
  const state: { delimiters: Delimiters | null } = { delimiters: null }
  const fill = (length: number): void => {
    while (!done && text.length < length) {
      const next = source.next()
      if (next.done) done = true
      else text += next.value
    }
  }
  const open = (header: Header): void => {
    if (!header.padded) warn('isa_not_padded', index + 1, 'The ISA segment is not 106 characters long.')
    state.delimiters = header.delimiters
  }

  fill(LONGEST)
  text = text.replace(/^[\s\uFEFF]+/, '')
  const header = readHeader(text)
  if (header) open(header)
  else {
    const start = findHeader(text)
    const bare = /(?:^|[\r\n~])\s*((?:GS|ST)\*)/.exec(text)
    if (start >= 0 && (!bare || start < bare.index)) {
      warn('stray_text', 0, 'There is text before the first interchange.')
      text = text.slice(start)
    } else if (bare) {
      if (/\S/.test(text.slice(0, bare.index))) warn('stray_text', 0, 'There is text before the first segment.')
      warn('no_envelope', 0, 'The file has no ISA segment: the usual delimiters are assumed.')
      text = text.slice(text.indexOf(bare[1]!, bare.index))
      state.delimiters = { ...BARE, segment: text.includes('~') ? '~' : '\n' }
    } else
      throw new AppError('FILE_REJECTED', 'This is not an X12 file: no ISA, GS or ST segment was found.', {
        reason: 'not_x12',
      })
  }

  // `from` walks through the chunk; what was read is dropped only when more text is needed.
  let from = 0
  for (;;) {
    if (text.length - from < LONGEST && !done) {
      text = text.slice(from)
      from = 0
      fill(LONGEST * 4)
    }
    while (from < text.length && (text.charCodeAt(from) <= 32 || text[from] === '\uFEFF')) from += 1
    if (from >= text.length) {
      if (done) return
      continue
    }
    if (text.startsWith('ISA', from)) {
      const next = readHeader(text.slice(from, from + 400))
      if (next) open(next)
    }
    const active = state.delimiters
    if (active === null) return
    let end = text.indexOf(active.segment, from)
    if (end < 0 && done) {
      warn('unterminated', index + 1, 'The file ends in the middle of a segment: it may be cut off.')
      end = text.length
    } else if (end < 0 || end - from > LONGEST) {
      warn('segment_too_long', index + 1, `A segment is longer than ${LONGEST} characters: the rest of it is left out.`)
      end = from + LONGEST
    }
    let raw = text.slice(from, end)
    from = text[end] === active.segment ? end + 1 : end
    raw = raw.replace(/[\r\n]+$/, '')
    if (/[\r\n]/.test(raw)) {
      warn('line_break_in_segment', index + 1, 'A line ends inside a segment: the break is left out.')
      raw = raw.replace(/[\r\n]+/g, '')
    }
    const at = raw.split(active.element)
    const id = at[0]!.trim()
    index += 1
    if (!/^[A-Z][A-Z0-9]{1,2}$/.test(id)) {
      warn('stray_text', index, 'This text is not a segment and is left out.')
      continue
    }
    yield { id, at, index, delimiters: active }
  }
}
