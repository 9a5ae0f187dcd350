// Reads what a clearinghouse or payer answers to a claim file: TA1 (interchange), 999 (group), 277CA (claims).
import * as z from 'zod'
import { IsoDate } from '../dates.ts'
import { CATEGORIES, ELEMENT_ERRORS, ENTITIES, SEGMENT_ERRORS, SET_ERRORS } from './acknowledgement-words.ts'
import { readAmount, readDay } from './amounts.ts'
import { IMPLEMENTATION } from './claim-file.ts'
import { STATUSES } from './claim-status-words.ts'
import { readEnvelopes } from './envelope.ts'
import { collectWarnings } from './era-read.ts'
import { el, parts, readSegments, type Segment } from './segments.ts'
import { type Warn, X12Warning } from './warnings.ts'

/** A 999 or TA1 about a file of ours. Control numbers are those that we wrote. */
const FileAnswer = z.strictObject({
  kind: z.enum(['TA1', '999']),
  /** ISA13 for a TA1, GS06 for a 999. */
  control: z.string(),
  /** ST02 of the set; empty when the whole file is meant. */
  set: z.string(),
  /** False when a 999 says that it speaks of something else than dental claims, such as another program’s. */
  isDental: z.boolean(),
  isAccepted: z.boolean(),
  /** The code as sent: A, E, P, R, M, W, X. */
  code: z.string(),
  problems: z.array(
    z.strictObject({
      /** CLM01, where the answer names one. */
      claim: z.string(),
      segmentId: z.string(),
      position: z.string(),
      loop: z.string(),
      element: z.string(),
      value: z.string(),
      words: z.string(),
    }),
  ),
})
type FileAnswer = z.infer<typeof FileAnswer>
/** A problem of which no place is named. */
const NOWHERE = { claim: '', segmentId: '', position: '', loop: '', element: '', value: '' }

/** A 277CA about one claim. */
export const ClaimAnswer = z.strictObject({
  /** CLM01 as it comes back; empty when a whole batch is meant. */
  claim: z.string(),
  /** BHT03 of our file as it comes back, where the answer names it. */
  batch: z.string(),
  /** NPI or tax ID where one provider’s claims in the batch are meant, empty when it is not named; null otherwise. */
  provider: z.string().nullable(),
  isAccepted: z.boolean(),
  on: IsoDate.nullable(),
  amountCents: z.number().int().nullable(),
  payerClaimNumber: z.string(),
  reasons: z.array(
    z.strictObject({
      category: z.string(),
      status: z.string(),
      entity: z.string(),
      words: z.string(),
      /** Path into the claim form, or empty. */
      field: z.string(),
    }),
  ),
  text: z.string(),
})
export type ClaimAnswer = z.infer<typeof ClaimAnswer>

export const Acknowledgements = z.strictObject({
  files: z.array(FileAnswer),
  claims: z.array(ClaimAnswer),
  warnings: z.array(X12Warning),
})
export type Acknowledgements = z.infer<typeof Acknowledgements>

/** All answers of a text. @throws AppError FILE_REJECTED when it is no X12 at all */
export function readAcknowledgements(text: string): Acknowledgements {
  const { warnings, warn } = collectWarnings()
  const files: FileAnswer[] = []
  const claims: ClaimAnswer[] = []
  let known = 0
  let functional: FunctionalReader | null = null
  let status: StatusReader | null = null
  const finish = () => {
    files.push(...(functional?.finish() ?? []))
    claims.push(...(status?.answers() ?? []))
    functional = null
    status = null
  }
  for (const { segment, kind } of readEnvelopes(readSegments([text], warn), warn)) {
    if (kind === 'TA1') {
      known += 1
      files.push(readInterchange(segment))
      continue
    }
    if (segment.id === 'ST') {
      finish()
      functional = kind === '999' || kind === '997' ? new FunctionalReader(warn) : null
      status = kind === '277' ? new StatusReader(warn) : null
      if (functional || status) known += 1
    }
    functional?.add(segment)
    status?.add(segment)
    if (segment.id === 'SE') finish()
  }
  finish()
  if (known === 0) warn('unknown_acknowledgement', 0, 'The file has no 999, 277CA or TA1.')
  return { files, claims, warnings }
}

function readInterchange(segment: Segment): FileAnswer {
  const code = el(segment, 4)
  const note = el(segment, 5)
  return {
    kind: 'TA1',
    control: el(segment, 1),
    set: '',
    isDental: true,
    isAccepted: code === 'A' || code === 'E',
    code,
    problems:
      note === '' || note === '000' ? [] : [{ ...NOWHERE, segmentId: 'ISA', words: `interchange note ${note}` }],
  }
}

/** Whether AK1 (group) or AK2 (set) may mean our claims: the kind and the implementation, where they are given. */
function isDental(segment: Segment, kind: string): boolean {
  const [given, version] = [el(segment, 1), el(segment, 3)]
  return (given === '' || given === kind) && (version === '' || version.startsWith(IMPLEMENTATION.slice(0, 10)))
}

/** The sets of one 999 (or its predecessor 997). */
class FunctionalReader {
  private readonly answers: FileAnswer[] = []
  private readonly warn: Warn
  private control = ''
  private isDental = true
  private set: FileAnswer | null = null
  /** The place of the last AK2, for what its answer lacks. */
  private place = 0

  constructor(warn: Warn) {
    this.warn = warn
  }

  add(segment: Segment): void {
    const problem = this.set?.problems.at(-1)
    switch (segment.id) {
      case 'AK1':
        this.control = el(segment, 2)
        this.isDental = isDental(segment, 'HC')
        break
      case 'AK2':
        this.leaveOut()
        this.place = segment.index
        this.set = { ...this.answer(), set: el(segment, 2), isDental: this.isDental && isDental(segment, '837') }
        this.answers.push(this.set)
        break
      case 'IK3':
      case 'AK3':
        this.set?.problems.push({
          ...NOWHERE,
          segmentId: el(segment, 1),
          position: el(segment, 2),
          loop: el(segment, 3),
          words: wordsOf(SEGMENT_ERRORS, el(segment, 4)),
        })
        break
      case 'CTX': {
        const [name, value = ''] = parts(segment, 1)
        if (problem && name === 'CLM01') problem.claim = value
        break
      }
      case 'IK4':
      case 'AK4':
        if (problem) {
          const element = {
            element: parts(segment, 1)[0] ?? '',
            value: el(segment, 4),
            words: wordsOf(ELEMENT_ERRORS, el(segment, 3)),
          }
          // A segment may have several elements in error.
          if (problem.element === '') Object.assign(problem, element)
          else this.set?.problems.push({ ...problem, ...element })
        }
        break
      case 'IK5':
      case 'AK5':
        if (this.set) this.close(this.set, segment)
        break
      case 'AK9':
        this.closeGroup(segment)
        break
      default:
    }
  }

  private answer(): FileAnswer {
    const { control, isDental } = this
    return { kind: '999', control, set: '', isDental, isAccepted: true, code: '', problems: [] }
  }
  /** All answers, once the set is at its end. */
  finish(): FileAnswer[] {
    this.leaveOut()
    return this.answers
  }
  /** A set whose verdict is missing was cut off: that is neither yes nor no. */
  private leaveOut(): void {
    if (!this.set) return
    this.warn('unknown_acknowledgement', this.place, 'The verdict on a set (IK5) is missing: it is left out.')
    this.answers.splice(this.answers.indexOf(this.set), 1)
    this.set = null
  }
  private close(set: FileAnswer, segment: Segment): void {
    set.code = el(segment, 1)
    set.isAccepted = set.code === 'A' || set.code === 'E'
    addCodes(set, segment, 2)
    this.set = null
  }
  /** A group is refused as a whole where no set is named, or although its sets were not. */
  private closeGroup(segment: Segment): void {
    this.leaveOut()
    const code = el(segment, 1)
    const isRefused = ['R', 'M', 'W', 'X'].includes(code)
    if (this.answers.length > 0 && !(isRefused && this.answers.every((one) => one.isAccepted))) return
    const answer: FileAnswer = { ...this.answer(), isAccepted: !isRefused, code }
    addCodes(answer, segment, 5)
    this.answers.push(answer)
  }
}
function addCodes(answer: FileAnswer, segment: Segment, from: number): void {
  for (let at = from; at < segment.at.length; at += 1) {
    const code = el(segment, at)
    // 5 only says that segments are in error, and those are listed.
    if (code === '' || (code === '5' && answer.problems.length > 0)) continue
    answer.problems.push({ ...NOWHERE, words: wordsOf(SET_ERRORS, code) })
  }
}
function wordsOf(table: Readonly<Record<string, string>>, code: string): string {
  return table[code] ?? `code ${code}`
}

/** The claims of one 277CA; a refused batch or provider without claims becomes an answer without a claim number. */
class StatusReader {
  private readonly warn: Warn
  private readonly found: ClaimAnswer[] = []
  private readonly batches: ClaimAnswer[] = []
  private level = ''
  /** The file of ours that the receiver's level names. */
  private batch = ''
  /** NM109 of the provider’s level. */
  private provider = ''
  private current: ClaimAnswer | null = null
  private isLine = false

  constructor(warn: Warn) {
    this.warn = warn
  }
  add(segment: Segment): void {
    switch (segment.id) {
      case 'HL':
        this.level = el(segment, 3)
        if (this.level === '20' || this.level === '21') this.batch = ''
        this.provider = ''
        this.current = null
        this.isLine = false
        break
      case 'NM1':
        if (this.level === '19' && el(segment, 1) === '85') this.provider = el(segment, 9)
        break
      case 'TRN':
        if (el(segment, 1) === '2') this.open(el(segment, 2))
        break
      case 'STC':
        if (!this.current) this.open('')
        if (this.current) this.addStatus(this.current, segment)
        break
      case 'REF':
        if (this.current && !this.isLine && el(segment, 1) === '1K') this.current.payerClaimNumber = el(segment, 2)
        break
      case 'SVC':
        this.isLine = true
        break
      default:
    }
  }
  answers(): ClaimAnswer[] {
    const refused = this.batches.filter((one) => !one.isAccepted)
    return [...this.found, ...refused].filter((one) => one.reasons.length > 0)
  }

  private open(claim: string): void {
    const isClaim = this.level === 'PT' || this.level === '22' || this.level === '23'
    this.isLine = false
    if (this.level === '21') this.batch = claim
    this.current = {
      claim: isClaim ? claim : '',
      batch: this.batch || (isClaim ? '' : claim),
      provider: this.level === '19' ? this.provider : null,
      isAccepted: true,
      on: null,
      amountCents: null,
      payerClaimNumber: '',
      reasons: [],
      text: '',
    }
    ;(isClaim ? this.found : this.batches).push(this.current)
  }
  private addStatus(answer: ClaimAnswer, segment: Segment): void {
    for (const at of [1, 10, 11]) {
      const [category = '', status = '', entity = ''] = parts(segment, at)
      if (category === '') continue
      const known = CATEGORIES[category]
      if (!known)
        this.warn('unknown_status', segment.index, `STC${String(at).padStart(2, '0')} names an unknown category.`)
      const isAccepted = known?.isAccepted ?? el(segment, 3) !== 'U'
      if (!isAccepted) answer.isAccepted = false
      const [words, field] = STATUSES[status] ?? [`status ${status}`, '']
      const [who, npiField] = ENTITIES[entity] ?? ['', '']
      const about = [who, words].filter(Boolean).join(': ')
      answer.reasons.push({
        category,
        status,
        entity,
        words: `${known?.words ?? category} (${about})`,
        field: status === '562' ? npiField : field,
      })
    }
    if (el(segment, 3) === 'U') answer.isAccepted = false
    answer.on ??= readDay(el(segment, 2))
    answer.amountCents ??= readAmount(el(segment, 4))
    if (el(segment, 12)) answer.text = [answer.text, el(segment, 12)].filter(Boolean).join(' ')
  }
}
