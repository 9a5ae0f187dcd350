// The dentists of a list, and what it says anew of those on file. A tax ID is not read: it stands with the office.
import { isNothing } from '../import/cells.ts'
import { readName } from '../import/names.ts'
import { isNpi, type Provider, ProviderInput } from '../office.ts'
import { nameKey } from '../patient.ts'
import { providerLabelOf, type ProviderField, type ProviderMapping } from './fields.ts'

/** Empty where the list says nothing. */
export type ListedProvider = ProviderInput
type ReadProvider =
  { provider: ListedProvider } | { leftOut: string } | { problem: { column: string; message: string } }

/** Degrees are no part of a name: `Ana Sample, DDS`. */
const DEGREES = /[\s,]+(d\.?d\.?s|d\.?m\.?d|m\.?d|ph\.?d|m\.?s\.?d?|m\.?p\.?h|f\.?a\.?g\.?d|r\.?d\.?h)\.?(?=[\s,]|$)/gi
const TAXONOMY = /^[0-9A-Z]{9}X$/

export function readProvider(cells: readonly string[], mapping: ProviderMapping): ReadProvider {
  const cell = (field: ProviderField) => {
    const text = mapping[field] === undefined ? '' : (cells[mapping[field]] ?? '').replace(/\s+/g, ' ').trim()
    return isNothing(text) && field !== 'hidden' ? '' : text
  }
  const problem = (field: ProviderField, message: string) => ({ problem: { column: providerLabelOf(field), message } })
  if (/^(1|true|yes|x|hidden|inactive)$/i.test(cell('hidden'))) return { leftOut: 'Hidden in the practice system' }
  const bare = (text: string) => text.replace(DEGREES, '').trim()
  const names = readName({ whole: bare(cell('name')), last: bare(cell('lastName')), first: bare(cell('firstName')) })
  const [name] = names
  if (!name || names.length > 1)
    return problem('name', 'Last and first name cannot be told. Write them like Sample, Ana.')
  const npi = cell('npi').replace(/[\s-]/g, '')
  if (npi !== '' && !isNpi(npi))
    return problem('npi', `“${npi.slice(0, 20)}” is not an NPI: ten digits of which the last one checks the others.`)
  const taxonomy = cell('taxonomy').toUpperCase()
  if (taxonomy !== '' && !TAXONOMY.test(taxonomy))
    return problem('taxonomy', `“${taxonomy.slice(0, 20)}” is not a taxonomy code such as 122300000X.`)
  const license = cell('license')
  if (license.length > 40) return problem('license', 'Longer than 40 characters. Check the cell.')
  return { provider: { ...name, npi, license, taxonomy } }
}

const COMPARED = ['lastName', 'firstName', 'npi', 'license', 'taxonomy'] as const

/** Who is meant: by NPI, else by name where the one on file has no other NPI. */
export function providerOnFile(listed: ListedProvider, onFile: readonly Provider[]): Provider | undefined {
  const numbered = listed.npi === '' ? undefined : onFile.find(({ npi }) => npi === listed.npi)
  return (
    numbered ??
    onFile.find(
      (one) => nameKey(one) === nameKey(listed) && (one.npi === '' || listed.npi === '' || one.npi === listed.npi),
    )
  )
}

/** What the list says otherwise; what it leaves empty stays. */
export function providerChanges(provider: Provider, listed: ListedProvider) {
  return COMPARED.flatMap((key) =>
    listed[key] === '' || listed[key] === provider[key]
      ? []
      : [{ key, label: providerLabelOf(key), from: provider[key], to: listed[key] }],
  )
}

/** A dentist as new, with the taxonomy of any dentist where the list has none. */
export const asNewProvider = ({ taxonomy, ...rest }: ListedProvider): ProviderInput =>
  ProviderInput.parse({ ...rest, ...(taxonomy && { taxonomy }) })
