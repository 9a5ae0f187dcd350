// The office, its providers and the numbers that identify them to payers.
import * as z from 'zod'
import { ProviderId } from './ids.ts'

/** True when ten digits carry the right NPI check digit (Luhn over `80840` + digits; CMS NPI standard). */
export function isNpi(text: string): boolean {
  if (!/^[12]\d{9}$/.test(text)) return false
  let sum = 24
  for (let index = 0; index < 10; index += 1) {
    let digit = Number(text[index])
    if (index % 2 === 0) {
      digit *= 2
      if (digit > 9) digit -= 9
    }
    sum += digit
  }
  return sum % 10 === 0
}

const Npi = z.string().trim().refine(isNpi, 'This is no NPI: compare its 10 digits with the NPI letter')
/** A field that may stay empty. */
export function blankOr<T extends z.ZodType<string>>(schema: T) {
  return z.union([z.literal(''), schema])
}
export const Phone = z
  .string()
  .trim()
  .regex(/^[\d\s().+-]{7,25}$/, 'Phone must be digits, such as 555-555-0100')
export const Email = z
  .string()
  .trim()
  .max(100)
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'Email must be like name@example.com')
const StateCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z]{2}$/, 'State must be two letters')
const Zip = z
  .string()
  .trim()
  .regex(/^\d{5}(-?\d{4})?$/, 'ZIP must be 5 or 9 digits')
const TaxId = z
  .string()
  .trim()
  .regex(/^\d{2}-?\d{7}$|^\d{3}-?\d{2}-?\d{4}$/, 'Tax ID must be 9 digits')

export const Address = z.strictObject({
  street: z.string().trim().max(100),
  city: z.string().trim().max(60),
  state: blankOr(StateCode),
  zip: blankOr(Zip),
})
export type Address = z.infer<typeof Address>

export const OfficeInput = z.strictObject({
  name: z.string().trim().min(1, 'Office name is required').max(100),
  address: Address,
  phone: blankOr(Phone),
  npi: blankOr(Npi),
  taxId: blankOr(TaxId),
})
export type OfficeInput = z.infer<typeof OfficeInput>

export const ProviderInput = z.strictObject({
  firstName: z.string().trim().min(1).max(60),
  lastName: z.string().trim().min(1).max(60),
  npi: blankOr(Npi),
  license: z.string().trim().max(40),
  /** Provider taxonomy code; 122300000X any dentist, 1223E0200X endodontist (procedures-b.md part 2 C). */
  taxonomy: z
    .string()
    .trim()
    .regex(/^[0-9A-Z]{9}X$/, 'Taxonomy must be 10 characters ending in X')
    .default('122300000X'),
})
export type ProviderInput = z.infer<typeof ProviderInput>
export const Provider = ProviderInput.extend({ id: ProviderId, active: z.boolean(), version: z.number().int() })
export type Provider = z.infer<typeof Provider>
