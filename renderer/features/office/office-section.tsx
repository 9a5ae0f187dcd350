// The office as it stands on letters and claims.
import type { OutputOf } from '#core/contract/index.ts'
import { useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'
import { AddressFields } from '../../forms/address-fields.tsx'
import { FormProblem, useCommandForm } from '../../lib/command-form.tsx'

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
    <Form onSubmit={() => form.send({ version, office: form.values })} label="Office" busy={form.busy}>
      <div className="cw-fields">
        <TextField label="Office name" {...field('name')} />
        <AddressFields {...field('address')} errorAt={form.errorAt} />
        <TextField label="Phone" {...field('phone')} />
        <TextField label="Billing NPI" {...field('npi')} />
        <TextField label="Tax id (EIN)" {...field('taxId')} />
      </div>
      <FormProblem form={form} />
      <Button type="submit" loading={form.busy}>
        Save office
      </Button>
    </Form>
  )
}
