// Guesses what a dropped file is from its name and the case: a proposal the person sees and corrects.
import { formatDate, type IsoDate, isDate } from '../dates.ts'
import { findTooth } from '../teeth.ts'
import { ATTACHMENT_LABELS, type AttachmentInput, type AttachmentKind, type Visit } from './schema.ts'
import { completedOn, startedOn } from './evidence.ts'

/** Words as practices name exports; the first match wins, so the special ones stand first. */
const WORDS: readonly [RegExp, AttachmentKind][] = [
  [/cbct|cone.?beam/, 'cbct'],
  [/denial|denied/, 'denial_letter'],
  [/approv|\bpa letter|prior.?auth|predeterm/, 'authorization_letter'],
  [/\beob\b|explanation.?of.?benefits|\bera\b|remit/, 'eob'],
  [/consent/, 'consent'],
  [/perio.?chart|probing/, 'perio_chart'],
  [/narrative/, 'narrative'],
  [/chart|progress|note/, 'chart_note'],
  [/lab.?slip|\brx\b/, 'lab_slip'],
  [/pano|\bopg\b|panorex/, 'panoramic'],
  [/bite.?wing|\bbw\b|\d?bwx?\b/, 'bitewing'],
  [/post.?op|final|obturat/, 'post_op_periapical'],
  [/interim|working|progress film/, 'interim_periapical'],
  [/pre.?op|initial|baseline/, 'pre_op_periapical'],
  [/letter|payer|insurance/, 'payer_letter'],
  [/photo|intraoral|img_|dsc/, 'photo'],
]

export interface GuessContext {
  tooth: string | null
  visits: readonly Visit[]
}

/** Kind, date and tooth a file seems to have; a bare `pa` or `xray` is placed by its date between the visits. */
export function guessAttachment(fileName: string, context: GuessContext): AttachmentInput {
  const text = fileName
    .toLowerCase()
    .replace(/\.[a-z0-9]{2,4}$/, '')
    .replace(/_/g, ' ')
  const takenOn = dateIn(text)
  const named = WORDS.find(([words]) => words.test(text))?.[1]
  const film = /\bpa\b|x-?ray|periapical|film|radiograph/.test(text)
  const kind = named ?? (film ? filmBetween(takenOn, context.visits) : 'other')
  const visit = context.visits.find((one) => one.doneOn !== null && one.doneOn === takenOn)
  return {
    kind,
    takenOn,
    tooth: toothIn(text) ?? (/periapical|bitewing|cbct|photo/.test(kind) ? context.tooth : null),
    orientation: 'none',
    visitId: visit?.id ?? null,
    caption: '',
  }
}

function filmBetween(takenOn: IsoDate | null, visits: readonly Visit[]): AttachmentKind {
  const started = startedOn({ visits, lines: [] })
  const completed = completedOn(visits)
  if (started === null || (takenOn !== null && takenOn <= started)) return 'pre_op_periapical'
  if (takenOn === null) return 'other'
  return completed !== null && takenOn >= completed ? 'post_op_periapical' : 'interim_periapical'
}

/** `2026-03-14`, `20260314`, `03-14-2026` or `03142026` anywhere in the name. */
function dateIn(text: string): IsoDate | null {
  const iso = /(?<!\d)((?:19|20)\d\d)[-. ]?(\d\d)[-. ]?(\d\d)(?!\d)/.exec(text)
  const american =
    /(?<!\d)(\d{1,2})[-. ](\d{1,2})[-. ]((?:19|20)\d\d)(?!\d)|(?<!\d)(\d\d)(\d\d)((?:19|20)\d\d)(?!\d)/.exec(text)
  const candidates = [
    iso && [iso[1], iso[2], iso[3]],
    american && [american[3] ?? american[6], american[1] ?? american[4], american[2] ?? american[5]],
  ]
  for (const parts of candidates) {
    if (!parts) continue
    const date = parts.map((part, index) => (part ?? '').padStart(index === 0 ? 4 : 2, '0')).join('-')
    if (isDate(date)) return date
  }
  return null
}

function toothIn(text: string): string | null {
  const match = /(?:#|\btooth ?#?|\bt)(\d{1,2}|[a-t])\b/.exec(text)
  return (match && findTooth(match[1]!)?.tooth) ?? null
}

/** Kinds that show something. */
export const IMAGES: readonly AttachmentKind[] = [
  'pre_op_periapical',
  'interim_periapical',
  'post_op_periapical',
  'bitewing',
  'panoramic',
  'cbct',
  'photo',
]

/** How a film or file is named in enclosure lists: `Pre-op periapical, tooth #8, Sep 30, 2026`. */
export function attachmentTitle(file: Pick<AttachmentInput, 'kind' | 'takenOn' | 'tooth' | 'caption'>): string {
  const tooth = file.tooth === null ? '' : `tooth #${file.tooth}`
  const date = file.takenOn === null ? 'undated' : formatDate(file.takenOn)
  return [ATTACHMENT_LABELS[file.kind], tooth, date, file.caption].filter(Boolean).join(', ')
}
