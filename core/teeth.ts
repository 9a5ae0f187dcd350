// Tooth numbering (universal system) and oral areas. Source: resdac.org/cms-data/variables/tooth-number; domain.md 1.2, 5.
import * as z from 'zod'

export type ToothClass = 'anterior' | 'premolar' | 'molar'
type Dentition = 'permanent' | 'primary'

const PREMOLARS = new Set([4, 5, 12, 13, 20, 21, 28, 29])
const PRIMARY_ANTERIOR = 'CDEFGHMNOPQR'

/** A tooth in the universal system: `1`–`32`, `A`–`T`, supernumerary `51`–`82` or `AS`–`TS`. */
export const Tooth = z
  .string()
  .transform((text) => text.trim().toUpperCase().replace(/^#/, ''))
  .pipe(z.string().refine((text) => findTooth(text) !== undefined, 'Tooth must be 1–32, A–T, 51–82 or AS–TS'))

export interface ToothFacts {
  tooth: string
  dentition: Dentition
  toothClass: ToothClass
  supernumerary: boolean
  /** 10 UR, 20 UL, 30 LL, 40 LR */
  quadrant: '10' | '20' | '30' | '40'
}

/** What is known of a tooth from its number alone, or undefined when there is no such tooth. */
export function findTooth(text: string): ToothFacts | undefined {
  const tooth = text.trim().toUpperCase().replace(/^#/, '')
  if (/^\d{1,2}$/.test(tooth)) {
    const raw = Number(tooth)
    const supernumerary = raw >= 51 && raw <= 82
    const number = supernumerary ? raw - 50 : raw
    if (number < 1 || number > 32 || String(raw) !== tooth) return undefined
    return {
      tooth,
      dentition: 'permanent',
      toothClass: permanentClass(number),
      supernumerary,
      quadrant: permanentQuadrant(number),
    }
  }
  const letter = /^([A-T])(S?)$/.exec(tooth)
  if (!letter) return undefined
  const index = letter[1]!.charCodeAt(0) - 65
  const quadrant = (['10', '20', '30', '40'] as const)[Math.trunc(index / 5)]!
  const toothClass: ToothClass = PRIMARY_ANTERIOR.includes(letter[1]!) ? 'anterior' : 'molar'
  return { tooth, dentition: 'primary', toothClass, supernumerary: letter[2] === 'S', quadrant }
}

/** The arch of a tooth or an area; null for the whole mouth and for none. */
export function archOf(tooth: string | null, area: string | null): 'upper' | 'lower' | null {
  const place = (tooth === null ? undefined : findTooth(tooth)?.quadrant) ?? area ?? ''
  if (['01', '10', '20'].includes(place)) return 'upper'
  return ['02', '30', '40'].includes(place) ? 'lower' : null
}

function permanentClass(number: number): ToothClass {
  if ((number >= 6 && number <= 11) || (number >= 22 && number <= 27)) return 'anterior'
  return PREMOLARS.has(number) ? 'premolar' : 'molar'
}

function permanentQuadrant(number: number): '10' | '20' | '30' | '40' {
  if (number <= 8) return '10'
  if (number <= 16) return '20'
  return number <= 24 ? '30' : '40'
}

/** Oral areas of the ADA form, item 25. */
export const ORAL_AREAS = {
  '00': 'Whole mouth',
  '01': 'Upper arch',
  '02': 'Lower arch',
  '10': 'Upper right quadrant',
  '20': 'Upper left quadrant',
  '30': 'Lower left quadrant',
  '40': 'Lower right quadrant',
} as const
export type OralArea = keyof typeof ORAL_AREAS
export const OralArea = z.enum(Object.keys(ORAL_AREAS) as [OralArea, ...OralArea[]])

/** `#8`; an area in words; nothing → an empty text. */
export function siteName(tooth: string | null, area?: string | null): string {
  if (tooth) return `#${tooth}`
  return area && area in ORAL_AREAS ? ORAL_AREAS[area as OralArea] : ''
}

/** For a list: `#8`, `LR quad`. */
export function shortSite(tooth: string | null, area?: string | null): string {
  const words = siteName(tooth, area)
  const quadrant = /^(Upper|Lower) (right|left) quadrant$/.exec(words)
  return quadrant ? `${quadrant[1]![0]}${quadrant[2]![0]!.toUpperCase()} quad` : words
}

/** What a code goes by. */
export const AreaRule = z.enum(['none', 'tooth', 'quadrant', 'arch', 'mouth'])
export type AreaRule = z.infer<typeof AreaRule>
