// The words by which patients and cases are found, and what a person typed as such words.
import { phoneDigits } from './phone.ts'

/** Lower-case words of letters and digits; accents and punctuation fold away. */
export function termsOf(...texts: (string | null | undefined)[]): string[] {
  const words = texts
    .flatMap((text) =>
      (text ?? '')
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .split(/[^a-z0-9]+/),
    )
    .filter((word) => word.length > 0)
  return [...new Set(words)]
}

/** A birth date as people type it: 20150412, 04122015, 4122015, 041215. */
export function birthTerms(birthDate: string): string[] {
  const [year, month, day] = birthDate.split('-') as [string, string, string]
  return [`${year}${month}${day}`, `${month}${day}${year}`, `${month}${day}${year.slice(2)}`]
}

/** A phone as people say it: all of it, without the area code, the last four digits. */
export function phoneTerms(phone: string): string[] {
  const digits = phoneDigits(phone)
  return digits ? [digits, digits.slice(3), digits.slice(6)] : []
}

/** What a person typed, as terms: dates are joined, `#8` is a tooth. */
export function queryTerms(text: string): string[] {
  const joined = text
    .replace(
      /\b(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})\b/g,
      (_all, month: string, day: string, year: string) => `${month.padStart(2, '0')}${day.padStart(2, '0')}${year}`,
    )
    .replace(/\b(\d{4})-(\d{2})-(\d{2})\b/g, '$1$2$3')
    .replace(/#\s*([0-9]{1,2}|[A-Ta-t])\b/g, ' tooth$1 ')
  return termsOf(joined)
}
