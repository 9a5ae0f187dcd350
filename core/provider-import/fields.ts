// What a list of dentists may hold, and what systems and offices call its columns.
import { type MappingOf, type System, vocabularyOf } from '../import/headings.ts'

export const PROVIDER_FIELDS = [
  { id: 'name', label: 'Name' },
  { id: 'lastName', label: 'Last name' },
  { id: 'firstName', label: 'First name' },
  { id: 'npi', label: 'NPI' },
  { id: 'license', label: 'License' },
  { id: 'taxonomy', label: 'Taxonomy' },
  { id: 'hidden', label: 'Hidden or inactive' },
] as const
export type ProviderField = (typeof PROVIDER_FIELDS)[number]['id']
export const PROVIDER_FIELD_IDS = PROVIDER_FIELDS.map((field) => field.id) as [ProviderField, ...ProviderField[]]
export type ProviderMapping = MappingOf<ProviderField>
/** How a field is called on screen. */
export const providerLabelOf = (field: ProviderField): string => PROVIDER_FIELDS.find(({ id }) => id === field)!.label

const SYSTEMS: readonly System<ProviderField>[] = [
  {
    system: 'Open Dental',
    source: 'Column names of its provider table, from memory of the public schema',
    confidence: 'unverified',
    names: {
      lastName: 'LName',
      firstName: 'FName',
      npi: 'NationalProvID',
      license: 'StateLicense',
      taxonomy: 'TaxonomyCodeOverride',
      hidden: 'IsHidden',
    },
  },
  {
    system: 'Dentrix, Eaglesoft, sheets made by hand',
    source: 'Words of claim forms and of offices’ sheets',
    confidence: 'unverified',
    names: {
      name: 'Name, Provider, Provider Name, Dentist, Doctor, Dr, Full Name',
      lastName: 'Last Name, Last, Surname',
      firstName: 'First Name, First',
      npi: 'NPI, NPI #, NPI Number, National Provider ID, Individual NPI, Type 1 NPI',
      license: 'License, License #, License Number, State License, State License #, Lic, Lic #',
      taxonomy: 'Taxonomy, Taxonomy Code, Provider Taxonomy',
      hidden: 'Hidden, Inactive',
    },
  },
]

export const PROVIDER_HEADINGS = vocabularyOf<ProviderField>({
  fields: PROVIDER_FIELD_IDS,
  systems: SYSTEMS,
  several: {},
  hints: [],
})

/** Fields without which no dentist can be read. */
export const missingProviderFields = ({ name, lastName, firstName }: ProviderMapping): string[] =>
  name !== undefined || (lastName !== undefined && firstName !== undefined) ? [] : [providerLabelOf('name')]
