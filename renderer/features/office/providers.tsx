// The dentists: NPI, license, taxonomy; a dentist who left is kept, inactive.
import { useState } from 'react'
import type { Provider } from '#core/office.ts'
import { fieldErrors, useCommand, useRoute } from '../../lib/query.ts'
import { useCan } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { Actions, Dialog } from '../../ui/dialog.tsx'
import { CheckField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { Section } from '../../ui/page.tsx'
import { Answer, EmptyState } from '../../ui/states.tsx'

export function Providers() {
  const query = useRoute('provider.list', {})
  const canWork = useCan('work')
  const [editing, setEditing] = useState<Provider | 'new' | null>(null)
  return (
    <Section title="Dentists" actions={canWork && <Button onClick={() => setEditing('new')}>Add dentist</Button>}>
      <Answer query={query}>
        {({ providers }) =>
          providers.length === 0 ? (
            <EmptyState title="No dentist yet">A claim names the treating dentist.</EmptyState>
          ) : (
            <ul className="cw-stack">
              {providers.map((one) => (
                <li key={one.id} className="cw-row">
                  <strong>
                    Dr. {one.firstName} {one.lastName}
                  </strong>
                  <span className="cw-muted">
                    NPI {one.npi || 'missing'} · license {one.license || 'missing'} · {one.taxonomy}
                    {!one.active && ' · inactive'}
                  </span>
                  {canWork && (
                    <Button variant="subtle" onClick={() => setEditing(one)} label={`Edit Dr. ${one.lastName}`}>
                      Edit
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {editing && (
        <ProviderDialog
          key={editing === 'new' ? 'new' : editing.id}
          provider={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Section>
  )
}

function ProviderDialog({ provider, onClose }: { provider: Provider | null; onClose: () => void }) {
  const [draft, setDraft] = useState({
    firstName: provider?.firstName ?? '',
    lastName: provider?.lastName ?? '',
    npi: provider?.npi ?? '',
    license: provider?.license ?? '',
    taxonomy: provider?.taxonomy ?? '122300000X',
  })
  const [active, setActive] = useState(provider?.active ?? true)
  const add = useCommand('provider.add', { done: 'Dentist added', expected: ['INVALID_INPUT'], onSuccess: onClose })
  const update = useCommand('provider.update', {
    done: 'Dentist saved',
    expected: ['INVALID_INPUT'],
    onSuccess: onClose,
  })
  const errors = fieldErrors(add.error ?? update.error)
  const save = () =>
    provider
      ? update.mutate({ id: provider.id, version: provider.version, provider: draft, active })
      : add.mutate({ provider: draft })
  return (
    <Dialog open onClose={onClose} title={provider ? 'Edit dentist' : 'Add dentist'}>
      <Form onSubmit={save} label="Dentist" busy={add.isPending || update.isPending}>
        <div className="cw-fields">
          <TextField
            label="First name"
            value={draft.firstName}
            onChange={(firstName) => setDraft({ ...draft, firstName })}
            required
            autoFocus
            error={errors['provider.firstName']}
          />
          <TextField
            label="Last name"
            value={draft.lastName}
            onChange={(lastName) => setDraft({ ...draft, lastName })}
            required
            error={errors['provider.lastName']}
          />
          <TextField
            label="NPI"
            value={draft.npi}
            onChange={(npi) => setDraft({ ...draft, npi })}
            error={errors['provider.npi']}
          />
          <TextField label="License" value={draft.license} onChange={(license) => setDraft({ ...draft, license })} />
          <TextField
            label="Taxonomy"
            value={draft.taxonomy}
            onChange={(taxonomy) => setDraft({ ...draft, taxonomy })}
            hint="122300000X any dentist, 1223E0200X endodontist"
            error={errors['provider.taxonomy']}
          />
          {provider && <CheckField label="Works here" value={active} onChange={setActive} />}
        </div>
        <Actions>
          <Button type="submit" variant="filled">
            Save
          </Button>
        </Actions>
      </Form>
    </Dialog>
  )
}
