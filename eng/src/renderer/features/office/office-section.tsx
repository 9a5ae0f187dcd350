// The office as it stands on letters and claims.
import type { OutputOf } from '#core/contract/index.ts'
import { useRoute } from '../../lib/query.ts'
import { PhoneField, TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'
import { AddressFields } from '../../forms/address-fields.tsx'
import { PageForm, useCommandForm } from '../../lib/command-form.tsx'

export function OfficeSection() {
  const query = useRoute('office.get', {})
  return (
    <Section title="Office">
      <Answer query={query}>{(office) => <OfficeForm key={office.version} office={office} />}</Answer>
    </Section>
  )
}

function OfficeForm({ office: { version, ...start } }: { office: OutputOf<'office.get'> }) {
  const { field, ...form } = useCommandForm('office.update', {
    scope: `office:${version}`,
    start,
    at: 'office',
    done: 'Office saved',
  })
  return (
    <PageForm form={form} label="Office" onSave={() => form.send({ version, office: form.values })} save="Save office">
      <div className="cw-fields">
        <TextField label="Office name" {...field('name')} />
        <AddressFields {...field('address')} errorAt={form.errorAt} />
        <PhoneField label="Phone" {...field('phone')} />
        <TextField label="Billing NPI" {...field('npi')} />
        <TextField label="Tax ID (EIN)" {...field('taxId')} />
      </div>
    </PageForm>
  )
}
