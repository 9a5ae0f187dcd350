// Cuts X12 text into segments, chunk by chunk, with the delimiters that each interchange declares (x12.md 1).
import { AppError } from '../errors.ts'
import type { Warn } from './warnings.ts'

interface Delimiters {
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

/**
 * Remembers what short texts are read as. Ids and codes are a few dozen in a file, but asked for and compared a million times:
 * as the name of a property the engine keeps a text once, and comparing it is no longer a matter of its letters.
 */
function remembered(read: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const [word] = Object.keys({ [read(text)]: true }) as [string]
    if (text.length <= 3 && known.size < 5000) known.set(text, word)
    return word
  }
}
const upperOf = remembered((text) => text.trim().toUpperCase())
/** A segment's id; empty for text that is none. */
const idOf = remembered((text) => /^[A-Z][A-Z0-9]{1,2}$/.exec(text.trim().toUpperCase())?.[0] ?? '')

/** An element by its number, trimmed of padding; empty when absent. */
export function el(segment: Segment, number: number): string {
  return segment.at[number]?.trim() ?? ''
}
/** A qualifier or code by its number, in upper case whatever the sender wrote. */
export function code(segment: Segment, number: number): string {
  return upperOf(segment.at[number] ?? '')
}
/** The components of an element. */
export function parts(segment: Segment, number: number): string[] {
  return el(segment, number)
    .split(segment.delimiters.component)
    .map((part) => part.trim())
}

/** No segment is as long: its terminator is lost, and cutting it would change an amount. */
const LONGEST = 50_000
const ISA_LENGTH = 106
const BARE: Omit<Delimiters, 'segment'> = { element: '*', component: ':', repetition: null }
const BYTE_ORDER_MARK = 0xfeff
const LINE_FEED = 10
const CARRIAGE_RETURN = 13
/** `i`. */
const LETTER_I = 105
const LETTER = /[A-Za-z0-9 ]/

interface Header {
  delimiters: Delimiters
  padded: boolean
}

/** The delimiters that an interchange header at `from` declares, or null when there is none. */
function readHeader(content: string, from: number): Header | null {
  // Most segments are told apart by their first letter, whatever its case.
  if ((content.charCodeAt(from) | 32) !== LETTER_I) return null
  const text = content.slice(from, from + 400)
  const element = text[3]
  if (!/^ISA/i.test(text) || element === undefined || LETTER.test(element)) return null
  const head = text.slice(0, ISA_LENGTH)
  const fixed = head.length === ISA_LENGTH && head.lastIndexOf(element) === 103 && head.split(element).length === 17
  const padded = fixed ? declared(element, head[82]!, head[104]!, head[105]!, true) : null
  if (padded) return padded
  // Without padding the sixteenth element is one character, and the terminator stands behind it.
  const rest = text.split(element)
  const last = /^(.) *([^ ])/s.exec(rest[16] ?? '')
  if (!last) return null
  return declared(element, rest[11]!.slice(0, 1), last[1]!, last[2]!, false)
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
  for (const { index } of text.matchAll(/(?<=^|[^A-Z0-9 ] *)ISA/gi)) if (readHeader(text, index)) return index
  return -1
}
/** Where a new interchange begins inside what should be one segment: its file was put behind one without an end. */
function findNext(text: string, from: number, to: number): number {
  for (const { 0: all, index } of text.slice(from, to).matchAll(/[\r\n]\s*ISA/gi)) {
    const at = from + index + all.length - 3
    if (readHeader(text, at)) return at
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
  const header = readHeader(text, 0)
  if (header) open(header)
  else {
    const start = findHeader(text)
    const bare = /(?:^|[\r\n~])\s*((?:GS|ST)\*)/i.exec(text)
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
  let isLost = false
  for (;;) {
    if (text.length - from < LONGEST && !done) {
      text = text.slice(from)
      from = 0
      fill(LONGEST)
    }
    while (text.charCodeAt(from) <= 32 || text.charCodeAt(from) === BYTE_ORDER_MARK) from += 1
    if (from >= text.length) {
      if (done) return
      continue
    }
    const next = isLost ? null : readHeader(text, from)
    if (next) open(next)
    const active = state.delimiters
    if (active === null) return
    const cut = cutSegment(text, from, active)
    const other = cut.isBroken ? findNext(text, from + 3, cut.end) : -1
    if (other < 0 && !cut.isEnded && (cut.end < text.length || !done)) {
      if (!isLost)
        warn('segment_too_long', index + 1, `A segment is longer than ${LONGEST} characters: it is left out.`)
      isLost = true
      from = cut.end
      continue
    }
    const isEnded = cut.isEnded && other < 0
    if (!isEnded) warn('unterminated', index + 1, 'A segment has no end: the file may be cut off.')
    const end = other < 0 ? cut.end : other
    index += 1
    let { at } = cut
    if (cut.isBroken && !isLost) {
      const raw = text.slice(from, end).replace(/[\r\n]+$/, '')
      if (/[\r\n]/.test(raw))
        warn('line_break_in_segment', index, 'A line ends inside a segment: the break is left out.')
      at = raw.replace(/[\r\n]+/g, '').split(active.element)
    }
    from = isEnded ? end + 1 : end
    if (isLost) {
      isLost = false
      continue
    }
    const id = idOf(at[0]!)
    if (id === '') {
      warn('stray_text', index, 'This text is not a segment and is left out.')
      continue
    }
    yield { id, at, index, delimiters: active }
  }
}

interface Cut {
  at: string[]
  /** Where the terminator stands; where there is none, how far was looked. */
  end: number
  isEnded: boolean
  /** A line ends inside. */
  isBroken: boolean
}
/** The elements of the segment that begins at `from`. One walk over the characters: half of the cost of `split`. */
function cutSegment(text: string, from: number, delimiters: Delimiters): Cut {
  const element = delimiters.element.charCodeAt(0)
  const segment = delimiters.segment.charCodeAt(0)
  const last = Math.min(text.length - 1, from + LONGEST)
  const at: string[] = []
  let start = from
  let isBroken = false
  for (let end = from; end <= last; end += 1) {
    const sign = text.charCodeAt(end)
    if (sign === element) {
      at.push(text.slice(start, end))
      start = end + 1
    } else if (sign === segment) {
      at.push(text.slice(start, end))
      return { at, end, isEnded: true, isBroken }
    } else if (sign === LINE_FEED || sign === CARRIAGE_RETURN) isBroken = true
  }
  const end = Math.min(text.length, from + LONGEST)
  at.push(text.slice(start, end))
  return { at, end, isEnded: false, isBroken }
}
