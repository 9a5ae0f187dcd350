// A rule of a payer as it is typed, and as it is kept: each field that cannot be read says what it needs.
import type { Authorization } from '#core/authorization/schema.ts'
import type { BenefitCheck } from '#core/case/schema.ts'
import { RuleBody, type RuleTopic, type Span } from '#core/payer-rule/schema.ts'
import { wholeNumber } from '../../lib/whole-number.ts'

export const WHEN_LABELS = { claim: 'Claim', authorization: 'Authorization', both: 'Both', appeal: 'Appeal' } as const
type When = keyof typeof WHEN_LABELS
const STAGES = {
  claim: ['claim'],
  authorization: ['authorization'],
  both: ['authorization', 'claim'],
  appeal: ['appeal'],
} as const

export interface RuleDraft {
  topic: RuleTopic
  codes: string
  state: string
  words: string
  source: string
  docDate: string
  seenOn: string | null
  confidence: RuleBody['confidence']
  need: 'required' | 'estimate' | 'none'
  title: string
  kind: string
  when: When
  months: string
  count: string
  scope: 'tooth' | 'quadrant' | 'arch' | 'patient'
  period: string
  periodUnit: 'day' | 'month' | 'calendar_year' | 'lifetime'
  counted: string
  ageFrom: string
  ageThrough: string
  teeth: string
  isPaid: 'yes' | 'no'
  as: string
  with: string
  spanUnit: Span['unit']
  from: string
  asked: '' | 'required' | 'estimate'
  expedited: string
  expeditedUnit: Span['unit']
  level: '1' | '2' | '3'
}

const EMPTY: RuleDraft = {
  topic: 'frequency',
  codes: '',
  state: '',
  words: '',
  source: '',
  docDate: '',
  seenOn: null,
  confidence: 'reported',
  need: 'required',
  title: '',
  kind: '',
  when: 'claim',
  months: '',
  count: '1',
  scope: 'tooth',
  period: '60',
  periodUnit: 'month',
  counted: '',
  ageFrom: '',
  ageThrough: '',
  teeth: '',
  isPaid: 'no',
  as: '',
  with: '',
  spanUnit: 'cd',
  from: '',
  asked: '',
  expedited: '',
  expeditedUnit: 'bd',
  level: '1',
}

const list = (parts: readonly string[]) => parts.join(', ')
const text = (value: number | null) => String(value ?? '')

/** The fields of a rule that is on file. */
export function draftOf({ term, codes, ...basis }: RuleBody): RuleDraft {
  const known = { ...EMPTY, ...basis, topic: term.topic, codes: list(codes) }
  switch (term.topic) {
    case 'need':
      return { ...known, need: term.need }
    case 'document': {
      const when = term.stages.length > 1 ? 'both' : term.stages[0]!
      return { ...known, title: term.title, kind: term.kind ?? '', when, months: text(term.maxAgeMonths) }
    }
    case 'frequency':
      return {
        ...known,
        count: text(term.count),
        scope: term.scope,
        period: text(term.period),
        periodUnit: term.unit,
        counted: list(term.counted),
      }
    case 'waiting':
      return { ...known, months: text(term.months) }
    case 'age':
      return { ...known, ageFrom: text(term.from), ageThrough: text(term.through) }
    case 'teeth':
      return { ...known, teeth: list(term.teeth) }
    case 'missing_tooth':
      return { ...known, isPaid: term.isPaid ? 'yes' : 'no' }
    case 'downgrade':
      return { ...known, as: term.as, teeth: list(term.teeth) }
    case 'bundling':
      return { ...known, with: list(term.with) }
    case 'answer':
      return {
        ...known,
        count: text(term.count),
        spanUnit: term.unit,
        from: term.from,
        asked: term.kind ?? '',
        expedited: text(term.expedited?.count ?? null),
        expeditedUnit: term.expedited?.unit ?? 'bd',
      }
    case 'valid':
      return { ...known, count: text(term.count), spanUnit: term.unit, from: term.from, asked: term.kind ?? '' }
    case 'filing':
      return { ...known, count: text(term.count), spanUnit: term.unit, from: term.from }
    case 'appeal':
      return {
        ...known,
        count: text(term.count),
        spanUnit: term.unit,
        from: term.from,
        level: String(term.level) as RuleDraft['level'],
      }
    case 'channel':
    case 'remark':
      return known
  }
}

const parts = (typed: string) => typed.split(/[,;\s]+/).filter(Boolean)
/** NaN: what was typed is no whole number. */
const number = (typed: string) => wholeNumber(typed, 0, 9999) ?? (typed.trim() === '' ? null : Number.NaN)

function termIn(draft: RuleDraft): object {
  const { topic } = draft
  const span = { count: number(draft.count), unit: draft.spanUnit, from: draft.from }
  const kind = draft.asked || null
  const expedited = number(draft.expedited)
  const terms: Record<RuleTopic, object> = {
    need: { need: draft.need },
    document: {
      title: draft.title,
      kind: draft.kind || null,
      stages: STAGES[draft.when],
      maxAgeMonths: number(draft.months),
    },
    frequency: {
      count: number(draft.count),
      scope: draft.scope,
      period: draft.periodUnit === 'lifetime' ? null : number(draft.period),
      unit: draft.periodUnit,
      counted: parts(draft.counted),
    },
    waiting: { months: number(draft.months) },
    age: { from: number(draft.ageFrom), through: number(draft.ageThrough) },
    teeth: { teeth: parts(draft.teeth) },
    missing_tooth: { isPaid: draft.isPaid === 'yes' },
    downgrade: { as: draft.as, teeth: parts(draft.teeth) },
    bundling: { with: parts(draft.with) },
    answer: {
      ...span,
      kind,
      expedited: expedited === null ? null : { count: expedited, unit: draft.expeditedUnit },
    },
    valid: { ...span, kind },
    filing: span,
    appeal: { ...span, level: Number(draft.level) },
    channel: {},
    remark: {},
  }
  return { topic, ...terms[topic] }
}

/** Fields whose name in the rule is another one. */
const FIELDS: Partial<Record<string, keyof RuleDraft>> = { maxAgeMonths: 'months' }
type Errors = Partial<Record<keyof RuleDraft, string>>

/** The rule that was typed, or what each field lacks. */
export function readRule(
  draft: RuleDraft,
): { body: RuleBody; errors?: undefined } | { errors: Errors; body?: undefined } {
  const { codes, state, words, source, docDate, seenOn, confidence, topic } = draft
  const isWordless = (topic === 'channel' || topic === 'remark') && words.trim() === ''
  const basis = { codes: parts(codes), state: state.trim().toUpperCase(), words, source, docDate, seenOn, confidence }
  const read = RuleBody.safeParse({ ...basis, term: termIn(draft) })
  if (read.success && !isWordless) return { body: read.data }
  const errors: Errors = isWordless ? { words: 'Say it in a sentence' } : {}
  for (const { path, message, code } of read.error?.issues ?? []) {
    const [first, second] = path
    const key = String(first === 'term' ? second : first)
    const isAge = topic === 'age' && (key === 'from' || key === 'through')
    const field = isAge ? (key === 'from' ? 'ageFrom' : 'ageThrough') : (FIELDS[key] ?? (key as keyof RuleDraft))
    errors[field] ??= code === 'invalid_type' ? (field === 'seenOn' ? 'Type a date' : 'Type a whole number') : message
  }
  return { errors }
}

const TOPIC_OF = { authorization_need: 'need', frequency: 'frequency', bundling: 'bundling' } as const
/** What a payer said in a case as the beginning of a rule; null: not said, or of this patient alone. */
export function draftFrom(check: BenefitCheck): Partial<RuleDraft> | null {
  const { kind, code, answer, authorizationKind, source, representative, reference, checkedOn, note } = check
  if (kind === 'eligibility' || answer === 'unknown' || code === null) return null
  // Free of a limit today says nothing of the limit; paid separately is no rule against it.
  if (answer === 'yes' && kind === 'bundling') return null
  const said = [source || 'Call', representative, reference && `ref. ${reference}`].filter(Boolean).join(', ')
  return {
    topic: TOPIC_OF[kind],
    codes: code,
    need: answer === 'no' ? 'none' : (authorizationKind ?? 'required'),
    words: note.slice(0, 400),
    source: said,
    docDate: checkedOn,
    seenOn: checkedOn,
    confidence: 'reported',
  }
}

/** What a payer asked for while it had a request; null: it asks for nothing, or nobody wrote down for what. */
export function draftOfRequest({ state, lines, reference, history }: Authorization): Partial<RuleDraft> | null {
  const asked = history.filter(({ event }) => event === 'request_info').at(-1)
  if (state !== 'info_requested' || !asked || asked.note.trim() === '') return null
  return {
    topic: 'document',
    title: asked.note.trim().slice(0, 120),
    when: 'authorization',
    codes: list([...new Set(lines.map(({ code }) => code))]),
    source: ['Asked for with a request', reference && `no. ${reference}`].filter(Boolean).join(', '),
    docDate: asked.on,
    seenOn: asked.on,
    confidence: 'reported',
  }
}

export const newDraft = (start: Partial<RuleDraft>): RuleDraft => ({ ...EMPTY, ...start })
