// Code and place of a service as offices write them: each is held against what the code goes by.
import { type AreaRule, archOf, findTooth, type OralArea } from '../teeth.ts'

/** What a code goes by; undefined: not known. */
export type Takes = AreaRule | undefined

interface Place {
  tooth: string | null
  area: OralArea | null
}
/** `teeth`: what was named beside the area and has no place of its own. */
export type PlaceRead = { place: Place; teeth?: string[] } | { problem: string }
export type CodeRead = { code: string; rest: string } | { problem: string }

const short = (text: string) => (text.length > 30 ? `${text.slice(0, 30)}…` : text)

/** A cell that holds a CDT code and nothing else. */
export const isCode = (text: string) => /^D? ?\d{4}$/i.test(text.trim())

/** `x2`, `2 x`, `qty 2`: how many, which no row says by a word. */
const COUNT = /(?<![A-Z])[X×*] ?\d|\d ?[X×](?![A-Z])|\bQTY\b/

/** `D2740`, `2740`, `D 2740 #3`: the code, and what else stands in its cell as a place. */
export function readCode(text: string): CodeRead {
  const raw = text.trim().toUpperCase()
  if (raw === '') return { problem: 'The code is missing.' }
  const withD = [...raw.matchAll(/(?<![A-Z0-9])D ?(\d{4})(?![A-Z0-9]|\.\d)/g)]
  const found = withD.length > 0 ? withD : [...raw.matchAll(/(?<![A-Z0-9.])(\d{4})(?![A-Z0-9]|\.\d)/g)]
  const codes = new Set(found.map((match) => `D${match[1]}`))
  if (codes.size === 0) return { problem: `“${short(text)}” is not a CDT code such as D3353.` }
  if (codes.size > 1)
    return { problem: `“${short(text)}” holds ${codes.size} codes. Write one row per code, each with its fee.` }
  const rest = found.reduce((left, match) => left.replace(match[0], ' '), raw)
  if (COUNT.test(rest))
    return {
      problem: `“${short(text)}” is more than one service. Write one row per service, each with its place and fee.`,
    }
  return { code: [...codes][0]!, rest: restPlace(rest) }
}

/** The place beside a code: `#3`, `(14)`, `- UR`; a description is none. */
function restPlace(text: string): string {
  const marked = [...text.matchAll(/(?:#|\bTOOTH\b|\bTEETH\b)\s*([A-Z0-9]+(?:\s*[-,&/]\s*#?[A-Z0-9]{1,2}\b)*)/g)]
  if (marked.length > 0) return marked.map((match) => match[1]).join(',')
  const bare = text.replace(/^[\s(),:;/-]+|[\s(),:;/-]+$/g, '')
  return /^(\d{1,2}|[A-T]|UR|UL|LL|LR|UA|LA)([\s,&/-]+(\d{1,2}|[A-T]|UR|UL|LL|LR|UA|LA))*$/.test(bare) ? bare : ''
}

/** Words for areas, the longest first. Sources: ADA form item 25; resdac.org oral cavity codes; high confidence. */
const AREA_WORDS: readonly [RegExp, string][] = [
  [/\b(FULL|WHOLE|ENTIRE) ?MOUTH\b|\bFM\b/g, ' =00 '],
  [
    /\b(BOTH( ARCH(ES)?)?|(MAXILLARY|UPPER|MAX|U) ?[&/+,] ?(MANDIBULAR|LOWER|MAND|L)|U ?AND ?L|UPPER AND LOWER)\b/g,
    ' =01 =02 ',
  ],
  [/\b(UPPER|MAXILLARY|MAX|MX) ?(RIGHT|RT|R)\b|\bURQ?\b|\bQ(UAD(RANT)?)? ?1\b/g, ' =10 '],
  [/\b(UPPER|MAXILLARY|MAX|MX) ?(LEFT|LT|L)\b|\bULQ?\b|\bQ(UAD(RANT)?)? ?2\b/g, ' =20 '],
  [/\b(LOWER|MANDIBULAR|MAND|MD) ?(LEFT|LT|L)\b|\bLLQ?\b|\bQ(UAD(RANT)?)? ?3\b/g, ' =30 '],
  [/\b(LOWER|MANDIBULAR|MAND|MD) ?(RIGHT|RT|R)\b|\bLRQ?\b|\bQ(UAD(RANT)?)? ?4\b/g, ' =40 '],
  [/\b(UPPER|MAXILLARY|MAXILLA|MAX|MX|UA)( ?ARCH)?\b/g, ' =01 '],
  [/\b(LOWER|MANDIBULAR|MANDIBLE|MAND|MD|LA)( ?ARCH)?\b/g, ' =02 '],
]
const QUADRANTS: readonly string[] = ['10', '20', '30', '40']
const ARCHES: readonly string[] = ['01', '02']
const ALL_AREAS: readonly string[] = ['00', ...ARCHES, ...QUADRANTS]
const FITS: Record<AreaRule, readonly string[]> = {
  tooth: [],
  quadrant: QUADRANTS,
  arch: ARCHES,
  mouth: ['00'],
  none: ['00'],
}
const HOW: Record<AreaRule, string> = {
  tooth: 'goes by tooth. Write 1–32 or A–T',
  quadrant: 'goes by quadrant. Write UR, UL, LL or LR',
  arch: 'goes by arch. Write UA or LA',
  mouth: 'goes by the whole mouth. Leave the place empty',
  none: 'takes no tooth or area. Leave the place empty',
}

interface Cells {
  /** Of a column of teeth, also one that holds areas at times. */
  tooth: string
  /** Of a column of quadrants or arches. */
  area: string
  /** What stood beside the code. */
  beside: string
}

/** The one place that the cells of a row name, as the code goes; what fits two places, or none, is a problem. */
export function readPlace(cells: Cells, code: string, takes: Takes): PlaceRead {
  const found = new Map<string, Place>()
  const unsure: string[] = []
  const problems: string[] = []
  const take = (place: Place) => found.set(`${place.tooth ?? ''}|${place.area ?? ''}`, place)
  const quadrant = takes === 'tooth' ? quadrantOf(cells.tooth) : undefined
  for (const column of ['tooth', 'area', 'beside'] as const)
    for (const token of tokensOf(cells[column])) {
      // A tooth's own quadrant in a column of areas says the same again; in one cell, `UR 3` may be another notation.
      if (column === 'area' && token.replace('=', '') === quadrant) continue
      const read = readToken(token, column, takes)
      if (read === undefined) problems.push(token)
      else if (read === 'unsure') unsure.push(token)
      else take(read)
    }
  const written = [cells.tooth, cells.area, cells.beside].filter(Boolean).join(' ')
  const [first] = found.values()
  const inside = found.size > 1 || takes === 'tooth' ? null : (first ?? fixedPlace(code))
  if (inside && problems.length > 0 && problems.every((token) => isInside(token, inside)))
    return { place: inside, teeth: problems.map((token) => toothOf(token)!) }
  if (problems.length > 0) {
    if (takes && [...tokensOf(written)].every((token) => isKnown(token)))
      return { problem: `“${short(written)}” does not fit: ${code} ${HOW[takes]}.` }
    return {
      problem: `There is no tooth or area “${short(written)}”. Use 1–32, A–T, UR, UL, LL, LR, or UA, LA for an arch.`,
    }
  }
  if (found.size > 1) {
    const names = [...found.values()].map((place) => place.tooth ?? AREA_LETTERS[place.area!])
    const [what, one] = takes === 'quadrant' || takes === 'arch' ? ['Areas', 'area'] : ['Teeth', 'tooth']
    return {
      problem: `${what} ${names.slice(0, 8).join(', ')} are in one row. Write one row per ${one}, each with its fee.`,
    }
  }
  // What two notations agree on is sure: `UR/10`.
  if (unsure.some((token) => token.replace('=', '') !== first?.area && token !== first?.tooth))
    return {
      problem: `“${short(written)}” can be a tooth or an area. ${takes ? `${code} ${HOW[takes]}.` : 'Write UR, UL, LL, LR, UA or LA for an area, #20 for a tooth.'}`,
    }
  const place = first ?? { tooth: null, area: null }
  const fixed = takes === 'arch' ? ARCH_BY_CODE[code] : undefined
  if (fixed && place.area && place.area !== fixed)
    return { problem: `${code} is for the ${fixed === '01' ? 'upper' : 'lower'} arch. Correct the code or the place.` }
  return { place: takes === 'mouth' || takes === 'none' ? { tooth: null, area: null } : place }
}

const AREA_LETTERS: Record<OralArea, string> = {
  '00': 'whole mouth',
  '01': 'UA',
  '02': 'LA',
  '10': 'UR',
  '20': 'UL',
  '30': 'LL',
  '40': 'LR',
}

/** The quadrant of the one tooth in a cell. */
function quadrantOf(cell: string): string | undefined {
  const [token, ...others] = tokensOf(cell)
  const tooth = token === undefined || others.length > 0 ? undefined : toothOf(token)
  return tooth === undefined ? undefined : findTooth(tooth)?.quadrant
}

/** The arch that a denture's code says; null for every other code. */
export const fixedArchOf = (code: string): OralArea | null => ARCH_BY_CODE[code] ?? null

function fixedPlace(code: string): Place | null {
  const area = fixedArchOf(code)
  return area ? { tooth: null, area } : null
}

/** True for a tooth of this quadrant or arch. */
function isInside(token: string, { area }: Place): boolean {
  const tooth = toothOf(token)
  if (tooth === undefined || area === null) return false
  return findTooth(tooth)!.quadrant === area || (ARCHES.includes(area) && archOf(tooth, null) === archOf(null, area))
}

const isKnown = (token: string) => token.startsWith('=') || ALL_AREAS.includes(token) || toothOf(token) !== undefined
/** A spreadsheet's zero before a digit; `01` and `02` are arches. */
const toothOf = (token: string) => findTooth(token.replace(/^#?0(?=[3-9]$)/, ''))?.tooth

/** Parts of a cell: areas as `=10`, the rest as written; ranges with every tooth in them. */
function tokensOf(cell: string): string[] {
  let text = ` ${cell.toUpperCase()} `
  for (const [words, area] of AREA_WORDS) text = text.replace(words, area)
  text = text.replace(/\b(TOOTH|TEETH|TH)\b\.?|#/g, '#').replace(/#[\s#]*/g, ' #')
  text = text.replace(/\b(QUAD(RANT)?S?|ARCH|AND)\b|[()[\]]/g, ' ')
  text = text.replace(
    /#?\b([A-Z0-9]+)\s*(?:[-–—]|\bTHRU\b|\bTHROUGH\b|\bTO\b)\s*#?([A-Z0-9]+)/g,
    (all, from: string, to: string) => {
      const range = teethBetween(from, to)
      return range.length > 0 ? ` ${range.join(' ')} ` : all
    },
  )
  return text.split(/[\s,;/&+]+/).filter((token) => token !== '' && token !== '#')
}

function teethBetween(from: string, to: string): string[] {
  const all = /^\d+$/.test(from)
    ? Array.from({ length: 32 }, (_, at) => String(at + 1))
    : 'ABCDEFGHIJKLMNOPQRST'.split('')
  const [start, end] = [all.indexOf(from), all.indexOf(to)]
  return start >= 0 && end > start ? all.slice(start, end + 1) : []
}

/** What a part means for this code; `unsure` where heading, code and writing allow two meanings; undefined where none. */
function readToken(token: string, column: keyof Cells, takes: Takes): Place | 'unsure' | undefined {
  const isWord = token.startsWith('=')
  const letter = ({ U: '01', L: '02' } as const)[token as 'U' | 'L'] as OralArea | undefined
  const code = isWord ? token.slice(1) : (letter ?? (ALL_AREAS.includes(token) ? token : undefined))
  const area = code as OralArea | undefined
  const tooth = isWord ? undefined : toothOf(token)
  const asTooth = tooth === undefined ? undefined : { tooth, area: null }
  // What is marked as a tooth is one.
  if (token.startsWith('#')) return takes === undefined || takes === 'tooth' ? asTooth : undefined
  const asArea = area === undefined ? undefined : { tooth: null, area }
  if (takes === undefined) {
    if (isWord) return asArea
    if (asTooth && asArea) return column === 'area' && letter === undefined ? asArea : letter ? 'unsure' : asTooth
    return column === 'area' ? (asArea ?? asTooth) : (asTooth ?? (asArea && 'unsure'))
  }
  if (takes === 'tooth') {
    if (!asTooth) return undefined
    return column === 'area' && asArea ? 'unsure' : asTooth
  }
  if (!area || !FITS[takes].includes(area)) return undefined
  // A number that is a tooth as well, in a column of teeth: who wrote it meant one of them.
  return asTooth && letter === undefined && column !== 'area' ? 'unsure' : asArea!
}

const UPPER = ['D5110', 'D5130', 'D5211', 'D5213', 'D5221', 'D5223', 'D5225', 'D5227']
const LOWER = ['D5120', 'D5140', 'D5212', 'D5214', 'D5222', 'D5224', 'D5226', 'D5228']
/** Dentures whose code says the arch. Source: CDT numbers of dentures, in our own words; high confidence. */
const ARCH_BY_CODE: Readonly<Record<string, OralArea>> = Object.fromEntries([
  ...UPPER.map((code) => [code, '01']),
  ...LOWER.map((code) => [code, '02']),
])

/**
 * What codes without a guide go by, by number; the first range that holds it. Sources: drotterholt.com/AreaOfOralCavity.html,
 * procedures of the domain pack; reported. What is in no range is not known.
 */
const RANGES: readonly [from: number, to: number, takes: AreaRule][] = [
  [1351, 1355, 'tooth'],
  [1516, 1517, 'arch'],
  [1526, 1527, 'arch'],
  [2140, 3999, 'tooth'],
  [4210, 4211, 'quadrant'],
  [4230, 4241, 'quadrant'],
  [4249, 4249, 'tooth'],
  [4260, 4261, 'quadrant'],
  [4263, 4286, 'tooth'],
  [4341, 4342, 'quadrant'],
  [4346, 4355, 'mouth'],
  [4381, 4381, 'tooth'],
  [4910, 4910, 'mouth'],
  [5110, 5228, 'arch'],
  [5410, 5512, 'arch'],
  [5520, 5520, 'tooth'],
  [5710, 5761, 'arch'],
  [5810, 5821, 'arch'],
  [5863, 5866, 'arch'],
  [6205, 6999, 'tooth'],
  [7111, 7251, 'tooth'],
  [7310, 7321, 'quadrant'],
  [7340, 7350, 'arch'],
  [8010, 8090, 'mouth'],
  [8660, 8680, 'mouth'],
]

/** What a code that no guide knows goes by. */
export function takesByNumber(code: string): Takes {
  const number = Number(code.slice(1))
  return RANGES.find(([from, to]) => number >= from && number <= to)?.[2]
}
