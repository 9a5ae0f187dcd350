// The office as it stands on letters and claims.
import type { OutputOf } from '#core/contract/index.ts'
import { useDraft } from '../../lib/drafts.ts'
import { fieldErrors, useCommand, useRoute } from '../../lib/query.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'

export function OfficeSection() {
  const query = useRoute('office.get', {})
  return (
    <Section title="Office">
      <Answer query={query}>{(office) => <OfficeForm key={office.version} office={office} />}</Answer>
    </Section>
  )
}

function OfficeForm({ office: { version, ...stored } }: { office: OutputOf<'office.get'> }) {
  const [office, setOffice, { discard }] = useDraft(`office:${version}`, stored)
  const update = useCommand('office.update', {
    done: 'Office saved',
    expected: ['INVALID_INPUT'],
    onSuccess: () => discard(),
  })
  const errors = fieldErrors(update.error)
  const set = (part: Partial<typeof office>) => setOffice({ ...office, ...part })
  const setAddress = (part: Partial<typeof office.address>) => set({ address: { ...office.address, ...part } })
  return (
    <Form onSubmit={() => update.mutate({ version, office })} label="Office" busy={update.isPending}>
      <div className="cw-fields">
        <TextField
          label="Office name"
          value={office.name}
          onChange={(name) => set({ name })}
          error={errors['office.name']}
        />
        <TextField label="Street" value={office.address.street} onChange={(street) => setAddress({ street })} />
        <TextField label="City" value={office.address.city} onChange={(city) => setAddress({ city })} />
        <TextField
          label="State"
          value={office.address.state}
          onChange={(state) => setAddress({ state: state.toUpperCase() })}
          maxLength={2}
          error={errors['office.address.state']}
        />
        <TextField
          label="ZIP"
          value={office.address.zip}
          onChange={(zip) => setAddress({ zip })}
          error={errors['office.address.zip']}
        />
        <TextField
          label="Phone"
          value={office.phone}
          onChange={(phone) => set({ phone })}
          error={errors['office.phone']}
        />
        <TextField
          label="Billing NPI"
          value={office.npi}
          onChange={(npi) => set({ npi })}
          error={errors['office.npi']}
        />
        <TextField
          label="Tax id (EIN)"
          value={office.taxId}
          onChange={(taxId) => set({ taxId })}
          error={errors['office.taxId']}
        />
      </div>
      <Button type="submit" loading={update.isPending}>
        Save office
      </Button>
    </Form>
  )
}
