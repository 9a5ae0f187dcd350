// Phone numbers of the US as offices write them.

/** The ten digits of a US number, without the country’s 1; null for what is none (an extension, a number from abroad). */
export function phoneDigits(text: string): string | null {
  const digits = text.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '')
  return digits.length === 10 ? digits : null
}

/** `(555) 555-0100`; what is no US number stays as it was typed. */
export function formatPhone(text: string): string {
  const digits = phoneDigits(text)
  return digits ? `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}` : text.trim()
}
