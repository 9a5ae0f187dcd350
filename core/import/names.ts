// Names of people as offices write them in one cell or two: last and first name, or the ways it can be read.

export interface Name {
  lastName: string
  firstName: string
}
/** One reading is sure; several are asked about, the likeliest first; none can be read. */
export type NameRead = Name[]

const SUFFIX = /^(jr|sr|ii|iii|iv|2nd|3rd|4th)\.?$/i
/** Letters behind a name that may be an initial, a rank or a degree. */
const UNSURE_END = /^(v|vi|md|dds|dmd|phd|esq|rn|do|cpa)\.?$/i
/** Words that begin a last name whoever bears it. */
const PARTICLE = /^(de|del|della|di|da|dos|das|du|von|der|den|ter|ten|zu|af|st\.?|saint|mac|mc|ibn|bint)$/i
/** Words that begin a last name in one language and end a first name in another. */
const UNSURE_PARTICLE = /^(van|la|le|los|las|el|al|bin|ben|san|santa)$/i
const TITLE = /^(mr|mrs|ms|miss|dr|mx)\.?$/i

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim()

/** Without a nickname in brackets or quotes, `*` of a guarantor, and a title before it. */
function plainName(text: string): string {
  const bare = tidy(text.replace(/\([^)]*\)|"[^"]*"|“[^”]*”|(^|\s)'[^']*'(?=\s|$)|[*"“”]/g, ' ')).replace(/\s+,/g, ',')
  const [first = '', ...rest] = bare.split(' ')
  return TITLE.test(first) && rest.length > 0 ? rest.join(' ') : bare
}

/** `Doe, Sam A.`, `Doe Jr., Sam`, `Doe, Sam, Jr.`, `Sam Doe III`, or two columns; a suffix stays with the last name. */
export function readName({ whole, last, first }: { whole: string; last: string; first: string }): NameRead {
  if (last !== '' || first !== '') return checked(suffixed([[plainName(last), plainName(first)]]))
  const text = plainName(whole)
  const parts = text.split(',').map(tidy).filter(Boolean)
  if (text.includes(',')) {
    const [family = '', given = '', extra = '', ...more] = parts
    if (more.length > 0) return []
    if (extra !== '') return SUFFIX.test(extra) ? checked([[`${family} ${extra}`, given]]) : []
    // `Sam Doe, Jr.` names no first name behind its comma.
    if (SUFFIX.test(given)) return readWords([...family.split(' '), given])
    if (UNSURE_END.test(given)) return []
    return checked(suffixed([[family, given]]))
  }
  return readWords(text.split(' ').filter(Boolean))
}

/** A suffix behind the first name belongs to the last. */
function suffixed(pairs: [string, string][]): [string, string][] {
  return pairs.map(([last, first]) => {
    const words = first.split(' ')
    const end = words.at(-1)!
    return words.length > 1 && SUFFIX.test(end) ? [`${last} ${end}`, words.slice(0, -1).join(' ')] : [last, first]
  })
}

function readWords(all: readonly string[]): NameRead {
  const suffix = SUFFIX.test(all.at(-1) ?? '') ? ` ${all.at(-1)}` : ''
  const words = suffix === '' ? all : all.slice(0, -1)
  if (words.length < 2 || UNSURE_END.test(words.at(-1)!)) return []
  const cut = (at: number): [string, string] => [`${words.slice(at).join(' ')}${suffix}`, words.slice(0, at).join(' ')]
  const isInitial = (word: string) => /^\p{L}\.?$/u.test(word)
  let at = words.length - 1
  while (at > 1 && PARTICLE.test(words[at - 1]!)) at -= 1
  const before = words.slice(1, at)
  if (before.every(isInitial)) return checked([cut(at)])
  // `Van Dyke`, `La Cruz`: likely; a second given name or a second family name: nobody can tell.
  let lower = at
  while (lower > 1 && (UNSURE_PARTICLE.test(words[lower - 1]!) || PARTICLE.test(words[lower - 1]!))) lower -= 1
  const middle = before.map((_, index) => index + 1).filter((start) => start < at && !isInitial(words[start]!))
  // `Maria Elena de la Cruz`: what begins with a sure particle is the last name, however many given names stand before it.
  if (PARTICLE.test(words[lower]!)) return checked([cut(lower)])
  const cuts = [lower, at, ...middle.reverse()]
  return checked([...new Set(cuts)].slice(0, 4).map(cut))
}

const MOST = 60
function checked(pairs: readonly [string, string][]): NameRead {
  // A chart number beside a name is no part of it.
  const isName = (text: string) =>
    /\p{L}/u.test(text) && !/(^|\s)[#\d-]+(\s|$)/.test(text) && !text.startsWith('=') && text.length <= MOST
  return pairs
    .filter(([last, first]) => isName(last) && isName(first))
    .map(([lastName, firstName]) => ({ lastName, firstName }))
}

const letters = (text: string) =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')

/** First names that one person goes by. Source: common American short forms; high confidence, asked about all the same. */
const SHORT_FORMS = (
  'alexander alex sandy,alexandra alex sandy,andrew andy drew,anthony tony,barbara barb,benjamin ben,' +
  'catherine cathy kate katie cathy,charles charlie chuck,christine chris tina,christopher chris,daniel dan danny,' +
  'david dave,deborah debbie deb,donald don,edward ed eddie ted,elizabeth liz beth betty lisa eliza,eugene gene,' +
  'francis frank,gregory greg,henry hank harry,jacob jake,james jim jimmy jamie,jennifer jen jenny,john jack johnny,' +
  'jonathan jon,joseph joe joey,joshua josh,katherine kathy kate katie,kenneth ken,lawrence larry,leonard len lenny,' +
  'margaret maggie meg peggy marge,matthew matt,michael mike mick,nancy nan,nathaniel nate,nicholas nick,' +
  'patricia pat patty tricia,patrick pat,peter pete,philip phil,raymond ray,rebecca becky,richard rick dick rich,' +
  'robert bob rob bobby,ronald ron,samantha sam,samuel sam,stephen steve,steven steve,susan sue,theodore ted,' +
  'theresa terry,thomas tom tommy,timothy tim,victoria vicky,vincent vince,walter walt,william bill will billy liam,' +
  'zachary zach'
)
  .split(',')
  .map((group) => new Set(group.split(' ')))

/** A name as it is compared with others of people born on the same day. */
export interface Folded {
  /** Last name without its suffix, and with it; first name whole, and its first word. */
  bare: string
  last: string
  parts: string[]
  given: string
  first: string
  hasDigit: boolean
}
export function fold({ lastName, firstName }: Name): Folded {
  const parts = letters(lastName.replaceAll('-', ' ')).split(' ').filter(Boolean)
  const given = letters(firstName).trim()
  const bare = parts.filter((word) => !SUFFIX.test(word)).join('')
  return {
    bare,
    last: parts.join(''),
    parts: parts.filter((part) => part.length > 2 && !SUFFIX.test(part)),
    given,
    first: given.split(' ')[0]!,
    hasDigit: /\d/.test(lastName + firstName),
  }
}

/** One first name is the other with a middle name or initial behind it, the last names are equal. */
export function isSameButMiddle(one: Folded, other: Folded): boolean {
  if (one.last !== other.last) return false
  return one.given.startsWith(`${other.given} `) || other.given.startsWith(`${one.given} `)
}

/**
 * True when two names of people born on the same day are likely one person's: last names equal but for a suffix and first
 * names alike, or first names equal and last names sharing a part (a marriage) or a letter apart, or the two changed about.
 */
export function isLikely(one: Folded, other: Folded): boolean {
  if (one.hasDigit || other.hasDigit) return false
  if (one.bare === other.bare) return isLikeFirst(one.first, other.first)
  if (one.bare === other.first && one.first === other.bare) return true
  if (one.first !== other.first) return false
  return (
    one.parts.some((part) => other.parts.includes(part)) || (one.bare.length > 3 && isOneApart(one.bare, other.bare))
  )
}

/** A short form, the beginning, or one letter apart. */
function isLikeFirst(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (long.startsWith(short)) return true
  return SHORT_FORMS.some((group) => group.has(a) && group.has(b)) || (short.length > 3 && isOneApart(a, b))
}

/** One letter more, less, other, or two changed about. */
function isOneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  const [restA, restB] = [a.slice(at), b.slice(at)]
  if (restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)) return true
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2)
}
