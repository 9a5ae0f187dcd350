// Interchanges, groups and transaction sets around the segments: who sent what to whom, and whether all of it arrived.
import { el, type Segment } from './segments.ts'
import type { Warn } from './warnings.ts'

export interface Envelope {
  /** ISA06, ISA08. */
  sender: string
  receiver: string
  /** ISA13, GS06, ST02. */
  interchange: string
  group: string
  set: string
  /** ISA15: `T` for test data. */
  isTest: boolean
  /** GS08 or ST03, such as `005010X221A1`. */
  version: string
}
/** A segment inside a transaction set. `kind` is ST01, such as `835`. */
export interface Placed {
  segment: Segment
  kind: string
  envelope: Envelope
}

const NONE: Envelope = { sender: '', receiver: '', interchange: '', group: '', set: '', isTest: false, version: '' }

/**
 * Passes on the segments of transaction sets, ST and SE included, and checks counts and control numbers on the way:
 * what does not add up may be cut off (x12.md 1). Text behind the last set of a file is checked when the source ends.
 */
export function* readEnvelopes(segments: Iterable<Segment>, warn: Warn): Generator<Placed> {
  let envelope = NONE
  let kind = ''
  const open = { interchange: false, group: false, set: false }
  const count = { groups: 0, sets: 0, segments: 0 }

  const closeSet = (at: number) => {
    if (open.set) warn('missing_trailer', at, 'A transaction set does not end with SE: it may be cut off.')
    open.set = false
  }
  const closeGroup = (at: number) => {
    closeSet(at)
    if (open.group) warn('missing_trailer', at, 'A group does not end with GE: it may be cut off.')
    open.group = false
  }
  const closeInterchange = (at: number) => {
    closeGroup(at)
    if (open.interchange) warn('missing_trailer', at, 'An interchange does not end with IEA: it may be cut off.')
    open.interchange = false
  }
  const check = (segment: Segment, what: string, counted: number, control: string) => {
    const said = el(segment, 1)
    if (said !== String(counted) && Number(said) !== counted)
      warn(
        'count_mismatch',
        segment.index,
        `${segment.id} counts ${said || 'nothing'}, the file has ${counted} ${what}.`,
      )
    if (Number(el(segment, 2)) !== Number(control) && el(segment, 2) !== control)
      warn('control_mismatch', segment.index, `${segment.id} carries another control number than its beginning.`)
  }

  let last = 0
  for (const segment of segments) {
    last = segment.index
    switch (segment.id) {
      case 'ISA':
        closeInterchange(segment.index)
        open.interchange = true
        count.groups = 0
        envelope = {
          ...NONE,
          sender: el(segment, 6),
          receiver: el(segment, 8),
          interchange: el(segment, 13),
          isTest: el(segment, 15) === 'T',
        }
        break
      case 'GS':
        closeGroup(segment.index)
        open.group = true
        count.groups += 1
        count.sets = 0
        envelope = { ...envelope, group: el(segment, 6), set: '', version: el(segment, 8) }
        break
      case 'ST':
        closeSet(segment.index)
        open.set = true
        count.sets += 1
        count.segments = 1
        kind = el(segment, 1)
        envelope = { ...envelope, set: el(segment, 2), version: el(segment, 3) || envelope.version }
        yield { segment, kind, envelope }
        break
      case 'SE':
        if (!open.set) {
          warn('misplaced_segment', segment.index, 'SE is outside a transaction set.')
          break
        }
        count.segments += 1
        check(segment, 'segments', count.segments, envelope.set)
        yield { segment, kind, envelope }
        open.set = false
        break
      case 'GE':
        closeSet(segment.index)
        if (open.group) check(segment, 'sets', count.sets, envelope.group)
        open.group = false
        break
      case 'IEA':
        closeGroup(segment.index)
        if (open.interchange) check(segment, 'groups', count.groups, envelope.interchange)
        open.interchange = false
        break
      case 'TA1':
        yield { segment, kind: 'TA1', envelope }
        break
      default:
        if (!open.set) {
          warn('misplaced_segment', segment.index, `${segment.id} is outside a transaction set and is left out.`)
          break
        }
        count.segments += 1
        yield { segment, kind, envelope }
    }
  }
  closeInterchange(last)
}
